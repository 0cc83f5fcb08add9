import Foundation
import LabCharts
import LabRuns
import LabSafeguards
import LabSimulation
import LabStatistics

/// What each policy is worth to the same customers.
struct ComparisonReport {
    /// Exact values of a customer, currency units.
    let optimum: Double
    let guarded: Double
    let behavior: RolloutResult
    /// Logged decisions that the agents learned from.
    let decisions: Int
    private var rows: [(name: String, result: RolloutResult)] = []

    init(optimum: Double, guarded: Double, behavior: RolloutResult, decisions: Int) {
        self.optimum = optimum
        self.guarded = guarded
        self.behavior = behavior
        self.decisions = decisions
    }

    mutating func add(_ name: String, _ result: RolloutResult) { rows.append((name, result)) }

    private var all: [(name: String, result: RolloutResult)] { [("behaviour", behavior)] + rows }

    func evaluation() -> Evaluation {
        var evaluation = Evaluation()
        for (name, result) in all {
            let value = meanInterval(result.values)
            evaluation.figures.append(
                Figure(
                    "value." + name, value.value, interval: value.interval, unit: "EUR", count: value.count,
                    better: .higher))
        }
        evaluation.figures += [
            Figure("value.optimum", optimum, unit: "EUR"), Figure("value.optimumGuarded", guarded, unit: "EUR"),
            Figure("safeguardPrice", optimum - guarded, unit: "EUR"),
            Figure(
                "promotionsToDistressed",
                Double(all.reduce(0) { $0 + $1.result.promotionsToDistressed }), unit: "promotions",
                count: all.reduce(0) { $0 + $1.result.assessments[Assessment.distressed.rawValue] }, better: .lower),
            Figure("loggedDecisions", Double(decisions), unit: "decisions"),
        ]
        evaluation.tables = [table]
        evaluation.notes = [
            """
            Every agent learned from the same log with the same network, steps and settings and its own defaults; every \
            policy was tried on the same fresh customers under the same safeguards. Values are EUR a customer.
            """,
            """
            The optimum knows the hidden state. The guarded one as well, and does what the safeguards leave of each \
            reading; regret is the distance to it. QMDP knows the population and remembers everything, but sees what a \
            policy sees.
            """,
        ]
        return evaluation
    }

    private var table: ResultTable {
        var table = ResultTable(
            "policies",
            columns: [
                "policy", "value", "lower", "upper", "gain", "gainLower", "gainUpper", "regret", "contacts",
                "engagements", "conversions", "complaints", "churned", "promotionsToDistressed",
            ])
        for (name, result) in all {
            let value = meanInterval(result.values)
            let gain = meanInterval(zip(result.values, behavior.values).map { $0 - $1 })
            func mean(_ counts: [Int32]) -> Cell {
                Cell(Double(counts.reduce(0, +)) / Double(result.customerCount))
            }
            table.rows.append([
                Cell(name), Cell(value.value), Cell(value.interval.lower), Cell(value.interval.upper),
                Cell(gain.value), Cell(gain.interval.lower), Cell(gain.interval.upper), Cell(guarded - value.value),
                mean(result.contacts), mean(result.engagements), mean(result.conversions), mean(result.complaints),
                Cell(Double(result.churned.count { $0 }) / Double(result.customerCount)),
                Cell(result.promotionsToDistressed),
            ])
        }
        return table
    }

    /// The values with their intervals.
    var chart: IntervalPlot {
        IntervalPlot(
            title: "What each policy is worth", summary: "Value of a customer under each policy, with 95 % intervals.",
            rows: all.map { name, result in
                let value = meanInterval(result.values)
                return IntervalPlot.Row(
                    name, value: value.value, lower: value.interval.lower, upper: value.interval.upper)
            }, xName: "EUR a customer")
    }
}
