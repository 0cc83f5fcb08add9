public import LabStatistics

/// A ratio of totals over customers, such as clicks over impressions, whose interval knows that the impressions of one
/// customer are no independent trials.
public enum RatioEstimate {
    /// Σ numerators / Σ denominators with the delta method's t interval over customers.
    ///
    /// The influence of customer i is (xᵢ − R·yᵢ) / ȳ. Source: Deng, Knoblich and Lu, "Applying the Delta Method in Metric
    /// Analytics", KDD 2018, section 3.
    ///
    /// Throws `AnalyticsError.lengthsDiffer`, `.tooFewCases` below two customers, `.nothingToDivideBy`.
    public static func estimate(
        _ numerators: [Double], _ denominators: [Double], level: Double = 0.95
    ) throws -> Estimate {
        let (value, influence) = try influences(numerators, denominators)
        let mean = meanInterval(influence, level: level)
        return Estimate(
            value: value, standardError: mean.standardError,
            interval: Interval(
                lower: value + mean.interval.lower - mean.value, upper: value + mean.interval.upper - mean.value,
                level: level), count: numerators.count)
    }

    /// The difference of two ratios, first less second, over the same customers in the same order.
    public static func pairedDifference(
        _ first: (numerators: [Double], denominators: [Double]),
        _ second: (numerators: [Double], denominators: [Double]), level: Double = 0.95
    ) throws -> Estimate {
        guard first.numerators.count == second.numerators.count else {
            throw AnalyticsError.lengthsDiffer(
                figure: "a paired difference", left: first.numerators.count, right: second.numerators.count)
        }
        let (left, leftInfluence) = try influences(first.numerators, first.denominators)
        let (right, rightInfluence) = try influences(second.numerators, second.denominators)
        let mean = meanInterval(zip(leftInfluence, rightInfluence).map { $0 - $1 }, level: level)
        let value = left - right
        return Estimate(
            value: value, standardError: mean.standardError,
            interval: Interval(
                lower: value + mean.interval.lower - mean.value, upper: value + mean.interval.upper - mean.value,
                level: level), count: first.numerators.count)
    }

    private static func influences(
        _ numerators: [Double], _ denominators: [Double]
    ) throws -> (value: Double, influence: [Double]) {
        guard numerators.count == denominators.count else {
            throw AnalyticsError.lengthsDiffer(figure: "a ratio", left: numerators.count, right: denominators.count)
        }
        guard numerators.count > 1 else {
            throw AnalyticsError.tooFewCases(figure: "a ratio's interval", cases: numerators.count, needed: 2)
        }
        let below = compensatedSum(denominators)
        guard below != 0 else { throw AnalyticsError.nothingToDivideBy(figure: "a ratio") }
        let value = compensatedSum(numerators) / below
        let share = below / Double(denominators.count)
        return (value, zip(numerators, denominators).map { ($0 - value * $1) / share })
    }
}
