import ArgumentParser
import Foundation
import LabDomain
import LabRuns

struct RunsDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show everything in which two sealed runs differ.",
        discussion: """
            Inputs first (seed, code, numeric profile, parents, datasets, settings), then results: each metric at its first
            divergence, figures, tables, notes, artifacts. Exit code 0 where the results are the same, 1 otherwise.

              labctl runs diff policy/dqn/1 policy/dqn/2
            """)

    struct Report: Encodable {
        let runs: [String]
        let sameResult: Bool
        let inputs: [Difference]
        let results: [Difference]
    }

    @Argument(help: "The first run.")
    var first: String

    @Argument(help: "The second run.")
    var second: String

    @OptionGroup var common: CommonOptions

    func run() throws {
        let runs = try [first, second].map { try common.place.run($0) }
        let diff = try RunDiff(runs[0], runs[1])
        for (title, differences) in [("inputs", diff.inputs), ("results", diff.results)] where !differences.isEmpty {
            var table = TextTable([title, runs[0].reference, runs[1].reference])
            for difference in differences {
                let name = [difference.part.rawValue, difference.place].filter { !$0.isEmpty }.joined(separator: " ")
                table.rows.append(
                    [name] + [difference.original, difference.again].map { TextTable.clipped(Self.plain($0), to: 60) })
            }
            common.say(table)
            common.say("")
        }
        if diff.inputs.isEmpty { common.say("the inputs are the same") }
        common.say(diff.sameResult ? "the results are identical" : "the results differ")
        try common.emit(
            Report(
                runs: runs.map(\.reference), sameResult: diff.sameResult, inputs: diff.inputs, results: diff.results))
        if !diff.sameResult { throw SilentExit(.negative) }
    }

    private static func plain(_ text: String) -> String { text.replacingOccurrences(of: "\n", with: " ") }
}
