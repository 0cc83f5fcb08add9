import ArgumentParser
import Foundation
import LabRuns

struct RunsCompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Put the settings and figures of runs side by side.",
        discussion: """
            Settings are shown where they differ; figures all.

              labctl runs compare policy/dqn/1 policy/dqn/2
            """)

    struct Report: Encodable {
        let runs: [String]
        let settings: [String: [ConfigurationValue?]]
        let figures: [String: [FigureReport?]]
        let sameResult: Bool
    }

    @Argument(help: "Two runs or more.")
    var references: [String]

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard references.count >= 2 else { throw ValidationError("give two runs or more") }
    }

    func run() throws {
        let runs = try references.map { try common.place.run($0) }
        let settings = differingSettings(runs)
        var names: [String] = []
        for name in runs.flatMap({ $0.evaluation.figures.map(\.name) }) where !names.contains(name) {
            names.append(name)
        }

        var table = TextTable([""] + runs.map(\.reference))
        table.rows.append(["seed"] + runs.map { String($0.record.seed) })
        for setting in settings {
            table.rows.append([setting.key] + setting.values.map { $0?.inlineYAML ?? "" })
        }
        for name in names {
            table.rows.append([name] + runs.map { $0.evaluation.figure(name).map(FigureText.value) ?? "" })
        }
        common.say(table)
        let same = Set(runs.map(\.seal.resultDigest)).count == 1
        common.say("")
        common.say(same ? "the results are identical" : "the results differ")
        try common.emit(
            Report(
                runs: runs.map(\.reference),
                settings: Dictionary(uniqueKeysWithValues: settings.map { ($0.key, $0.values) }),
                figures: Dictionary(
                    uniqueKeysWithValues: names.map { name in
                        (name, runs.map { $0.evaluation.figure(name).map(FigureReport.init) })
                    }), sameResult: same))
    }

    /// The settings whose values are not the same in all runs, by key.
    private func differingSettings(_ runs: [SealedRun]) -> [(key: String, values: [ConfigurationValue?])] {
        let flat = runs.map { $0.configuration.flattened() }
        let keys = Set(flat.flatMap(\.keys)).sorted()
        return keys.compactMap { key in
            let values = flat.map { $0[key] }
            return values.dropFirst().allSatisfy { $0 == values.first } ? nil : (key, values)
        }
    }
}
