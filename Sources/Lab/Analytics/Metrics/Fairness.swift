public import LabStatistics

/// A rate for each group of customers beside the rate of all: who is shown what, and who is misread, how often.
public struct FairnessRows: Sendable, Equatable {
    /// One group.
    public struct Row: Sendable, Equatable {
        public let group: Int32
        public let rate: Estimate
        /// The group's rate less the rate of everyone else.
        public let gap: Estimate
    }

    public let rows: [Row]
    public let overall: Estimate

    /// - Parameters:
    ///   - groups: one a customer.
    ///   - numerators: how often it happened to the customer.
    ///   - denominators: how often it could have.
    ///
    /// Groups without any occasion have no row. Throws `AnalyticsError`.
    public init(groups: [Int32], numerators: [Double], denominators: [Double], level: Double = 0.95) throws {
        overall = try RatioEstimate.estimate(numerators, denominators, level: level)
        rows = try Set(groups).sorted().compactMap { group in
            let inside = groups.indices.filter { groups[$0] == group && denominators[$0] > 0 }
            let outside = groups.indices.filter { groups[$0] != group && denominators[$0] > 0 }
            guard inside.count > 1, outside.count > 1 else { return nil }
            let rate = try RatioEstimate.estimate(
                inside.map { numerators[$0] }, inside.map { denominators[$0] }, level: level)
            let others = try RatioEstimate.estimate(
                outside.map { numerators[$0] }, outside.map { denominators[$0] }, level: level)
            return Row(group: group, rate: rate, gap: Self.difference(rate, others, level: level))
        }
    }

    /// Groups are different people, so variances add.
    private static func difference(_ left: Estimate, _ right: Estimate, level: Double) -> Estimate {
        let value = left.value - right.value
        let error = (left.standardError * left.standardError + right.standardError * right.standardError).squareRoot()
        let reach = Normal.quantile(0.5 + level / 2) * error
        return Estimate(
            value: value, standardError: error,
            interval: Interval(lower: value - reach, upper: value + reach, level: level),
            count: left.count + right.count)
    }
}
