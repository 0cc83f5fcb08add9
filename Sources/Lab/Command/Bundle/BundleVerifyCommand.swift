import ArgumentParser
import Foundation
import LabDomain
import LabRuns
import LabServing

struct BundleVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check every byte, the signature and the policy of a bundle.",
        discussion: """
            Without --key the key inside the bundle is used: that proves that nothing changed since signing, not who
            signed. --production also refuses what may not decide about real customers.

            Exit codes: 0 sound, 1 sound but refused for production, 65 not what was signed, 66 no bundle.

              labctl bundle verify bundles/06892214be070983
            """)

    @Argument(help: "The bundle's folder, or its id in the workspace.", completion: .directory)
    var bundle: String

    @Option(help: "PEM file with the public key of the signer you trust.", completion: .file(extensions: ["pem"]))
    var key: String?

    @Flag(help: "Refuse simulation, licences that bar commerce, and what nobody approved.")
    var production = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        let trusted = try key.map { try VerificationKey(file: URL(filePath: $0)) }
        let verifier = BundleVerifier(
            key: trusted, ownKey: Self.ownKey(), forProduction: production)
        let report = try verifier.verify(BundlePlace.folder(bundle, in: common.place))
        try common.emit(report)
        say(report)
        if !report.isSound { throw SilentExit(.badData) }
        if !report.objections.isEmpty { throw SilentExit(.negative) }
    }

    private func say(_ report: VerificationReport) {
        for fault in report.faults { common.say("fault: \(fault.sentence)") }
        guard report.isSound, let manifest = report.manifest else {
            common.say("NOT SOUND: \(report.path) is not what was signed")
            return
        }
        common.say("bundle \(manifest.id): \(report.files) files as signed")
        common.say("signer: \(report.keyFingerprint ?? "unknown") (\(Self.words(report.trust)))")
        common.say(
            "policy: \(manifest.policy.kind.rawValue), \(manifest.policy.actions.count) actions; it loads and keeps to the safeguards"
        )
        common.say("environment: \(manifest.environment.rawValue)")
        for objection in report.objections { common.say("refused for production: \(objection)") }
        common.say(report.objections.isEmpty ? "sound" : "sound, but REFUSED for production")
    }

    private static func words(_ trust: VerificationReport.Trust?) -> String {
        switch trust {
        case .given: "the key that was given"
        case .own: "this home's own key"
        case .enclosed, nil: "the key in the bundle: give --key to know who signed"
        }
    }

    /// Reads only: a home without keys stays without.
    private static func ownKey() -> VerificationKey? {
        let home = Workspace.home()
        let owner = ProcessInfo.processInfo.environment["LAB_OWNER"] ?? "local"
        guard FileManager.default.fileExists(atPath: home.appending(path: "keys/\(owner).key").path) else { return nil }
        return try? SigningKey(home: home, owner: owner).publicKey
    }
}
