import Foundation

/// What is kept of one metric of a run.
struct MetricSummary: Sendable, Equatable {
    private(set) var last = Double.nan
    /// Not-a-number counts in `count` and `last` only; where nothing else was measured, these are not-a-number.
    private(set) var least = Double.nan
    private(set) var greatest = Double.nan
    private(set) var count = 0

    mutating func add(_ value: Double) {
        last = value
        count += 1
        guard !value.isNaN else { return }
        least = least.isNaN ? value : min(least, value)
        greatest = greatest.isNaN ? value : max(greatest, value)
    }

    /// The summaries of a `metrics.jsonl` by name; a torn last line is ignored, a malformed one before it is an error.
    static func read(_ url: URL) throws -> [String: MetricSummary] {
        var result: [String: MetricSummary] = [:]
        try MetricsFile.forEach(url) { result[$0.name, default: MetricSummary()].add($0.value) }
        return result
    }
}
