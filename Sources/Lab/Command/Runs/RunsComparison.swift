import LabRuns
import LabStatistics

/// Sealed runs side by side; the first one is what the others are compared with.
struct RunsComparison {
    /// A figure of a later run minus the first run's.
    struct Difference: Encodable, Equatable {
        let figure: String
        let run: String
        let value: Double
        let lower: Double?
        let upper: Double?
        let level: Double?
        /// `better`, `worse` or `open`; `nil` where no direction is said or no interval is there.
        let verdict: String?
    }

    let runs: [SealedRun]
    /// The figures' names in order of appearance.
    let names: [String]
    /// The settings whose values are not the same in all runs, by key.
    let settings: [(key: String, values: [ConfigurationValue?])]

    init(_ runs: [SealedRun]) {
        self.runs = runs
        var names: [String] = []
        for name in runs.flatMap({ $0.evaluation.figures.map(\.name) }) where !names.contains(name) {
            names.append(name)
        }
        self.names = names
        let flat = runs.map { $0.configuration.flattened() }
        settings = Set(flat.flatMap(\.keys)).sorted().compactMap { key in
            let values = flat.map { $0[key] }
            return values.dropFirst().allSatisfy { $0 == values.first } ? nil : (key, values)
        }
    }

    var sameResult: Bool { Set(runs.map(\.seal.resultDigest)).count == 1 }

    /// Seeds, settings that differ, and figures with intervals.
    var table: TextTable {
        var table = TextTable([""] + runs.map(\.reference))
        table.rows.append(["seed"] + runs.map { String($0.record.seed) })
        for setting in settings { table.rows.append([setting.key] + setting.values.map { $0?.inlineYAML ?? "" }) }
        for name in names {
            table.rows.append([name] + runs.map { $0.evaluation.figure(name).map(FigureText.value) ?? "" })
        }
        return table
    }

    /// Of the figures that the first run and a later one share.
    var differences: [Difference] {
        names.flatMap { name in
            runs.dropFirst().compactMap { run in
                guard let first = runs[0].evaluation.figure(name), let now = run.evaluation.figure(name),
                    first.unit == now.unit
                else { return nil }
                let interval = now.difference(to: first)
                return Difference(
                    figure: name, run: run.reference, value: now.value - first.value, lower: interval?.lower,
                    upper: interval?.upper, level: interval?.level, verdict: Self.verdict(interval, now.better))
            }
        }
    }

    private static func verdict(_ interval: Interval?, _ better: Figure.Direction?) -> String? {
        guard let interval, let better else { return nil }
        if interval.contains(0) { return "open" }
        return (interval.lower > 0) == (better == .higher) ? "better" : "worse"
    }

    static func table(_ differences: [Difference]) -> TextTable {
        TextTable(
            ["figure", "run", "difference", "interval", ""],
            rows: differences.map { difference in
                let interval = difference.lower.flatMap { lower in
                    difference.upper.map { "[\(FigureText.number(lower)), \(FigureText.number($0))]" }
                }
                return [
                    difference.figure, difference.run, FigureText.number(difference.value), interval ?? "",
                    difference.verdict ?? "",
                ]
            })
    }
}
