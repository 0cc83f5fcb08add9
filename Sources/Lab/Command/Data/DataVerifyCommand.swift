import ArgumentParser
import LabDomain
import LabStorage

struct DataVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Compare the files that are here with their digests.",
        discussion: """
            Without names, every dataset that is here is checked. Exit code 65 when a file was altered, 66 when one \
            that was named is missing.

              labctl data verify
              labctl data verify vader-tweets --json
            """)

    @Argument(help: "Names of datasets.")
    var names: [String] = []

    @OptionGroup var common: CommonOptions

    struct Row: Encodable {
        let name: String
        let state: DatasetState
        let digest: String
        let problems: [String]
    }

    func run() throws {
        let catalogue = common.catalogue
        var rows: [Row] = []
        var first: StorageError?
        for name in names.isEmpty ? catalogue.names : names {
            let status = try catalogue.status(of: name)
            if names.isEmpty, status.state == .missing { continue }
            common.say("\(name): \(status.state.rawValue)")
            // What is altered comes before what is missing.
            for problem in status.problems { common.note("error: \(problem.what)") }
            let altered = status.problems.first { $0.status == .badData }
            if let problem = altered ?? status.problems.first, first?.status != .badData { first = problem }
            rows.append(
                Row(
                    name: name, state: status.state, digest: try catalogue.digest(of: name),
                    problems: status.problems.map(\.what)))
        }
        if rows.isEmpty { common.say("no dataset is here yet; 'labctl data pull --main' gets the main ones") }
        try common.emit(["datasets": rows])
        guard let first else { return }
        common.note("hint: \(first.remedy)")
        throw SilentExit(first.status)
    }
}
