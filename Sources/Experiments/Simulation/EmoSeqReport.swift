import LabCharts
import LabRuns
import LabSafeguards
import LabSimulation
import LabStatistics

/// What is to be said of simulated journeys: value, regret, and what the safeguards did.
struct EmoSeqReport {
    let configuration: EmoSeqExperiment.Configuration
    let population: Population
    let trial: PolicyTrial
    let references: [PolicyTrial]

    private var optimum: EmoSeqSolution { configuration.safeguarded ? population.guarded : population.free }

    func evaluation() throws -> Evaluation {
        Evaluation(
            figures: try outcome() + population.figures + decisions,
            tables: [try policies(), try segments(), reasons, actions],
            notes: [
                "environment: simulation. Hidden states are known only because customers are simulated.",
                """
                Preset \(configuration.preset), switches: \
                \(configuration.switches.isEmpty ? "none" : configuration.switches.joined(separator: ", ")); \
                safeguards \(configuration.safeguarded ? "obeyed" : "asked and not obeyed, to measure only").
                """,
            ] + Population.notes + [
                """
                regret is the optimum under the same rules less the value; qmdp is the observation-only reference and \
                knows the population, myopic and optimum see the hidden state.
                """
            ])
    }

    private func outcome() throws -> [Figure] {
        let (value, unit) = (trial.value, "EUR/customer")
        let regret = Estimate(
            value: optimum.value - value.value, standardError: value.standardError,
            interval: Interval(
                lower: optimum.value - value.interval.upper, upper: optimum.value - value.interval.lower,
                level: value.interval.level), count: value.count)
        let qmdp = references.first { $0.name == EmoSeqPolicyName.qmdp.rawValue }?.value
        return [
            Figure("value", value, unit: unit, better: .higher),
            Figure("regret", regret, unit: unit, better: .lower),
            qmdp.flatMap { Figure("valueQMDP", $0, unit: unit) },
            Figure("clickThrough", trial.clickThrough, unit: "clicks/ad", better: .higher),
            Figure("conversions", trial.conversions, unit: "purchases/customer", better: .higher),
            Figure("churned", try trial.churn(), better: .lower),
            Figure("complaints", trial.complaints, unit: "complaints/customer", better: .lower),
            Figure("missedDistress", trial.missed, better: .lower),
            Figure("promotionsToMissed", trial.promotionsToMissed),
        ].compactMap { $0 }
    }

    private var decisions: [Figure] {
        [
            Figure(
                "promotionsToDistressed", Double(trial.result.promotionsToDistressed), unit: "decisions",
                count: trial.result.assessments[Assessment.distressed.rawValue], better: .lower),
            Figure("customers", Double(trial.result.customerCount)),
            Figure("decisions", Double(trial.result.decisionCount)),
        ]
    }

    private func policies() throws -> ResultTable {
        ResultTable(
            "policies", columns: ["policy"] + PolicyTrial.columns + ["promotionsToDistressed"],
            rows: try references.map { [.text($0.name)] + (try $0.cells()) + [Cell($0.result.promotionsToDistressed)] })
    }

    private func segments() throws -> ResultTable {
        ResultTable(
            "segments",
            columns: ["segment", "customers"] + PolicyTrial.columns + ["optimum", "optimumGuarded"],
            rows: try (0..<population.parameters.segmentCount).map { segment in
                let part = trial.segment(segment)
                return [Cell(segment), Cell(part.result.customerCount)] + (try part.cells()) + [
                    Cell(population.free.value(segment: segment)), Cell(population.guarded.value(segment: segment)),
                ]
            })
    }

    /// Why actions were missing, over all decisions.
    private var reasons: ResultTable {
        ResultTable(
            "reasons", columns: ["reason", "decisions", "share"],
            rows: Assessment.allCases.map { assessment in
                let count = trial.result.assessments[assessment.rawValue]
                return [
                    .text(assessment.reason?.name ?? "nothing missing"), Cell(count),
                    Cell(Double(count) / Double(max(trial.result.decisionCount, 1))),
                ]
            })
    }

    private var actions: ResultTable {
        ResultTable(
            "actions", columns: ["action", "decisions"],
            rows: zip(population.parameters.actions, trial.result.actions).map { [.text($0.name), Cell($1)] })
    }

    /// The figures as files.
    var charts: [(file: String, chart: any Chart)] {
        [
            (
                "value-by-policy.svg",
                IntervalPlot(
                    title: "Value by policy",
                    summary: "The discounted value of each reference policy with its interval, and the optimum.",
                    rows: references.map { row($0) }, xName: "EUR a customer",
                    references: [
                        LineChart.Reference("optimum under the same rules", optimum.value),
                        LineChart.Reference("optimum", population.free.value),
                    ])
            ),
            (
                "value-by-segment.svg",
                IntervalPlot(
                    title: "Value of \(trial.name) by segment",
                    summary: "The value by segment with its interval; the diamond is the segment's guarded optimum.",
                    rows: (0..<population.parameters.segmentCount).map { segment in
                        row(
                            trial.segment(segment), name: "segment \(segment)",
                            truth: population.guarded.value(segment: segment))
                    }, xName: "EUR a customer")
            ),
        ]
    }

    private func row(_ trial: PolicyTrial, name: String? = nil, truth: Double? = nil) -> IntervalPlot.Row {
        let value = trial.value
        return IntervalPlot.Row(
            name ?? trial.name, value: value.value, lower: value.interval.lower, upper: value.interval.upper,
            truth: truth)
    }
}
