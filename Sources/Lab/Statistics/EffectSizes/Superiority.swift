/// The probability that a value of the second sample is greater than one of the first, equal ones counted half.
///
/// The interval is Brunner and Munzel's, with Student's t, cut at 0 and 1. Samples that do not overlap at all have a standard
/// error of 0: state the exact test beside it.
/// - Throws: `StatisticsError.tooFew` for fewer than two values in a sample, `.notFinite`.
///
/// Source: Brunner and Munzel, Biometrical Journal 42, 2000, equations 3 and 4.
public func probabilityOfSuperiority(_ first: [Double], _ second: [Double], level: Double = 0.95) throws -> Estimate {
    try StatisticsError.check(first, "the first sample", atLeast: 2)
    try StatisticsError.check(second, "the second sample", atLeast: 2)
    let (m, n) = (Double(first.count), Double(second.count))
    let pooled = Ranks(first + second).doubled.map { Double($0) / 2 }
    // How many of the other sample lie below each value: its rank among all less its rank among its own.
    let below = zip(pooled[..<first.count], Ranks(first).doubled).map { $0 - Double($1) / 2 }
    let above = zip(pooled[first.count...], Ranks(second).doubled).map { $0 - Double($1) / 2 }
    let value = mean(above) / m
    let parts = (variance(below) / (n * n * m), variance(above) / (m * m * n))
    let squared = parts.0 + parts.1
    let error = squared.squareRoot()
    let freedom = squared * squared / (parts.0 * parts.0 / (m - 1) + parts.1 * parts.1 / (n - 1))
    let half = squared > 0 ? StudentT(degreesOfFreedom: freedom).quantile(0.5 + level / 2) * error : 0
    return Estimate(
        value: value, standardError: error,
        interval: Interval(lower: max(0, value - half), upper: min(1, value + half), level: level),
        count: first.count + second.count)
}

/// Cliff's delta, P(second > first) − P(second < first): twice the probability of superiority less 1.
///
/// - Throws: as `probabilityOfSuperiority`.
///
/// Source: Cliff, Psychological Bulletin 114, 1993.
public func cliffsDelta(_ first: [Double], _ second: [Double], level: Double = 0.95) throws -> Estimate {
    let superiority = try probabilityOfSuperiority(first, second, level: level)
    return Estimate(
        value: 2 * superiority.value - 1, standardError: 2 * superiority.standardError,
        interval: Interval(
            lower: 2 * superiority.interval.lower - 1, upper: 2 * superiority.interval.upper - 1, level: level),
        count: superiority.count)
}
