/// The interval of Clopper and Pearson, whose coverage is never below the level; without trials it is [0, 1].
///
/// - Throws: `StatisticsError.outOfRange` unless 0 ≤ successes ≤ trials.
///
/// Source: Clopper and Pearson, Biometrika 26, 1934: the ends are quantiles of Beta(x, n − x + 1) and Beta(x + 1, n − x).
public func clopperPearson(successes: Int, trials: Int, level: Double = 0.95) throws -> Estimate {
    try checkTrials((successes, trials))
    let (x, n, tail) = (Double(successes), Double(trials), (1 - level) / 2)
    let lower = successes == 0 ? 0 : BetaDistribution(x, n - x + 1).quantile(tail)
    let upper = successes == trials ? 1 : BetaDistribution(x + 1, n - x).upperQuantile(tail)
    return proportion(x / n, n, trials: trials, Interval(lower: lower, upper: upper, level: level))
}

/// The interval of Agresti and Coull: Wald's with z²/2 successes and failures added, cut at 0 and 1.
///
/// - Throws: `StatisticsError.outOfRange` unless 0 ≤ successes ≤ trials.
///
/// Source: Agresti and Coull, American Statistician 52, 1998.
public func agrestiCoull(successes: Int, trials: Int, level: Double = 0.95) throws -> Estimate {
    try checkTrials((successes, trials))
    let z = Normal.quantile(0.5 + level / 2)
    let (x, n) = (Double(successes), Double(trials))
    let (more, center) = (n + z * z, (x + z * z / 2) / (n + z * z))
    let half = z * (center * (1 - center) / more).squareRoot()
    return proportion(
        x / n, n, trials: trials,
        Interval(lower: max(0, center - half), upper: min(1, center + half), level: level))
}

/// The difference of two proportions, second − first, by the pooled z test and Newcombe's interval.
///
/// The interval joins both Wilson intervals (it need not agree with the test at its edge); it is one-sided where the
/// alternative is.
/// - Throws: `StatisticsError.outOfRange` unless 0 ≤ successes ≤ trials, `.tooFew` for no trials.
///
/// Source: Newcombe, "Interval Estimation for the Difference between Independent Proportions", Statistics in Medicine 17,
/// 1998, method 10.
public func twoProportions(
    first: (successes: Int, trials: Int), second: (successes: Int, trials: Int), alternative: Alternative = .twoSided,
    level: Double = 0.95
) throws -> MeanComparison {
    for (sample, what) in [(first, "the first sample"), (second, "the second sample")] {
        try checkTrials(sample)
        if sample.trials == 0 { throw StatisticsError.tooFew(what: what, count: 0, needed: 1) }
    }
    // A one-sided bound at a level is the end of a two-sided interval at a wider one.
    let both = alternative == .twoSided ? level : 2 * level - 1
    let before = try wilson(successes: first.successes, trials: first.trials, level: both)
    let after = try wilson(successes: second.successes, trials: second.trials, level: both)
    let difference = after.value - before.value
    func length(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    let down = length(after.value - after.interval.lower, before.interval.upper - before.value)
    let up = length(after.interval.upper - after.value, before.value - before.interval.lower)
    let (m, n) = (Double(first.trials), Double(second.trials))
    let pooled = Double(first.successes + second.successes) / (m + n)
    let error = (pooled * (1 - pooled) * (1 / m + 1 / n)).squareRoot()
    let z = difference == 0 ? 0 : difference / error
    return MeanComparison(
        difference: Estimate(
            value: difference, standardError: length(before.standardError, after.standardError),
            interval: Interval(
                lower: alternative == .less ? -1 : difference - down,
                upper: alternative == .greater ? 1 : difference + up, level: level),
            count: first.trials + second.trials),
        statistic: z, degreesOfFreedom: .infinity,
        pValue: alternative.pValue(lower: Normal.cdf(z), upper: Normal.cdf(-z)))
}

private func proportion(_ value: Double, _ n: Double, trials: Int, _ interval: Interval) -> Estimate {
    if trials == 0 {
        let all = Interval(lower: 0, upper: 1, level: interval.level)
        return Estimate(value: .nan, standardError: .nan, interval: all, count: 0)
    }
    return Estimate(
        value: value, standardError: (value * (1 - value) / n).squareRoot(), interval: interval, count: trials)
}
