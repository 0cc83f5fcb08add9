import ArgumentParser
import Foundation
import LabStorage
import LabWorkbench

struct DataDescribeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Show what a dataset is: licence, use, files, splits, origins.",
        discussion: """
              labctl data describe vader-tweets
              labctl data describe vader-tweets --json
            """)

    @Argument(help: "The name of a dataset.")
    var name: String

    @OptionGroup var common: CommonOptions

    struct Report: Encodable {
        let manifest: DatasetManifest
        let state: DatasetState
        let folder: String
        let profile: DatasetProfile?
    }

    func run() throws {
        let catalogue = common.catalogue
        let manifest = try catalogue.manifest(name)
        let status = try catalogue.status(of: name)
        let folder = catalogue.folder(of: name)
        let profile = (try? Data(contentsOf: folder.appendingPathComponent("profile.json"))).flatMap {
            try? JSONDecoder().decode(DatasetProfile.self, from: $0)
        }
        common.say("\(manifest.name) \(manifest.version) (\(status.state.rawValue))")
        common.say(manifest.summary)
        common.say()
        var facts = TextTable(["", ""])
        facts.rows = [
            ["licence", manifest.licence], ["permitted use", manifest.permittedUse],
            ["commercial use", manifest.commercialUse ? "yes" : "no: bars promotion of what is trained on it"],
            ["citation", manifest.citation], ["digest", manifest.digest], ["folder", folder.path],
        ]
        if let homepage = manifest.homepage { facts.rows.append(["home page", homepage]) }
        if let caution = manifest.caution { facts.rows.append(["caution", caution]) }
        for origin in manifest.origins { facts.rows.append(["origin", origin.title]) }
        for split in manifest.splits { facts.rows.append(["split \(split.name)", split.rule]) }
        common.say(facts)
        common.say()
        common.say(
            TextTable(
                ["file", "size", "SHA-256"],
                rows: manifest.files.map { [$0.path, DataText.size($0.bytes), $0.sha256] }))
        if let profile { ProfileText.say(profile, common) }
        try common.emit(
            Report(manifest: manifest, state: status.state, folder: folder.path, profile: profile))
    }
}
