import RealModule

/// The greatest distance between a sample's distribution function and `cdf`.
///
/// Exact up to 200 observations, else the limit law. The two-sided p-value is meant for a continuous `cdf` whose parameters
/// were not fitted to the same sample.
/// - Throws: `StatisticsError.tooFew` for an empty sample, `.notFinite`.
///
/// Source: Kolmogorov 1933; see `KolmogorovDistribution` for the computation.
public func kolmogorovSmirnov(_ sample: [Double], cdf: (Double) -> Double) throws -> SignificanceTest {
    try StatisticsError.check(sample, "the sample")
    let n = Double(sample.count)
    var distance = 0.0
    for (place, value) in sample.sorted().enumerated() {
        let expected = cdf(value)
        distance = max(distance, Double(place + 1) / n - expected, expected - Double(place) / n)
    }
    let exact = sample.count <= 200
    return SignificanceTest(
        statistic: distance,
        pValue: exact
            ? KolmogorovDistribution.upperTail(distance, count: sample.count)
            : KolmogorovDistribution.upperTail(distance * n.squareRoot()),
        isExact: exact)
}

/// The greatest distance between the distribution functions of two samples.
///
/// Exact, for samples without ties between them, up to 10,000 pairs of observations; else the limit law at mn / (m + n)
/// observations. With ties the exact p-value is too large rather than too small.
/// - Throws: `StatisticsError.tooFew` for an empty sample, `.notFinite`.
///
/// Source: Smirnov 1939; the exact law by counting lattice paths: Hodges, Arkiv för Matematik 3, 1958.
public func kolmogorovSmirnov(_ first: [Double], _ second: [Double]) throws -> SignificanceTest {
    try StatisticsError.check(first, "the first sample")
    try StatisticsError.check(second, "the second sample")
    let (a, b) = (first.sorted(), second.sorted())
    var (i, j, steps) = (0, 0, 0)
    while i < a.count, j < b.count {
        let value = min(a[i], b[j])
        while i < a.count, a[i] == value { i += 1 }
        while j < b.count, b[j] == value { j += 1 }
        // The distance in whole steps of 1 / (mn), so that comparing distances is exact.
        steps = max(steps, abs(i * b.count - j * a.count))
    }
    let (m, n) = (Double(a.count), Double(b.count))
    let distance = Double(steps) / (m * n)
    let exact = a.count * b.count <= 10_000
    return SignificanceTest(
        statistic: distance,
        pValue: exact
            ? pathsReaching(steps, a.count, b.count)
            : KolmogorovDistribution.upperTail(distance * (m * n / (m + n)).squareRoot()),
        isExact: exact)
}

/// The share of all orders of m and n values whose path from (0, 0) to (m, n) reaches |in − jm| ≥ steps.
private func pathsReaching(_ steps: Int, _ m: Int, _ n: Int) -> Double {
    if steps <= 0 { return 1 }
    // Probability of being at (i, j) without having reached the distance; what leaves is added up, all positive.
    var inside = [Double](repeating: 0, count: n + 1)
    inside[0] = 1
    var reached = 0.0
    for i in 0...m {
        for j in 0...n {
            let rest = Double(m + n - i - j + 1)
            var mass = i == 0 && j == 0 ? 1 : 0.0
            if i > 0 { mass += inside[j] * Double(m - i + 1) / rest }
            if j > 0 { mass += inside[j - 1] * Double(n - j + 1) / rest }
            if abs(i * n - j * m) >= steps {
                reached += mass
                mass = 0
            }
            inside[j] = mass
        }
    }
    return min(1, reached)
}
