import LabRuns
import LabSimulation
import LabStatistics

/// What came of a policy on simulated customers, as the figures that people ask for.
struct PolicyTrial {
    let name: String
    let result: RolloutResult

    init(_ name: String, _ result: RolloutResult) {
        self.name = name
        self.result = result
    }

    /// EUR a customer, discounted.
    var value: Estimate { meanInterval(result.values) }
    /// Share of the ads shown that were engaged with.
    var clickThrough: Estimate { ratio(result.clicks, result.contacts) }
    var conversions: Estimate { meanInterval(result.conversions.map(Double.init)) }
    var complaints: Estimate { meanInterval(result.complaints.map(Double.init)) }
    /// Share of decisions about negative customers that were not assessed as distressed.
    var missed: Estimate { ratio(result.missed, result.hiddenNegative) }
    /// Share of decisions about missed customers at which a promotion was shown.
    var promotionsToMissed: Estimate { ratio(result.promotionsToMissed, result.missed) }

    func churn() throws -> Estimate {
        try wilson(successes: result.churned.count { $0 }, trials: result.customerCount)
    }

    /// A ratio of sums over customers, with the interval of its linearisation: customers are independent, their
    /// decisions are not.
    private func ratio(_ above: [Int32], _ below: [Int32]) -> Estimate {
        let total = below.reduce(0.0) { $0 + Double($1) }
        guard total > 0, below.count > 1 else { return meanInterval([Double]()) }
        let value = above.reduce(0.0) { $0 + Double($1) } / total
        let mean = total / Double(below.count)
        let linear = meanInterval(zip(above, below).map { value + (Double($0) - value * Double($1)) / mean })
        return linear
    }

    /// The customers of one segment only.
    func segment(_ segment: Int) -> PolicyTrial { PolicyTrial(name, result.selecting(segment: segment)) }

    static let columns = [
        "value", "lower", "upper", "clickThrough", "conversions", "churned", "complaints", "missedDistress",
        "missedLower", "missedUpper",
    ]

    /// One row under `columns`.
    func cells() throws -> [Cell] {
        let (value, missed) = (value, missed)
        return [
            Cell(value.value), Cell(value.interval.lower), Cell(value.interval.upper), Cell(clickThrough.finite),
            Cell(conversions.value), Cell(try churn().value), Cell(complaints.value), Cell(missed.finite),
            Cell(missed.finite.map { _ in missed.interval.lower }),
            Cell(missed.finite.map { _ in missed.interval.upper }),
        ]
    }
}

extension Estimate {
    /// The value, or `nil` where there was nothing to estimate it from.
    var finite: Double? { value.isFinite ? value : nil }
}

extension Figure {
    /// The figure of an estimate; `nil` where there was nothing to estimate it from.
    init?(_ name: String, _ estimate: Estimate, unit: String? = nil, better: Direction? = nil) {
        guard estimate.value.isFinite else { return nil }
        self.init(
            name, estimate.value, interval: estimate.interval, unit: unit, count: estimate.count, better: better)
    }
}
