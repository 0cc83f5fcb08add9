import ArgumentParser
import Foundation
import LabRuns
import LabStatistics

struct RunsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the runs of the workspace, finished or not.",
        discussion: """
            Fields: \(RunField.own.map(\.name).joined(separator: ", "));
            \(RunField.groups.map { "\($0.prefix)NAME (\($0.summary))" }.joined(separator: ";\n")).
            Tests: = != < <= > >=, in (a, b), contains, like with *, is nan, is missing; joined by and, or, not, ( ).
            A comparison with something missing or not a number is false. Texts with blanks stand in quotes, odd names in
            backquotes: figures.`click rate`.

              labctl runs list
              labctl runs list policy/dqn --where 'figures.value > 0.7 and config.agent.batchSize = 64'
              labctl runs list --where 'started >= 2026-11-01 and not smoke' --sort started --descending --limit 10
              labctl runs list --tag best --columns run,seed,figures.value,config.agent.learningRate
              labctl runs list policy/dqn --columns 'run,figures.*' --csv > table.csv
              labctl runs list --json
            """)

    struct Row: Encodable {
        let run: String
        let id: RunCell
        let experiment: String
        let number: Int
        let verb: RunCell
        let state: RunCell
        let problem: RunCell
        let smoke: RunCell
        let seed: RunCell
        let started: RunCell
        let lastSign: Date?
        let folder: String
        let tags: [String]
        let figures: [String: FigureReport]
        let columns: [String: RunCell]?
    }

    struct Report: Encodable {
        let runs: [Row]
        /// How many fulfil the conditions, whatever the limit.
        let matching: Int
    }

    static let always = ["id", "verb", "smoke", "seed", "started", "problem", "tags", "figures"]

    @Argument(help: "Only runs of this experiment.")
    var experiment: String?

    @OptionGroup var filter: RunQueryOptions

    @Option(help: ArgumentHelp("The field to sort by; by default experiment and number.", valueName: "field"))
    var sort: String?

    @Flag(help: "Begin with the greatest.")
    var descending = false

    @Option(help: ArgumentHelp("The fields to show, separated by commas.", valueName: "fields"))
    var columns: String?

    @Option(help: ArgumentHelp("Show at most so many.", valueName: "n"))
    var limit: Int?

    @Flag(help: "Print comma-separated values with all digits.")
    var csv = false

    @OptionGroup var common: CommonOptions

    private var fields: [String] {
        columns?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
    }

    func validate() throws {
        guard !csv || !common.json else { throw ValidationError("--csv and --json exclude each other") }
        guard limit ?? 0 >= 0 else { throw ValidationError("--limit must be 0 or more") }
        guard columns == nil || !fields.isEmpty else { throw ValidationError("--columns names no field") }
    }

    func run() throws {
        var query = RunQuery(
            try filter.filters(experiment: experiment), sort: sort, descending: descending, limit: limit,
            columns: fields.isEmpty ? Self.always + ["figures.*"] : fields)
        if !fields.isEmpty, common.json { query.columns += Self.always + ["figures.*"] }
        let selection = try common.select(query)
        if let experiment, selection.total == 0 || selection.matching == 0 {
            // A name without runs is a mistake unless it is one of the experiments.
            let all = try common.place.index.select(RunQuery([.experiment(experiment)], limit: 0))
            if all.matching == 0 { _ = try LabCommand.registry.experiment(named: experiment) }
        }
        if csv { return sayCSV(selection) }
        sayTable(selection)
        if common.json {
            try common.emit(
                Report(runs: (0..<selection.count).map { row(selection, $0) }, matching: selection.matching))
        }
    }

    /// The fields of the answer that were asked for, with groups as their members.
    private func shown(_ selection: RunSelection) -> [String] {
        var rest = Set<String>()
        return fields.flatMap { field in
            field.hasSuffix(".*") ? selection.fields.filter { $0.hasPrefix(field.dropLast()) } : [field]
        }.filter { rest.insert($0).inserted }
    }

    private func sayCSV(_ selection: RunSelection) {
        let names =
            fields.isEmpty
            ? ["run", "id", "state", "verb", "smoke", "seed", "started", "tags"]
                + selection.fields.filter { $0.hasPrefix("figures.") }
            : shown(selection)
        common.say(CSVLine.text(names))
        for row in 0..<selection.count {
            common.say(
                CSVLine.text(
                    names.map { $0 == "run" ? selection.reference(row) : RunCell(selection, row, $0).full }))
        }
    }

    private func sayTable(_ selection: RunSelection) {
        guard selection.count > 0 else {
            common.say(
                selection.total == 0
                    ? "no runs yet in \(common.place.runs.path)" : "none of \(selection.total) runs fits")
            return
        }
        common.say(fields.isEmpty ? RunsTable.standard(selection) : RunsTable.chosen(selection, shown(selection)))
        for row in 0..<selection.count {
            if let problem = selection[row, "problem"].text {
                common.say("\(selection.reference(row)) is damaged: \(problem)")
            }
        }
        if selection.count < selection.matching {
            common.say("\(selection.count) of \(selection.matching) runs; more with --limit")
        }
    }

    private func row(_ selection: RunSelection, _ row: Int) -> Row {
        func cell(_ field: String) -> RunCell { RunCell(selection, row, field) }
        let folder = common.place.folder(selection.experiment(row), selection.number(row))
        let isSealed = selection[row, "state"] == .text(RunState.sealed.rawValue)
        let chosen = shown(selection)
        return Row(
            run: selection.reference(row), id: cell("id"), experiment: selection.experiment(row),
            number: selection.number(row), verb: cell("verb"), state: cell("state"), problem: cell("problem"),
            smoke: cell("smoke"), seed: cell("seed"), started: cell("started"),
            lastSign: isSealed ? nil : RunState.lastSign(of: folder), folder: folder.path,
            tags: RunsTable.elements(selection, row, "tags"),
            figures: FigureReport.byName(RunsTable.figures(selection, row)),
            columns: chosen.isEmpty
                ? nil : Dictionary(chosen.map { ($0, cell($0)) }, uniquingKeysWith: { first, _ in first }))
    }
}
