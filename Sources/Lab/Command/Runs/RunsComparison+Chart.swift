import LabCharts
import LabRuns
import LabStatistics
import LabStorage

extension RunsComparison {
    /// So many figures and so many curves are drawn at most.
    static let panelLimit = 12
    /// Points of one curve.
    static let pointLimit = 400

    /// Every shared figure with its intervals, then the curves of metrics, all runs overlaid.
    ///
    /// - Parameter metrics: empty takes those that two runs or more measured.
    /// - Throws: `RunsError.unknownMetric`.
    func chart(metrics wanted: [String]) throws -> Panels {
        let figures: [any Chart] = names.filter { name in runs.count { $0.evaluation.figure(name) != nil } > 1 }
            .prefix(Self.panelLimit).map { figureChart($0) }
        let measured = try runs.map { run in Dictionary(grouping: try run.metrics(), by: \.name) }
        let known = Set(measured.flatMap(\.keys)).sorted()
        for name in wanted where !known.contains(name) {
            throw RunsError.unknownMetric(name: name, nearest: NearestName.of(name, among: known), known: known)
        }
        let shared = known.filter { name in measured.count { ($0[name]?.count ?? 0) > 1 } > 1 }
        let curves: [any Chart] = (wanted.isEmpty ? Array(shared.prefix(Self.panelLimit)) : wanted).map { name in
            curve(name, measured.map { $0[name] ?? [] })
        }
        return Panels(
            title: runs.map(\.reference).joined(separator: ", "),
            summary: "\(figures.count) figures with intervals and \(curves.count) curves of \(runs.count) runs.",
            figures + curves)
    }

    private func figureChart(_ name: String) -> IntervalPlot {
        let figures = runs.map { ($0.reference, $0.evaluation.figure(name)) }
        let unit = figures.compactMap { $0.1?.unit }.first.map { " [\($0)]" } ?? ""
        return IntervalPlot(
            title: name, summary: "One row a run.",
            rows: figures.enumerated().compactMap { place, entry in
                entry.1.map { figure in
                    .init(
                        entry.0, value: figure.value, lower: figure.interval?.lower ?? .nan,
                        upper: figure.interval?.upper ?? .nan, style: place)
                }
            }, xName: name + unit)
    }

    private func curve(_ name: String, _ series: [[MetricPoint]]) -> LineChart {
        LineChart(
            title: name, summary: "One line a run.", xName: "step", yName: name,
            series: zip(runs, series).map { run, points in
                let stride = max(1, (points.count + Self.pointLimit - 1) / Self.pointLimit)
                return .init(
                    run.reference,
                    points.enumerated().filter { $0.offset % stride == 0 || $0.offset == points.count - 1 }
                        .map { .init(x: Double($0.element.step), y: $0.element.value) })
            })
    }
}
