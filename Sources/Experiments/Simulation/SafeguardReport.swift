import LabCharts
import LabRuns
import LabSafeguards
import LabSimulation
import LabStatistics

/// What is to be said of the safeguards: what they prevented, what they missed, what they cost, by policy and segment.
struct SafeguardReport {
    private struct Pair {
        let name: String
        let guarded: PolicyTrial
        let free: PolicyTrial

        /// EUR a customer that the mask takes, paired on the same customers.
        func givenUp() throws -> Estimate {
            let difference = try pairedDifference(guarded.result.values, free.result.values)
            return difference.difference
        }

        func segment(_ segment: Int) -> Pair {
            Pair(name: name, guarded: guarded.segment(segment), free: free.segment(segment))
        }
    }

    let population: Population
    private var pairs: [Pair] = []

    init(population: Population) { self.population = population }

    mutating func add(_ name: String, guarded: RolloutResult, free: RolloutResult) {
        pairs.append(Pair(name: name, guarded: PolicyTrial(name, guarded), free: PolicyTrial(name, free)))
    }

    /// Decisions under safeguards so far.
    var decisionCount: Int { pairs.reduce(0) { $0 + $1.guarded.result.decisionCount } }

    /// All guarded decisions together; customers of different policies count as different ones.
    private var missed: PolicyTrial {
        var all = RolloutResult()
        for pair in pairs {
            all.missed += pair.guarded.result.missed
            all.hiddenNegative += pair.guarded.result.hiddenNegative
            all.promotionsToMissed += pair.guarded.result.promotionsToMissed
            all.segments += pair.guarded.result.segments
        }
        return PolicyTrial("all", all)
    }

    func evaluation() throws -> Evaluation {
        let all = missed
        func total(_ count: (RolloutResult) -> Int) -> (guarded: Int, free: Int) {
            pairs.reduce((0, 0)) { ($0.0 + count($1.guarded.result), $0.1 + count($1.free.result)) }
        }
        let promotions = total(\.promotionsToDistressed)
        let distressed = total { $0.assessments[Assessment.distressed.rawValue] }
        var figures: [Figure?] = [
            Figure(
                "promotionsToDistressed", Double(promotions.guarded), unit: "decisions", count: distressed.guarded,
                better: .lower),
            Figure(
                "promotionsToDistressedUnguarded", Double(promotions.free), unit: "decisions", count: distressed.free),
            Figure("decisions", Double(decisionCount)),
            Figure("missedDistress", all.missed, better: .lower),
            Figure("promotionsToMissed", all.promotionsToMissed, better: .lower),
        ]
        for pair in pairs {
            figures.append(Figure("givenUp." + pair.name, try pair.givenUp(), unit: "EUR/customer"))
        }
        return Evaluation(
            figures: figures.compactMap { $0 } + population.figures,
            tables: [try policies(), try segments(all), reasons],
            notes: [
                "environment: simulation. Hidden emotions are known only because customers are simulated.",
                """
                Both arms of a policy decide about the same customers and share their chance; givenUp is the value \
                without safeguards less that with them, and is negative where the harm outweighs what distress brings in.
                """,
                """
                missedDistress is the share of decisions about negative customers whose reading was not assessed as \
                distressed; its interval is over customers.
                """,
            ] + Population.notes)
    }

    private func policies() throws -> ResultTable {
        ResultTable(
            "policies",
            columns: [
                "policy", "decisions", "promotionsToDistressed", "unguarded", "value", "unguardedValue", "givenUp",
                "givenUpLower", "givenUpUpper", "churned", "unguardedChurned", "complaints", "unguardedComplaints",
            ],
            rows: try pairs.map { pair in
                let price = try pair.givenUp()
                return [
                    .text(pair.name), Cell(pair.guarded.result.decisionCount),
                    Cell(pair.guarded.result.promotionsToDistressed), Cell(pair.free.result.promotionsToDistressed),
                    Cell(pair.guarded.value.value), Cell(pair.free.value.value), Cell(price.value),
                    Cell(price.interval.lower), Cell(price.interval.upper), Cell(try pair.guarded.churn().value),
                    Cell(try pair.free.churn().value), Cell(pair.guarded.complaints.value),
                    Cell(pair.free.complaints.value),
                ]
            })
    }

    private func segments(_ all: PolicyTrial) throws -> ResultTable {
        var table = ResultTable(
            "segments",
            columns: [
                "segment", "policy", "customers", "givenUp", "givenUpLower", "givenUpUpper", "missedDistress",
                "missedLower", "missedUpper", "promotionsToMissed",
            ])
        for segment in 0..<population.parameters.segmentCount {
            for pair in pairs.map({ $0.segment(segment) }) {
                guard pair.guarded.result.customerCount > 1 else { continue }
                let (price, missed) = (try pair.givenUp(), pair.guarded.missed)
                table.rows.append([
                    Cell(segment), .text(pair.name), Cell(pair.guarded.result.customerCount), Cell(price.value),
                    Cell(price.interval.lower), Cell(price.interval.upper), Cell(missed.finite),
                    Cell(missed.finite.map { _ in missed.interval.lower }),
                    Cell(missed.finite.map { _ in missed.interval.upper }),
                    Cell(pair.guarded.promotionsToMissed.finite),
                ])
            }
        }
        return table
    }

    /// Why actions were missing, over all guarded decisions.
    private var reasons: ResultTable {
        ResultTable(
            "reasons", columns: ["reason", "decisions", "share"],
            rows: Assessment.allCases.map { assessment in
                let count = pairs.reduce(0) { $0 + $1.guarded.result.assessments[assessment.rawValue] }
                return [
                    .text(assessment.reason?.name ?? "nothing missing"), Cell(count),
                    Cell(Double(count) / Double(max(decisionCount, 1))),
                ]
            })
    }

    /// The figures as files.
    var charts: [(file: String, chart: any Chart)] {
        let rows = pairs.flatMap { pair in
            [(pair.free, 0), (pair.guarded, 1)].map { trial, style in
                IntervalPlot.Row(
                    trial.name, value: trial.value.value, lower: trial.value.interval.lower,
                    upper: trial.value.interval.upper, style: style)
            }
        }
        return [
            (
                "value-by-arm.svg",
                IntervalPlot(
                    title: "Value with and without safeguards",
                    summary: "The discounted value of each policy in both arms with its interval.", rows: rows,
                    xName: "EUR a customer",
                    references: [
                        LineChart.Reference("guarded optimum", population.guarded.value),
                        LineChart.Reference("optimum", population.free.value),
                    ], styleNames: ["without", "with"])
            )
        ]
    }
}
