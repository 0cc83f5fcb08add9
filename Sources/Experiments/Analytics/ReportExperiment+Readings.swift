import LabAnalytics
import LabCharts
import LabRuns
import LabStatistics

extension ReportExperiment {
    /// Sentiment: how good, how sure, on whom it errs.
    func readings(_ evidence: ReportEvidence) -> [ReportSection] {
        guard let stage = evidence.stage("language") else { return [] }
        var blocks: [ReportBlock] = []
        if let score = evidence.figure("language", "macroF1") {
            let others = stage.evaluation.figures.filter { $0.name.hasPrefix("macroF1.") }
            let beside = others.map { Wording.name($0.name) + " " + Wording.full($0) }.joined(separator: "; ")
            blocks.append(
                .paragraph(
                    """
                    On posts it never saw, the model reads sentiment with a macro-F1 of \(strong: Wording.full(score)).\
                    \(beside.isEmpty ? "" : " Beside it: " + beside + ".")
                    """))
        }
        var charts: [any Chart] = []
        if let chart = reliability(evidence) { charts.append(chart) }
        if let chart = confusion(evidence) { charts.append(chart) }
        if !charts.isEmpty {
            blocks.append(
                .charts(
                    charts,
                    caption: """
                        Left: where the dots lie on the dashed line, a stated confidence is the share of readings that \
                        were right; whiskers are 95 % intervals. Right: rows are human labels, shades are shares of a row.
                        """))
        }
        if let slices = evidence.table("language", "slices"), let plot = slicePlot(slices) {
            blocks.append(.chart(plot, caption: "Accuracy by language and length, with 95 % intervals."))
        }
        if let classes = evidence.table("language", "classes") {
            blocks.append(.table(classes.report("Precision, recall and F1 by reader and class")))
        }
        return blocks.isEmpty ? [] : [ReportSection("Can the readings be trusted?", blocks)]
    }

    private func reliability(_ evidence: ReportEvidence) -> ReliabilityChart? {
        guard let table = evidence.table("language", "reliability") else { return nil }
        let bins = table.rows.compactMap { row -> ReliabilityChart.Bin? in
            guard let confidence = table.number(row, "confidence"), let share = table.number(row, "right", "accuracy"),
                let count = table.number(row, "posts", "count"),
                let interval = try? wilson(successes: Int((share * count).rounded()), trials: Int(count)).interval
            else { return nil }
            return .init(
                confidence: confidence, share: share, lower: interval.lower, upper: interval.upper, count: Int(count))
        }
        guard !bins.isEmpty else { return nil }
        let error = evidence.figure("language", "calibrationError").map { ", expected error \(Wording.full($0))" } ?? ""
        return ReliabilityChart(
            title: "Calibration of the readings" + error,
            summary: "Share of right readings by stated confidence in \(bins.count) bins.", bins: bins)
    }

    private func confusion(_ evidence: ReportEvidence) -> HeatMap? {
        guard let table = evidence.table("language", "confusion"), table.table.columns.count > 1 else { return nil }
        let columns = Array(table.table.columns.dropFirst())
        return HeatMap(
            title: "Human label and reading", summary: "Counts of posts by human label and by reading.",
            rowNames: table.rows.map { table.text($0, table.table.columns[0]) ?? "" }, columnNames: columns,
            values: table.rows.map { row in columns.map { table.number(row, $0) } }, rowAxis: "human label",
            columnAxis: "reading")
    }

    private func slicePlot(_ table: TableReader) -> IntervalPlot? {
        let rows = table.rows.compactMap { row -> IntervalPlot.Row? in
            guard let name = table.text(row, "slice"), let value = table.number(row, "accuracy"),
                let lower = table.number(row, "lower"), let upper = table.number(row, "upper")
            else { return nil }
            let count = table.number(row, "posts").map { " (\(NumberFormat.integer.string($0)))" } ?? ""
            return .init(name + count, value: value, lower: lower, upper: upper)
        }
        guard rows.count > 1 else { return nil }
        return IntervalPlot(
            title: "Accuracy by group", summary: "Accuracy with interval for \(rows.count) groups of posts.",
            rows: rows,
            xName: "share of readings that are right", format: .percent(1))
    }
}
