import RealModule

/// Pearson's correlation with Fisher's interval.
///
/// Not a number where a side has no spread; the interval is [−1, 1] below four pairs.
/// - Throws: `StatisticsError.lengthsDiffer`.
///
/// Source: Fisher 1921 for the interval: atanh r is about normal with variance 1 / (n − 3).
public func pearson(_ x: [Double], _ y: [Double], level: Double = 0.95) throws -> Estimate {
    guard x.count == y.count else {
        throw StatisticsError.lengthsDiffer(what: "pairs", first: x.count, second: y.count)
    }
    let (centerX, centerY) = (mean(x), mean(y))
    let squareX = compensatedSum(x.lazy.map { ($0 - centerX) * ($0 - centerX) })
    let squareY = compensatedSum(y.lazy.map { ($0 - centerY) * ($0 - centerY) })
    let product = compensatedSum(zip(x, y).lazy.map { ($0 - centerX) * ($1 - centerY) })
    let spread = squareX.squareRoot() * squareY.squareRoot()
    let r = spread == 0 ? .nan : min(1, max(-1, product / spread))
    let n = Double(x.count)
    guard x.count > 3, !r.isNaN else {
        return Estimate(
            value: r, standardError: .nan, interval: Interval(lower: -1, upper: 1, level: level), count: x.count)
    }
    let half = Normal.quantile(0.5 + level / 2) / (n - 3).squareRoot()
    let z = Double.atanh(r)
    return Estimate(
        value: r, standardError: (1 - r * r) / (n - 1).squareRoot(),
        interval: Interval(lower: Double.tanh(z - half), upper: Double.tanh(z + half), level: level), count: x.count)
}
