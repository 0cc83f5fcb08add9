/// A continuous distribution with both tails of its distribution function and its quantiles.
public protocol ContinuousDistribution: Sendable {
    /// The probability density at `x`.
    func density(_ x: Double) -> Double
    /// P(X ≤ x).
    func cdf(_ x: Double) -> Double
    /// P(X > x), without the cancellation of 1 − cdf.
    func upperTail(_ x: Double) -> Double
    /// The x with P(X ≤ x) = `probability`; NaN outside [0, 1].
    func quantile(_ probability: Double) -> Double
}

/// Finds quantiles of a distribution from its tails.
enum QuantileSearch {
    /// The x in (lower, upper) where `tail`, which rises with x if `rising`, equals `target`: Newton kept in a bracket.
    static func solve(
        lower: Double, upper: Double, start: Double, target: Double, rising: Bool, tail: (Double) -> Double,
        density: (Double) -> Double
    ) -> Double {
        var (low, high) = (lower, upper)
        var x = start > low && start < high ? start : middle(low, high)
        for _ in 0..<200 {
            let error = (tail(x) - target) * (rising ? 1 : -1)
            if error == 0 { return x }
            if error > 0 { high = x } else { low = x }
            let slope = density(x)
            var next = x - error / slope
            if !(next > low && next < high) || !slope.isNormal { next = middle(low, high) }
            if abs(next - x) <= 2e-16 * abs(x) || next == low && next == high { return next }
            x = next
        }
        return x
    }

    /// Between the ends; towards an infinite one by doubling.
    private static func middle(_ low: Double, _ high: Double) -> Double {
        if high.isInfinite { return low <= 0 ? max(1, 2 * abs(low)) : 2 * low }
        // Far apart, halving the exponent finds the size first.
        return low > 0 && high > 4 * low ? (low * high).squareRoot() : low + (high - low) / 2
    }
}
