import LabCharts
import LabStatistics

/// What each variant of a study costs beside how good it is.
///
/// The cost is a figure read from a clock of which less is better, the quality the study's first figure. Where both exist with
/// the same ending after a point, such as `macroF1.fusion` and `trainingSeconds.fusion`, that is a way of its own.
struct StudyFrontier {
    let quality: FigureSummary
    let cost: FigureSummary
    /// In ascending order of cost.
    let points: [FrontierPlot.Point]

    /// One for each cost in which there are two ways or more.
    static func frontiers(_ summaries: [FigureSummary]) -> [StudyFrontier] {
        guard let quality = summaries.first, let better = quality.better else { return [] }
        let costs = summaries.filter { $0.isCost && !$0.name.contains(".") }
        return costs.compactMap { cost in
            var points: [FrontierPlot.Point] = []
            for figure in summaries where figure.isCost {
                guard let ending = figure.name.ending(after: cost.name),
                    let own = summaries.first(where: { $0.name == quality.name + ending })
                else { continue }
                for (value, cost) in zip(own.variants, figure.variants) {
                    let way = [value.name == StudyVariant.base.name ? "" : value.name, String(ending.dropFirst())]
                    let name = way.filter { !$0.isEmpty }.joined(separator: ", ")
                    points.append(
                        FrontierPlot.Point(
                            name.isEmpty ? "the whole" : name, cost: cost.mean.value, value: value.mean.value,
                            lower: value.mean.interval.lower, upper: value.mean.interval.upper))
                }
            }
            points = marked(points.filter { $0.cost.isFinite && $0.value.isFinite }, better)
            return points.count > 1 ? StudyFrontier(quality: quality, cost: cost, points: points) : nil
        }
    }

    /// By cost, each with whether a cheaper one, or one as cheap, is at least as good.
    static func marked(_ points: [FrontierPlot.Point], _ better: Figure.Direction) -> [FrontierPlot.Point] {
        func worth(_ point: FrontierPlot.Point) -> Double { better == .higher ? point.value : -point.value }
        var best = -Double.infinity
        return points.sorted { ($0.cost, -worth($0), $0.name) < ($1.cost, -worth($1), $1.name) }.map { point in
            let leads = worth(point) > best
            best = max(best, worth(point))
            return FrontierPlot.Point(
                point.name, cost: point.cost, value: point.value, lower: point.lower, upper: point.upper,
                isOnFrontier: leads)
        }
    }

    var table: ResultTable {
        ResultTable(
            "frontier.\(cost.name)",
            columns: ["way", cost.label, quality.label, "lower", "upper", "on the frontier"],
            rows: points.map { point in
                [
                    .text(point.name), .number(point.cost), .number(point.value),
                    point.lower.isFinite ? .number(point.lower) : .empty,
                    point.upper.isFinite ? .number(point.upper) : .empty, .text(point.isOnFrontier ? "yes" : "no"),
                ]
            })
    }

    func chart(experiment: String) -> FrontierPlot {
        let leading = points.filter(\.isOnFrontier).map(\.name).joined(separator: ", ")
        return FrontierPlot(
            title: "\(quality.name) of \(experiment) for its \(cost.name)",
            summary: "Means over the seeds with Student's interval; nothing cheaper is as good as \(leading).",
            points: points, xName: "\(cost.label), logarithmic; lower is better",
            yName: quality.label + (quality.better.map { "; \($0.rawValue) is better" } ?? ""))
    }
}

extension FigureSummary {
    /// Less is better and a clock said it.
    fileprivate var isCost: Bool { isMeasuredByClock && better == .lower }
    fileprivate var label: String { name + (unit.map { " [\($0)]" } ?? "") }
}

extension String {
    /// What follows a name: nothing, or a point and more; `nil` where this is another name.
    fileprivate func ending(after name: String) -> String? {
        guard hasPrefix(name) else { return nil }
        let rest = String(dropFirst(name.count))
        return rest.isEmpty || rest.hasPrefix(".") ? rest : nil
    }
}
