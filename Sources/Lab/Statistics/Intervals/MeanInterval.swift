/// The mean with its Student t interval.
///
/// With one value the interval is the whole line and the standard error not a number; without any, the value as well.
public func meanInterval(_ values: [Double], level: Double = 0.95) -> Estimate {
    meanInterval(count: values.count, mean: mean(values), variance: variance(values), level: level)
}

/// The same from the moments of a sample.
public func meanInterval(_ moments: Moments, level: Double = 0.95) -> Estimate {
    let center = moments.count == 0 ? .nan : moments.mean
    return meanInterval(count: moments.count, mean: center, variance: moments.variance, level: level)
}

private func meanInterval(count: Int, mean: Double, variance: Double, level: Double) -> Estimate {
    let standardError = (variance / Double(count)).squareRoot()
    guard count > 1 else {
        let whole = Interval(lower: -.infinity, upper: .infinity, level: level)
        return Estimate(value: mean, standardError: .nan, interval: whole, count: count)
    }
    let factor = StudentT(degreesOfFreedom: Double(count - 1)).quantile(0.5 + level / 2)
    return Estimate(
        value: mean, standardError: standardError,
        interval: Interval(lower: mean - factor * standardError, upper: mean + factor * standardError, level: level),
        count: count)
}

/// A proportion with Wilson's score interval; without trials the interval is [0, 1] and the value not a number.
///
/// - Throws: `StatisticsError.outOfRange` unless 0 ≤ successes ≤ trials.
///
/// Source: Wilson 1927; the form of Brown, Cai and DasGupta 2001, equation 4.
public func wilson(successes: Int, trials: Int, level: Double = 0.95) throws -> Estimate {
    guard successes >= 0, successes <= trials else {
        throw StatisticsError.outOfRange(
            name: "successes", value: "\(successes)", allowed: "0 … \(trials) (the trials)")
    }
    let (n, p) = (Double(trials), Double(successes) / Double(trials))
    guard trials > 0 else {
        return Estimate(
            value: .nan, standardError: .nan, interval: Interval(lower: 0, upper: 1, level: level), count: 0)
    }
    let z = Normal.quantile(0.5 + level / 2)
    let center = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return Estimate(
        value: p, standardError: (p * (1 - p) / n).squareRoot(),
        interval: Interval(
            // The ends are exact where all trials agree; rounding would miss them.
            lower: successes == 0 ? 0 : max(0, center - half), upper: successes == trials ? 1 : min(1, center + half),
            level: level),
        count: trials)
}
