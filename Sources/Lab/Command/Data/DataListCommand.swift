import ArgumentParser
import Foundation
import LabStorage

struct DataListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the datasets that are known, and which are here.",
        discussion: """
            Sizes are compared, digests are not: 'labctl data verify' does that.

              labctl data list
              labctl data list --json
            """)

    struct Row: Encodable {
        let name: String
        let state: DatasetState
        let bytes: Int
        let files: Int
        let main: Bool
        let commercialUse: Bool
        let licence: String
        let digest: String
        let description: String
    }

    @OptionGroup var common: CommonOptions

    func run() throws {
        let catalogue = common.catalogue
        var table = TextTable(["dataset", "state", "size", "main", "commercial use", "what it is"])
        var rows: [Row] = []
        for name in catalogue.names {
            let manifest = try catalogue.manifest(name)
            let status = try catalogue.status(of: name, quickly: true)
            table.rows.append([
                name, status.state.rawValue, DataText.size(status.bytes), manifest.isMain ? "yes" : "",
                manifest.commercialUse ? "yes" : "no",
                TextTable.clipped(manifest.summary.replacingOccurrences(of: "\n", with: " "), to: 60),
            ])
            rows.append(
                Row(
                    name: name, state: status.state, bytes: status.bytes, files: manifest.files.count,
                    main: manifest.isMain, commercialUse: manifest.commercialUse, licence: manifest.licence,
                    digest: manifest.digest, description: manifest.summary))
        }
        common.say(table)
        try common.emit(["datasets": rows])
    }
}

/// Sizes as people read them.
enum DataText {
    static func size(_ bytes: Int) -> String {
        if bytes < 1000 { return "\(bytes) B" }
        if bytes < 999_500 { return "\((bytes + 500) / 1000) kB" }
        return "\((bytes + 500_000) / 1_000_000) MB"
    }
}
