import RealModule

/// Cohen's d: the difference of two means, second − first, in pooled standard deviations.
///
/// The interval inverts the noncentral t law, exact for normal samples of equal variance.
/// - Throws: `StatisticsError.tooFew` for fewer than two values in a sample, `.notFinite`, `.outOfRange` where neither
///   sample has any spread.
///
/// Source: Cohen, *Statistical Power Analysis*, 1988; the interval: Steiger and Fouladi 1997; the standard error: Hedges and
/// Olkin, *Statistical Methods for Meta-Analysis*, 1985, equation 5.14.
public func cohensD(_ first: [Double], _ second: [Double], level: Double = 0.95) throws -> Estimate {
    try StatisticsError.check(first, "the first sample", atLeast: 2)
    try StatisticsError.check(second, "the second sample", atLeast: 2)
    try StatisticsError.check(level: level)
    let (m, n) = (Double(first.count), Double(second.count))
    let freedom = m + n - 2
    let pooled = ((m - 1) * variance(first) + (n - 1) * variance(second)) / freedom
    guard pooled > 0 else {
        throw StatisticsError.outOfRange(name: "pooled variance", value: "\(pooled)", allowed: "positive")
    }
    let d = (mean(second) - mean(first)) / pooled.squareRoot()
    let scale = (m * n / (m + n)).squareRoot()
    var law = NoncentralT(degreesOfFreedom: freedom, noncentrality: 0)
    let tail = (1 - level) / 2
    return Estimate(
        value: d, standardError: ((m + n) / (m * n) + d * d / (2 * (m + n))).squareRoot(),
        interval: Interval(
            lower: law.noncentrality(upperTail: tail, at: d * scale) / scale,
            upper: law.noncentrality(upperTail: 1 - tail, at: d * scale) / scale, level: level),
        count: first.count + second.count)
}

/// Hedges' g: Cohen's d times J, which removes its bias in small samples.
///
/// J = Γ(ν/2) / (√(ν/2) Γ((ν − 1)/2)) for ν = m + n − 2.
/// - Throws: as `cohensD`, and `.tooFew` for fewer than four values in all.
///
/// Source: Hedges, Journal of Educational Statistics 6, 1981, equation 6e.
public func hedgesG(_ first: [Double], _ second: [Double], level: Double = 0.95) throws -> Estimate {
    let d = try cohensD(first, second, level: level)
    let half = Double(d.count - 2) / 2
    guard half > 0.5 else { throw StatisticsError.tooFew(what: "both samples", count: d.count, needed: 4) }
    let factor = Double.exp(SpecialFunctions.logGammaRise(half - 0.5, by: 0.5)) / half.squareRoot()
    return Estimate(
        value: d.value * factor, standardError: d.standardError * factor, interval: d.interval.scaled(by: factor),
        count: d.count)
}

extension NoncentralT {
    /// The noncentrality with which P(T > t) = `probability`; it grows with that probability.
    mutating func noncentrality(upperTail probability: Double, at t: Double) -> Double {
        var (low, high) = (t - 8 - abs(t), t + 8 + abs(t))
        for _ in 0..<200 where high - low > 1e-13 * max(1, abs(low)) {
            noncentrality = low + (high - low) / 2
            if upperTail(t) < probability { low = noncentrality } else { high = noncentrality }
        }
        return low + (high - low) / 2
    }
}
