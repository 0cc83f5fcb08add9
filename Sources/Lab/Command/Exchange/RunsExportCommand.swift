import ArgumentParser
import Foundation
import LabRuns

struct RunsExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write sealed runs for MLflow, TensorBoard or as CSV.",
        discussion: """
            An export to MLflow or TensorBoard adds to what stands in the folder; runs that are there stay as they are.

              labctl runs export policy/dqn/1 policy/dqn/2 --to mlflow --out mlruns
              MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri mlruns
              labctl runs export --all --to tensorboard --out events
              labctl runs export --all --of policy/dqn --where 'figures.gain > 0' --to csv --out table
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable {
        case mlflow
        case tensorboard
        case csv
    }

    @Argument(help: "The runs to write.")
    var references: [String] = []

    @Flag(help: "Write every sealed run of the workspace.")
    var all = false

    @Option(name: .customLong("of"), help: "With --all, only runs of this experiment.")
    var experiment: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("With --all, only runs that fulfil this, for example 'figures.f1 > 0.7'.", valueName: "test")
    )
    var conditions: [String] = []

    @Option(name: .customLong("to"), help: "What reads them: \(Form.allCases.map(\.rawValue).joined(separator: ", ")).")
    var form: Form

    @Option(
        help: ArgumentHelp("The folder to write to; for MLflow the store itself.", valueName: "dir"),
        completion: .directory)
    var out: String

    @Option(
        help: ArgumentHelp(
            "With MLflow, register a version of this model for each run that has one.", valueName: "name"))
    var register: String?

    @Option(
        help: ArgumentHelp(
            "With MLflow, the address of the store as its clients see it; by default the folder's path.",
            valueName: "uri"))
    var artifactRoot: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard all != !references.isEmpty else { throw ValidationError("give runs, or --all") }
        guard all || (experiment == nil && conditions.isEmpty) else {
            throw ValidationError("--of and --where belong to --all")
        }
        guard form == .mlflow || (register == nil && artifactRoot == nil) else {
            throw ValidationError("--register and --artifact-root belong to --to mlflow")
        }
    }

    func run() throws {
        let runs = try chosen()
        let export: any RunExport =
            switch form {
            case .mlflow: MLflowExport(artifactRoot: artifactRoot, model: register)
            case .tensorboard: TensorBoardExport()
            case .csv: CSVExport()
            }
        let report = try export.write(runs, to: URL(filePath: out))
        // The figures of one study alone can be more than a hundred; `--json` lists them all.
        for line in report.renamed.prefix(3) { common.note("renamed: \(line)") }
        if report.renamed.count > 3 { common.note("renamed: \(report.renamed.count - 3) more, see --json") }
        common.say("\(report.added.count) added, \(report.present.count) there before: \(report.folder)")
        try common.emit(report)
    }

    private func chosen() throws -> [SealedRun] {
        guard all else { return try references.map { try common.place.run($0) } }
        let place = common.place
        var folders = try place.entries(of: experiment).filter { $0.state == .sealed }.map(\.folder)
        if !conditions.isEmpty, !folders.isEmpty {
            let filters = try conditions.map { try RunFilter($0) } + (experiment.map { [.experiment($0)] } ?? [])
            try place.index.refresh { common.note($0) }
            let found = try place.index.select(RunQuery(filters + [.states([RunState.sealed.rawValue])])) {
                common.note($0)
            }
            folders = (0..<found.count).map { place.folder(found.experiment($0), found.number($0)) }
        }
        guard !folders.isEmpty else { throw RunsError.unknownRun(reference: experiment ?? "any", nearest: nil) }
        return try folders.map { try SealedRun(folder: $0) }
    }
}
