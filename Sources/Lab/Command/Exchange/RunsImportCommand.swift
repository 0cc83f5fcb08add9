import ArgumentParser
import Foundation
import LabDomain
import LabRuns

struct RunsImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take over runs of MLflow as sealed runs.",
        discussion: """
            The source is a file store (an mlruns folder) or an SQLite database. A run of the experiment 'DQN v2' becomes one
            of 'imported/dqn-v2'. Runs that were imported before are left as they are. Damaged ones are listed with the
            reason and stay where they are; then the exit code is 65.

              labctl runs import mlruns --from mlflow
              labctl runs import sqlite:///mlflow.db --from mlflow --artifacts mlartifacts
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable { case mlflow }

    @Argument(help: ArgumentHelp("The folder or database.", valueName: "source"))
    var source: String

    @Option(name: .customLong("from"), help: "Which program wrote it: mlflow.")
    var form: Form

    @Option(
        help: ArgumentHelp(
            "With a database, the folder below which artifacts are taken; by default its own.", valueName: "dir"),
        completion: .directory)
    var artifacts: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        let session = Session(common)
        let signals = SignalWatch(interruption: session.launcher.interruption)
        defer { signals.stop() }
        let path = source.hasPrefix("sqlite:///") ? String(source.dropFirst("sqlite:///".count)) : source
        let reader = MLflowImport(session.launcher, artifacts: artifacts.map { URL(filePath: $0) })
        let report = try reader.read(URL(filePath: path)) { common.note("imported \($0)") }
        if !report.quarantined.isEmpty {
            common.say(
                TextTable(["left aside", "reason"], rows: report.quarantined.map { [$0.place, $0.reason] }))
            common.say()
        }
        common.say(
            "\(report.added.count) imported, \(report.present) there before, \(report.quarantined.count) left aside")
        try common.emit(report)
        if !report.quarantined.isEmpty { throw SilentExit(.badData) }
    }
}
