/// Whether two proportions differ, given both margins of their 2 × 2 table; the statistic is the sample's odds ratio.
///
/// The odds are those of success in the second sample over those in the first. Two-sided is the probability of all tables
/// that are no more probable than the one seen.
/// - Throws: `StatisticsError.outOfRange` unless 0 ≤ successes ≤ trials.
///
/// Source: Fisher, *Statistical Methods for Research Workers*, 5th edition, 1934, section 21.02.
public func fisherExact(
    first: (successes: Int, trials: Int), second: (successes: Int, trials: Int), alternative: Alternative = .twoSided
) throws -> SignificanceTest {
    try checkTrials(first)
    try checkTrials(second)
    let (a, b) = (second.successes, second.trials - second.successes)
    let (c, d) = (first.successes, first.trials - first.successes)
    let table = Hypergeometric(successes: a + c, failures: b + d, draws: second.trials)
    let odds = (Double(a) * Double(d)) / (Double(b) * Double(c))
    let pValue: Double
    switch alternative {
    case .greater: pValue = table.upperTail(a - 1)
    case .less: pValue = table.cdf(a)
    case .twoSided:
        // Equally probable tables differ by rounding; R has the same slack.
        let limit = table.logMass(a) + 1e-7
        pValue = min(1, compensatedSum(table.support.lazy.filter { table.logMass($0) <= limit }.map(table.mass)))
    }
    return SignificanceTest(statistic: odds, pValue: pValue, isExact: true)
}

func checkTrials(_ sample: (successes: Int, trials: Int)) throws {
    guard sample.successes >= 0, sample.successes <= sample.trials else {
        throw StatisticsError.outOfRange(
            name: "successes", value: "\(sample.successes)", allowed: "0 … \(sample.trials) (the trials)")
    }
}
