import LabCharts
import LabStatistics

/// A study's figures and curves as charts.
enum StudyPlots {
    static func seeds(_ figure: FigureSummary, experiment: String) -> SeedPlot {
        let better = figure.better.map { "; \($0.rawValue) is better" } ?? ""
        return SeedPlot(
            title: "\(figure.name) of \(experiment)",
            summary:
                "Each seed's value as a circle; below it the mean with Student's interval over the seeds\(better).",
            rows: figure.variants.map { variant in
                .init(
                    variant.name, values: variant.values, center: variant.mean.value,
                    lower: variant.mean.interval.lower, upper: variant.mean.interval.upper)
            }, xName: figure.name + (figure.unit.map { " [\($0)]" } ?? "") + better)
    }

    static func curve(_ curve: StudyCurves.Curve, experiment: String, level: Double) -> LineChart {
        LineChart(
            title: "\(curve.metric) of \(experiment)",
            summary: "The mean over the seeds, with Student's \(NumberFormat.percent(0).string(level)) interval.",
            xName: "step", yName: curve.metric,
            series: curve.variants.map { variant in
                .init(
                    variant.name,
                    variant.points.map { point in
                        .init(
                            x: Double(point.step), y: point.mean, lower: point.interval?.lower,
                            upper: point.interval?.upper)
                    })
            })
    }
}

/// File names for plots: letters, digits, `.`, `-` and `_` of what is plotted, each name once.
struct PlotNames {
    private var used: Set<String> = []

    mutating func file(_ name: String) -> String {
        let plain = String(
            name.unicodeScalars.map { scalar in
                let character = Character(scalar)
                return scalar.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
                    ? character : "-"
            })
        let base = plain.first.map { $0 == "." } ?? true ? "plot" + plain : plain
        var candidate = base
        var number = 2
        while !used.insert(candidate).inserted {
            candidate = "\(base)-\(number)"
            number += 1
        }
        return candidate + ".svg"
    }
}
