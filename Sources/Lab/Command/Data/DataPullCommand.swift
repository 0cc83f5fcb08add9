import ArgumentParser
import LabDomain
import LabStorage
import LabWorkbench

struct DataPullCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: "Get datasets from their origins, checked by digest.",
        discussion: """
            Origins are tried in order: the folder that LAB_MIRROR names, then a Python package of exact version \
            (by python3 -m pip). What is here and unaltered is left alone.

              labctl data pull --main
              labctl data pull vader-tweets vader-lexicon
              LAB_MIRROR=/data/mirror labctl data pull --all
            """)

    @Argument(help: "Names of datasets.")
    var names: [String] = []

    @Flag(help: "Those that the shipped pipelines need.")
    var main = false

    @Flag(help: "All that are known; those that can be had nowhere are listed in the end.")
    var all = false

    @OptionGroup var common: CommonOptions

    struct Failure: Encodable {
        let name: String
        let what: String
        let remedy: String
    }

    struct Report: Encodable {
        let datasets: [DatasetPuller.Outcome]
        let failed: [Failure]
    }

    func validate() throws {
        guard [!names.isEmpty, main, all].filter(\.self).count == 1 else {
            throw ValidationError("Name some datasets, or give either --main or --all.")
        }
    }

    func run() throws {
        let catalogue = common.catalogue
        let options = common
        let puller = DatasetPuller(catalogue) { line in options.note(line) }
        let wanted = all ? catalogue.names : main ? try puller.mainNames() : names
        // A wrong name is found before anything is downloaded.
        for name in wanted { _ = try catalogue.manifest(name) }
        var done: [DatasetPuller.Outcome] = []
        var failed: [Failure] = []
        var first: StorageError?
        for name in wanted {
            do {
                let outcome = try puller.pull(name)
                common.say("\(name): \(outcome.pulled ? "pulled from \(outcome.origin ?? "")" : "already here")")
                done.append(outcome)
            } catch let error as StorageError {
                guard case .unavailable = error else { throw error }
                common.note("error: \(error.what)")
                failed.append(Failure(name: name, what: error.what, remedy: error.remedy))
                first = first ?? error
            }
        }
        try common.emit(Report(datasets: done, failed: failed))
        guard let first else { return }
        common.note("hint: \(first.remedy)")
        throw SilentExit(first.status)
    }
}
