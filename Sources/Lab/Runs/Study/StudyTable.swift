import LabCharts
import LabStatistics

/// A study's figures as tables: for the evaluation, as CSV for programs and as Markdown for people.
struct StudyTable: Sendable {
    let experiment: String
    let seeds: [UInt64]
    let level: Double
    let summaries: [FigureSummary]

    init(experiment: String, seeds: [UInt64], level: Double, _ summaries: [FigureSummary]) {
        self.experiment = experiment
        self.seeds = seeds
        self.level = level
        self.summaries = summaries
    }

    /// Means with both intervals, one row a figure and variant.
    var figures: ResultTable {
        ResultTable(
            "figures",
            columns: [
                "figure", "unit", "variant", "n", "left out", "mean", "t lower", "t upper", "bootstrap lower",
                "bootstrap upper", "deviation", "IQM", "IQM lower", "IQM upper",
            ],
            rows: rows { figure, variant in
                [
                    .text(figure.name), Cell(figure.unit), .text(variant.name), Cell(variant.mean.count),
                    Cell(variant.excluded), .number(variant.mean.value), end(variant.mean.interval.lower),
                    end(variant.mean.interval.upper), Cell(variant.bootstrap?.lower), Cell(variant.bootstrap?.upper),
                    .number(variant.deviation), .number(variant.interquartileMean),
                    Cell(variant.interquartileInterval?.lower), Cell(variant.interquartileInterval?.upper),
                ]
            })
    }

    /// Differences to the first variant under the same seeds; no rows for one variant.
    var differences: ResultTable {
        ResultTable(
            "differences",
            columns: [
                "figure", "variant", "against", "pairs", "difference", "lower", "upper", "interval", "P(better)", "p",
                "p (Holm)",
            ],
            rows: rows { figure, variant in
                guard let comparison = variant.comparison else { return nil }
                return [
                    .text(figure.name), .text(variant.name), .text(figure.variants[0].name),
                    Cell(comparison.difference.count), .number(comparison.difference.value),
                    end(comparison.difference.interval.lower), end(comparison.difference.interval.upper),
                    .text(comparison.method), .number(comparison.improvement), .number(comparison.pValue),
                    .number(comparison.adjusted),
                ]
            })
    }

    /// Every single value: no seed is left out.
    var values: ResultTable {
        ResultTable(
            "values", columns: ["figure", "variant"] + seeds.map { "seed \($0)" },
            rows: rows { figure, variant in
                [.text(figure.name), .text(variant.name)] + variant.values.map { .number($0) }
            })
    }

    /// What a reader must know about the numbers, one sentence each.
    var notes: [String] {
        let percent = NumberFormat.percent(0).string(level)
        var notes = [
            "\(seeds.count) seed\(seeds.count == 1 ? "" : "s"); intervals cover \(percent); t: Student's over seeds; "
                + "bootstrap: BCa over seeds, IQM: percentile, from \(FigureSummary.bootstrapSeeds) seeds on"
        ]
        if seeds.count < FigureSummary.bootstrapSeeds {
            notes.append("fewer than \(FigureSummary.bootstrapSeeds) seeds: intervals rest on few values")
        }
        for summary in summaries {
            for variant in summary.variants where variant.excluded > 0 {
                let places = zip(seeds, variant.values).filter { !$1.isFinite }.map { "\($0.0)" }
                notes.append(
                    "'\(summary.name)' of \(variant.name) is not finite under seed \(places.joined(separator: ", ")): "
                        + "shown, left out of means")
            }
        }
        return notes
    }

    private func rows(_ row: (FigureSummary, FigureSummary.Variant) -> [Cell]?) -> [[Cell]] {
        summaries.flatMap { figure in figure.variants.compactMap { row(figure, $0) } }
    }

    private func end(_ value: Double) -> Cell { value.isFinite ? .number(value) : .empty }
}
