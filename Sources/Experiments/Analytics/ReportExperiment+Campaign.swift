import LabAnalytics
import LabCharts
import LabRuns

extension ReportExperiment {
    /// What the campaign did, in all and by segment.
    func campaign(_ evidence: ReportEvidence) -> [ReportSection] {
        guard let stage = evidence.stage("campaign") else { return [] }
        var blocks: [ReportBlock] = []
        let names = [
            ("value", "Value, EUR a customer"), ("clickRate", "Clicks an ad"),
            ("conversionRate", "Customers who bought"), ("conversions", "Purchases a customer"),
            ("spend", "Spend, EUR a customer"), ("impressions", "Ads a customer"),
        ]
        let rows = names.compactMap { name, title -> [ReportTable.Cell]? in
            guard let learned = stage.evaluation.figure(name + "Learned"),
                let behaviour = stage.evaluation.figure(name + "Behavior"),
                let difference = stage.evaluation.figure(name + "Difference")
            else { return nil }
            return [.text(title)] + [learned, behaviour, difference].map { .text(Wording.full($0)) }
        }
        blocks.append(
            .table(
                ReportTable(
                    caption: "Learned and behaviour policy on the same fresh customers, 95 % intervals",
                    columns: [.init("Figure"), .init("Learned"), .init("Behaviour"), .init("Difference, paired")],
                    rows: rows)))
        if let segments = evidence.table("campaign", "segments") {
            if let plot = differences(segments) {
                blocks.append(
                    .chart(
                        plot,
                        caption: "A policy can be better for all and worse for some; every segment is to be looked at.")
                )
            }
            if let chart = clicks(segments) { blocks.append(.chart(chart, caption: "Whiskers are 95 % intervals.")) }
        }
        if let pacing = evidence.table("campaign", "pacing"), let chart = budget(pacing) {
            blocks.append(.chart(chart, caption: "What was spent never passes what the day allows, to the micro."))
        }
        if let refusals = evidence.table("campaign", "refusals") {
            blocks.append(.table(refusals.report("How often caps and budget said no")))
        }
        return [ReportSection("The campaign", blocks)]
    }

    private func differences(_ table: TableReader) -> IntervalPlot? {
        let rows = table.rows.compactMap { row -> IntervalPlot.Row? in
            guard table.text(row, "figure") == "value", let name = table.text(row, "segment"),
                let value = table.number(row, "difference"), let lower = table.number(row, "differenceLower"),
                let upper = table.number(row, "differenceUpper")
            else { return nil }
            return .init(name, value: value, lower: lower, upper: upper)
        }
        guard !rows.isEmpty else { return nil }
        return IntervalPlot(
            title: "Value of the learned policy less the behaviour policy, by segment",
            summary: "Paired difference with interval for \(rows.count) segments.", rows: rows, xName: "EUR a customer",
            references: [.init("no difference", 0)], format: .fixed(2))
    }

    private func clicks(_ table: TableReader) -> BarChart? {
        let rows = table.rows.filter { table.text($0, "figure") == "clickRate" }
        guard !rows.isEmpty else { return nil }
        func bars(_ name: String) -> [BarChart.Bar?] {
            rows.map { row in
                table.number(row, name).map {
                    .init($0, lower: table.number(row, name + "Lower"), upper: table.number(row, name + "Upper"))
                }
            }
        }
        return BarChart(
            title: "Clicks an ad, by segment", summary: "Click rate of both policies in \(rows.count) segments.",
            categories: rows.map { table.text($0, "segment") ?? "" },
            series: [("behaviour", bars("behavior")), ("learned", bars("learned"))], yName: "clicks an ad",
            format: .percent(0))
    }

    private func budget(_ table: TableReader) -> LineChart? {
        func series(_ name: String, _ column: String) -> LineChart.Series {
            .init(
                name,
                table.rows.compactMap { row in
                    guard let day = table.number(row, "day"), let value = table.number(row, column) else { return nil }
                    return .init(x: day, y: value)
                })
        }
        guard table.rows.count > 1 else { return nil }
        return LineChart(
            title: "Budget by day", summary: "Allowed and spent amounts of both policies by day.", xName: "day",
            yName: "EUR, cumulative",
            series: [series("learned", "learned"), series("behaviour", "behavior"), series("allowed", "allowed")],
            format: .integer, includesZero: true)
    }

    /// Safeguards, exposure and error: who is shown what, and who is misread.
    func people(_ evidence: ReportEvidence) -> [ReportSection] {
        var blocks: [ReportBlock] = []
        let figures = [
            Wording.key(
                "Promotions to customers read as distressed", evidence.figure("campaign", "promotionsToDistressed"),
                remark: "under the safeguards", tone: .good),
            Wording.key(
                "The same without safeguards", evidence.figure("campaign", "promotionsToDistressedUnguarded"),
                remark: "simulated to see what they prevent"),
            Wording.key(
                "Promotions that met a negative post", evidence.figure("campaign", "missedDistressRate"),
                remark: "misread, so the safeguard could not act"),
            Self.price(evidence),
        ].compactMap { $0 }
        guard !figures.isEmpty else { return [] }
        blocks.append(.keyFigures(figures))
        if let table = evidence.table("campaign", "fairness") {
            for measure in Self.measures(table) {
                blocks.append(.chart(measure, caption: "95 % intervals, by segment."))
            }
            blocks.append(
                .table(
                    table.report(
                        "Exposure and error by segment and by reading; gap is the difference to everyone else",
                        names: ["gapLower": "gap, lower", "gapUpper": "gap, upper"])))
        }
        return [ReportSection("People", blocks)]
    }

    private static func measures(_ table: TableReader) -> [IntervalPlot] {
        ["promotions per decision", "misread posts"].compactMap { measure in
            let rows = table.rows.compactMap { row -> IntervalPlot.Row? in
                guard table.text(row, "measure") == measure, let name = table.text(row, "segment"),
                    let value = table.number(row, "rate"), let lower = table.number(row, "lower"),
                    let upper = table.number(row, "upper")
                else { return nil }
                return .init(name, value: value, lower: lower, upper: upper)
            }
            guard rows.count > 1 else { return nil }
            return IntervalPlot(
                title: measure.prefix(1).uppercased() + measure.dropFirst(),
                summary: "Rate with interval for \(rows.count) groups.", rows: rows, xName: measure, format: .percent(1)
            )
        }
    }
}
