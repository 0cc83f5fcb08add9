/// Whether values of the second sample tend to be greater than those of the first.
///
/// The statistic U is the number of pairs in which the second is greater, equal ones counted half. The exact p-value is
/// that of all divisions of the pooled ranks, ties included (SciPy's and R's exact forms ignore ties).
/// - Throws: `StatisticsError.tooFew` for an empty sample, `.notFinite`.
///
/// Source: Mann and Whitney 1947; the normal form with ties: Lehmann, *Nonparametrics*, 1975, section 1.4.
public func mannWhitney(
    _ first: [Double], _ second: [Double], alternative: Alternative = .twoSided, method: RankTestMethod = .automatic
) throws -> SignificanceTest {
    try StatisticsError.check(first, "the first sample")
    try StatisticsError.check(second, "the second sample")
    let ranks = Ranks(first + second)
    let seen = ranks.doubled[first.count...].reduce(0, +)
    let (m, n) = (Double(first.count), Double(second.count))
    let statistic = (Double(seen) - n * (n + 1)) / 2
    if method.isExact(count: first.count + second.count) {
        let tails = ScoreSum.tails(choosing: second.count, of: ranks.doubled, seen: seen)
        return SignificanceTest(
            statistic: statistic, pValue: alternative.pValue(lower: tails.lower, upper: tails.upper), isExact: true)
    }
    let total = m + n
    let spread = m * n / 12 * (total + 1 - ranks.tieTerm / (total * (total - 1)))
    return SignificanceTest(
        statistic: statistic,
        pValue: alternative.normalPValue(statistic - m * n / 2, deviation: spread.squareRoot()), isExact: false)
}

/// How the signed-rank test treats pairs without a difference.
public enum ZeroDifferences: String, Sendable, Hashable, Codable, CaseIterable {
    /// Left out before ranking (Wilcoxon 1945).
    case leftOut
    /// Ranked with the others, then left out (Pratt 1959): many zeros weaken the evidence.
    case ranked
}

/// Whether second[i] − first[i] is symmetric about 0.
///
/// The statistic is the sum of the ranks of |difference| of positive differences. The exact p-value is that of all signs,
/// ties included. Without any difference the p-value is 1.
/// - Throws: `StatisticsError.lengthsDiffer`, `.tooFew` for no pair, `.notFinite`.
///
/// Source: Wilcoxon 1945; Pratt, JASA 54, 1959; the normal form with ties: Lehmann 1975, section 3.2.
public func wilcoxonSignedRank(
    _ first: [Double], _ second: [Double], alternative: Alternative = .twoSided, zeros: ZeroDifferences = .leftOut,
    method: RankTestMethod = .automatic
) throws -> SignificanceTest {
    guard first.count == second.count else {
        throw StatisticsError.lengthsDiffer(what: "pairs", first: first.count, second: second.count)
    }
    let all = zip(first, second).map { $1 - $0 }
    try StatisticsError.check(all, "the list of differences")
    let ranked = zeros == .ranked ? all : all.filter { $0 != 0 }
    let doubled = Ranks(ranked.map(abs)).doubled
    let kept = ranked.indices.filter { ranked[$0] != 0 }
    let scores = kept.map { doubled[$0] }
    let seen = kept.filter { ranked[$0] > 0 }.reduce(0) { $0 + doubled[$1] }
    guard !scores.isEmpty else { return SignificanceTest(statistic: 0, pValue: 1, isExact: true) }
    if method.isExact(count: scores.count) {
        let tails = ScoreSum.tailsOfCoins(scores, seen: seen)
        return SignificanceTest(
            statistic: Double(seen) / 2, pValue: alternative.pValue(lower: tails.lower, upper: tails.upper),
            isExact: true)
    }
    // The variance given the scores: Σ rank² / 4, of which the textbook forms with ties and zeros are consequences.
    let squares = scores.reduce(0.0) { $0 + Double($1) * Double($1) / 4 }
    let center = Double(scores.reduce(0, +)) / 4
    return SignificanceTest(
        statistic: Double(seen) / 2,
        pValue: alternative.normalPValue(Double(seen) / 2 - center, deviation: (squares / 4).squareRoot()),
        isExact: false)
}

extension Alternative {
    /// From a deviation of the statistic from its mean, moved by ½ towards it.
    func normalPValue(_ deviation: Double, deviation spread: Double) -> Double {
        if spread == 0 { return 1 }
        return switch self {
        case .twoSided: min(1, 2 * Normal.cdf(-max(0, abs(deviation) - 0.5) / spread))
        case .greater: Normal.cdf(-(deviation - 0.5) / spread)
        case .less: Normal.cdf((deviation + 0.5) / spread)
        }
    }
}
