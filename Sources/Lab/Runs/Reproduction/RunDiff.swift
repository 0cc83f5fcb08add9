import Foundation

/// Everything in which two sealed runs differ, inputs first.
public struct RunDiff: Sendable, Equatable {
    /// What went in: seed, code, numeric profile, parents, datasets, configuration.
    public let inputs: [Difference]
    /// What came out: each metric at its first divergence, figures, tables, notes, artifacts.
    public let results: [Difference]
    /// Whether what must come out again did.
    public let sameResult: Bool

    /// Compares two runs of one experiment or of different ones.
    ///
    /// Errors: `RunsError.damaged` where a file that is read does not match its run's seal.
    public init(_ left: SealedRun, _ right: SealedRun) throws {
        inputs =
            Self.records(left.record, right.record)
            + Self.leaves(.configuration, left.configuration, right.configuration)
        results =
            try Self.metrics(left.metrics(), right.metrics()) + Self.figures(left.evaluation, right.evaluation)
            + Self.tables(left.evaluation, right.evaluation)
            + ArtifactComparison.differences(left, right, deterministic: false)
        sameResult = left.seal.resultDigest == right.seal.resultDigest
    }

    private static func records(_ left: RunRecord, _ right: RunRecord) -> [Difference] {
        var found: [Difference] = []
        func compare(_ part: Difference.Part, _ place: String, _ a: String?, _ b: String?) {
            guard a != b else { return }
            found.append(Difference(part, place, original: a ?? "absent", again: b ?? "absent"))
        }
        compare(.seed, "", "\(left.seed)", "\(right.seed)")
        compare(.code, "", left.code.digest, right.code.digest)
        found += leaves(.profile, left.numericProfile, right.numericProfile)
        for role in Set(left.parents.keys).union(right.parents.keys).sorted() {
            compare(.parent, "'\(role)'", left.parents[role].map(text), right.parents[role].map(text))
        }
        for name in Set(left.datasets.keys).union(right.datasets.keys).sorted() {
            compare(.dataset, "'\(name)'", left.datasets[name], right.datasets[name])
        }
        return found
    }

    private static func text(_ parent: RunRecord.Parent) -> String { "\(parent.experiment) \(parent.id)" }

    private static func leaves(
        _ part: Difference.Part, _ left: ConfigurationValue, _ right: ConfigurationValue
    ) -> [Difference] {
        let (a, b) = (left.flattened(), right.flattened())
        return Set(a.keys).union(b.keys).sorted().compactMap { key in
            // A setting without a value may stand as null or not at all.
            guard a[key] ?? .null != b[key] ?? .null else { return nil }
            return Difference(
                part, key, original: a[key]?.inlineYAML ?? "absent", again: b[key]?.inlineYAML ?? "absent")
        }
    }

    private static func metrics(_ left: [MetricPoint], _ right: [MetricPoint]) -> [Difference] {
        let a = Dictionary(grouping: left, by: \.name)
        let b = Dictionary(grouping: right, by: \.name)
        return Set(a.keys).union(b.keys).sorted().compactMap { Comparison.metrics(a[$0] ?? [], b[$0] ?? []) }
    }

    private static func figures(_ left: Evaluation, _ right: Evaluation) -> [Difference] {
        var names = left.figures.map(\.name)
        names += right.figures.map(\.name).filter { !names.contains($0) }
        return names.compactMap { name in
            Comparison.evaluation(
                Evaluation(figures: [left.figure(name)].compactMap { $0 }),
                Evaluation(figures: [right.figure(name)].compactMap { $0 }))
        }
    }

    private static func tables(_ left: Evaluation, _ right: Evaluation) -> [Difference] {
        var names = left.tables.map(\.name)
        names += right.tables.map(\.name).filter { !names.contains($0) }
        let tables = names.compactMap { name in
            Comparison.evaluation(
                Evaluation(tables: [left.table(name)].compactMap { $0 }),
                Evaluation(tables: [right.table(name)].compactMap { $0 }))
        }
        let notes = Comparison.evaluation(Evaluation(notes: left.notes), Evaluation(notes: right.notes))
        return tables + [notes].compactMap { $0 }
    }
}
