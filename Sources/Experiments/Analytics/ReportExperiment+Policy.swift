import LabAnalytics
import LabCharts
import LabRuns

extension ReportExperiment {
    /// How training went: the metrics of the policy's run as curves.
    func learning(_ evidence: ReportEvidence) throws -> [ReportSection] {
        guard let stage = evidence.stage("policy") else { return [] }
        let measurements = try stage.run.metrics()
        let names = measurements.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let charts = names.compactMap { name -> LineChart? in
            let points = measurements.filter { $0.name == name && $0.value.isFinite }
            guard points.count > 2 else { return nil }
            return LineChart(
                title: Self.title(name), summary: "\(points.count) measurements of \(name) during training.",
                xName: "step", yName: Wording.name(name),
                series: [.init(name, Self.thinned(points.map { .init(x: Double($0.step), y: $0.value) }))])
        }
        guard !charts.isEmpty else { return [] }
        return [
            ReportSection(
                "How it learned",
                [.charts(Array(charts.prefix(4)), caption: "Measured while the policy was trained on logged journeys.")]
            )
        ]
    }

    private static func title(_ name: String) -> String {
        let words = Wording.name(name)
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// At most 200 points, evenly chosen, the last one among them.
    private static func thinned(_ points: [LineChart.Point]) -> [LineChart.Point] {
        guard points.count > 200 else { return points }
        return (0..<200).map { points[$0 * (points.count - 1) / 199] }
    }

    /// What the log says of the policy, beside the simulator's truth.
    func evaluation(_ evidence: ReportEvidence) -> [ReportSection] {
        guard let stage = evidence.stage("policy") else { return [] }
        var blocks: [ReportBlock] = []
        let figures = stage.evaluation.figures.filter { $0.name.hasPrefix("value") }
        if !figures.isEmpty {
            blocks.append(
                .table(
                    ReportTable(
                        caption: "Values of policies, EUR a customer, discounted",
                        columns: [.init("Policy"), .init("Value")],
                        rows: figures.map { [.text(Wording.name($0.name)), .text(Wording.full($0))] })))
        }
        for table in stage.evaluation.tables {
            let reader = TableReader(table)
            if let plot = forest(reader, truth: stage.evaluation.figure("valueLearned")) {
                blocks.append(
                    .chart(
                        plot,
                        caption: """
                            Estimates from the log alone. The hollow diamond is the truth, known here because the \
                            customers are simulated; an estimator whose interval misses it is not to be relied on.
                            """))
            }
        }
        return blocks.isEmpty ? [] : [ReportSection("What the log says, and what is true", blocks)]
    }

    /// A plot of any table with an estimator, a value and an interval.
    private func forest(_ table: TableReader, truth: Figure?) -> IntervalPlot? {
        guard table.column(["estimator", "method"]) != nil, table.column(["lower"]) != nil else { return nil }
        var styles: [String] = []
        let rows = table.rows.compactMap { row -> IntervalPlot.Row? in
            guard let name = table.text(row, "estimator", "method"), let value = table.number(row, "value", "estimate"),
                let lower = table.number(row, "lower"), let upper = table.number(row, "upper")
            else { return nil }
            let policy = table.text(row, "policy", "target") ?? ""
            if !styles.contains(policy) { styles.append(policy) }
            return .init(
                policy.isEmpty ? name : "\(name), \(policy)", value: value, lower: lower, upper: upper,
                style: styles.firstIndex(of: policy) ?? 0,
                truth: table.number(row, "truth", "trueValue") ?? (policy.isEmpty ? truth?.value : nil))
        }
        guard !rows.isEmpty else { return nil }
        return IntervalPlot(
            title: "Off-policy estimates", summary: "\(rows.count) estimates with intervals beside the truth.",
            rows: rows,
            xName: "EUR a customer, discounted", format: .fixed(2), styleNames: styles.count > 1 ? styles : [])
    }

    /// The gate's evidence, mixture by mixture.
    func gates(_ gate: GateFile, _ refused: GateFile) -> [ReportSection] {
        guard gate.isThere else { return [] }
        var blocks: [ReportBlock] = [
            .paragraph(
                """
                A whole policy has almost no effective sample on long journeys, so the gate judges mixtures \
                λ · candidate + (1 − λ) · behaviour on held-out customers\(gate.customers.map { " (\($0))" } ?? ""). The \
                largest λ whose lower bound lies above zero, with enough support, becomes the first-stage exposure.
                """)
        ]
        for (file, title) in [(gate, "The learned policy"), (refused, "A candidate that is worse")] where file.isThere {
            blocks.append(.heading(title))
            if !file.mixtures.isEmpty {
                blocks.append(.table(Self.table(file)))
                blocks.append(
                    .chart(
                        Self.plot(file), caption: "Bars run from the one-sided lower bound to its mirror image."))
            }
            blocks.append(.list(file.reasons.map { Prose($0) }))
        }
        return [ReportSection("The gate", blocks)]
    }

    private static func table(_ file: GateFile) -> ReportTable {
        let rows = file.mixtures.map { mixture -> [ReportTable.Cell] in
            let verdict: ReportTable.Cell =
                mixture.passed
                ? .mark(.good, "passes")
                : mixture.tested ? .mark(.bad, "refused") : .mark(.neutral, "not reached")
            return [
                .number(mixture.share), .number(mixture.gain), .number(mixture.lowerBound), .number(mixture.value),
                .number(mixture.support.effectiveSampleSize), .number(mixture.support.meanWeight), verdict,
            ]
        }
        return ReportTable(
            caption: "Mixtures of \(file.candidate) with the behaviour policy",
            columns: [
                .init("λ", .fixed(2)), .init("Gain, EUR", .fixed(3)), .init("Lower bound", .fixed(3)),
                .init("Value, EUR", .fixed(2)), .init("Effective sample", .integer), .init("Mean weight", .fixed(3)),
                .init("Verdict"),
            ], rows: rows, highlighted: file.mixtures.firstIndex { $0.passed && $0.share == file.exposure })
    }

    private static func plot(_ file: GateFile) -> IntervalPlot {
        // Where there is no support the bound can be thousands below zero and would flatten all others.
        let shown = file.mixtures.filter { $0.support.effectiveSampleSize >= 10 }
        return IntervalPlot(
            title: "Gain over the behaviour policy by λ", summary: "Gain with lower bound for \(shown.count) mixtures.",
            rows: shown.map {
                .init(
                    "λ = \(NumberFormat.fixed(2).string($0.share))", value: $0.gain, lower: $0.lowerBound,
                    upper: 2 * $0.gain - $0.lowerBound, style: $0.passed ? 0 : 1)
            }, xName: "EUR a customer", references: [.init("no gain", 0)], format: .fixed(2),
            styleNames: ["passes", "does not pass"])
    }
}
