import ArgumentParser
import Foundation
import LabRuns

struct RunsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the runs of the workspace, finished or not.",
        discussion: """
              labctl runs list
              labctl runs list policy/dqn --json
            """)

    struct Row: Encodable {
        let run: String
        let id: String?
        let experiment: String
        let number: Int
        let verb: Verb?
        let state: RunState
        let smoke: Bool?
        let seed: UInt64?
        let started: Date?
        let lastSign: Date?
        let folder: String
        let figures: [String: FigureReport]
    }

    @Argument(help: "Only runs of this experiment.")
    var experiment: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        if let experiment { _ = try LabCommand.registry.experiment(named: experiment) }
        let entries = try common.place.entries(of: experiment)
        var table = TextTable(["run", "state", "verb", "seed", "started", "first figure"])
        var rows: [Row] = []
        for entry in entries {
            // A damaged run is listed all the same; `runs show` and `reproduce` say what is wrong with it.
            let figures = (try? entry.evaluation)?.figures ?? []
            let record = entry.record
            table.rows.append([
                entry.reference, entry.state.rawValue,
                record.map { $0.verb.rawValue + ($0.smoke ? " smoke" : "") } ?? "",
                record.map { String($0.seed) } ?? "", record.map { $0.started.formatted(.iso8601) } ?? "",
                figures.first.map { "\($0.name) \(FigureText.value($0))" } ?? "",
            ])
            rows.append(
                Row(
                    run: entry.reference, id: record?.id, experiment: entry.experiment, number: entry.number,
                    verb: record?.verb, state: entry.state, smoke: record?.smoke, seed: record?.seed,
                    started: record?.started,
                    lastSign: entry.state == .sealed ? nil : RunState.lastSign(of: entry.folder),
                    folder: entry.folder.path, figures: FigureReport.byName(figures)))
        }
        if entries.isEmpty {
            common.say("no runs yet in \(common.place.runs.path)")
        } else {
            common.say(table)
        }
        try common.emit(["runs": rows])
    }
}
