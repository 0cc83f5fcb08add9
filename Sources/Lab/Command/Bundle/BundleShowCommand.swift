import ArgumentParser
import Foundation
import LabDomain
import LabServing

struct BundleShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what a bundle says of itself, after it was verified.",
        discussion: """
              labctl bundle show bundles/06892214be070983
            """)

    struct Report: Encodable {
        let manifest: BundleManifest
        let rollout: RolloutPlan
    }

    @Argument(help: "The bundle's folder, or its id in the workspace.", completion: .directory)
    var bundle: String

    @OptionGroup var common: CommonOptions

    func run() throws {
        let folder = BundlePlace.folder(bundle, in: common.place)
        try BundleVerifier().verify(folder).check()
        let contents = try BundleSummary(folder: folder)
        let (manifest, rollout) = (contents.manifest, contents.rollout)
        common.say("bundle \(manifest.id), environment \(manifest.environment.rawValue)")
        common.say("policy: \(manifest.policy.kind.rawValue) on \(manifest.policy.schema.name)")
        common.say("verdict: " + (manifest.verdict.accepted ? "accepted" : "refused"))
        for reason in manifest.verdict.reasons { common.say("  \(reason)") }
        common.say("")
        var stages = TextTable(["stage", "exposure", "requires"])
        stages.rows = rollout.stages.map { [$0.name, String(format: "%g", $0.exposure), $0.requires] }
        common.say(stages)
        common.say("")
        common.say("privacy: epsilon \(manifest.card.epsilon); approver: \(manifest.card.approver ?? "none")")
        for licence in manifest.card.licences {
            let use = licence.commercialUse.map { $0 ? "commercial use allowed" : "no commercial use" } ?? "not known"
            common.say("data: \(licence.dataset), \(licence.licence), \(use)")
        }
        for limit in manifest.card.limits { common.say("limit: \(limit)") }
        try common.emit(Report(manifest: manifest, rollout: rollout))
    }
}
