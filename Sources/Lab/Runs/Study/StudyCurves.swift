import Foundation
import LabStatistics
import LabStorage

/// The metrics of a study's cells, step by step: mean and interval over the seeds of each variant.
struct StudyCurves: Sendable {
    struct Curve: Sendable {
        let metric: String
        /// A variant with its points by step; `lower` and `upper` are `nil` where one seed is there.
        let variants: [(name: String, points: [Point])]
    }

    struct Point: Sendable, Equatable {
        let step: Int
        let mean: Double
        let interval: Interval?
    }

    /// More points than this are thinned out evenly; the last one is kept.
    static let pointLimit = 200
    /// So many metrics are drawn where none is asked for.
    static let curveLimit = 12

    let curves: [Curve]
    let notes: [String]

    /// - Throws: `RunsError.unknownMetric` where a metric is asked for that no cell measured.
    init(_ cells: [StudySample.Cell], variants: [String], _ settings: StudyConfiguration) throws {
        var series: [[[String: [Int: Double]]]] = variants.map { _ in [] }
        for cell in cells { series[cell.variant].append(try Self.steps(cell.run.metrics())) }
        let known = Set(series.joined().flatMap(\.keys)).sorted()
        for name in settings.curves where !known.contains(name) {
            throw RunsError.unknownMetric(name: name, nearest: NearestName.of(name, among: known), known: known)
        }
        let wanted = settings.curves.isEmpty ? known : settings.curves
        var curves: [Curve] = []
        var notes: [String] = []
        for metric in wanted {
            let found = variants.indices.map { place in
                Self.points(series[place].map { $0[metric] ?? [:] }, level: settings.level)
            }
            if found.allSatisfy({ $0.count < 2 }) {
                if settings.curves.contains(metric) {
                    notes.append("metric '\(metric)' has no two steps that all seeds share: no curve")
                }
                continue
            }
            curves.append(Curve(metric: metric, variants: Array(zip(variants, found))))
        }
        if settings.curves.isEmpty, curves.count > Self.curveLimit {
            notes.append(
                "curves of \(Self.curveLimit) of \(curves.count) metrics are drawn; the setting curves chooses others")
            curves = Array(curves.prefix(Self.curveLimit))
        }
        self.curves = curves
        self.notes = notes
    }

    /// By metric and step; of several measurements at one step the last counts.
    private static func steps(_ points: [MetricPoint]) -> [String: [Int: Double]] {
        var result: [String: [Int: Double]] = [:]
        for point in points { result[point.name, default: [:]][point.step] = point.value }
        return result
    }

    /// The steps that all seeds share, with mean and Student's interval over the finite values.
    static func points(_ seeds: [[Int: Double]], level: Double) -> [Point] {
        guard let first = seeds.first else { return [] }
        let shared = seeds.dropFirst().reduce(Set(first.keys)) { $0.intersection($1.keys) }.sorted()
        let stride = max(1, (shared.count + pointLimit - 1) / pointLimit)
        return shared.enumerated().compactMap { place, step in
            guard place % stride == 0 || place == shared.count - 1 else { return nil }
            let values = seeds.compactMap { $0[step] }.filter(\.isFinite)
            guard !values.isEmpty else { return nil }
            let estimate = meanInterval(values, level: level)
            return Point(step: step, mean: estimate.value, interval: values.count > 1 ? estimate.interval : nil)
        }
    }
}
