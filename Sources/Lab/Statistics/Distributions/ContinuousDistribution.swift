public import LabNumerics
import RealModule

/// A continuous distribution with both tails of its distribution function and its quantiles.
public protocol ContinuousDistribution: Sendable {
    /// The probability density at `x`.
    func density(_ x: Double) -> Double
    /// log `density`, also where that underflows.
    func logDensity(_ x: Double) -> Double
    /// P(X ≤ x).
    func cdf(_ x: Double) -> Double
    /// P(X > x), without the cancellation of 1 − cdf.
    func upperTail(_ x: Double) -> Double
    /// The x with P(X ≤ x) = `probability`; NaN outside [0, 1].
    func quantile(_ probability: Double) -> Double
    /// The x with P(X > x) = `probability`, without the rounding of 1 − probability; NaN outside [0, 1].
    func upperQuantile(_ probability: Double) -> Double
    /// Infinite or not a number where the integral is.
    var mean: Double { get }
    /// Infinite or not a number where the integral is.
    var variance: Double { get }
    /// One draw.
    func sample(from stream: inout RandomStream) -> Double
}

extension ContinuousDistribution {
    public func logDensity(_ x: Double) -> Double { Double.log(density(x)) }

    /// log P(X ≤ x), precise where the probability is near 1 as well.
    public func logCDF(_ x: Double) -> Double {
        let upper = upperTail(x)
        return upper < 0.5 ? Double.log(onePlus: -upper) : Double.log(cdf(x))
    }

    /// log P(X > x), precise where the probability is near 1 as well.
    public func logUpperTail(_ x: Double) -> Double {
        let lower = cdf(x)
        return lower < 0.5 ? Double.log(onePlus: -lower) : Double.log(upperTail(x))
    }

    public func sample(from stream: inout RandomStream) -> Double { quantile(stream.nextDouble()) }
}

/// Finds quantiles of a distribution from its tails.
enum QuantileSearch {
    /// The x in (lower, upper) where `tail`, which rises with x if `rising`, equals `target`.
    ///
    /// Newton's method on the tail's logarithm, and in log x on (0, ∞), kept in a bracket: tails are nearly straight lines
    /// there, however small the target.
    static func solve(
        lower: Double, upper: Double, start: Double, target: Double, rising: Bool, tail: (Double) -> Double,
        density: (Double) -> Double
    ) -> Double {
        var (low, high) = (lower, upper)
        var x = start > low && start < high ? start : middle(low, high)
        for _ in 0..<400 {
            let probability = tail(x)
            let error = Double.log(probability / target) * (rising ? 1 : -1)
            if error == 0 { return x }
            if error > 0 { high = x } else { low = x }
            let step = -error * (probability / density(x))
            var next = lower == 0 ? x * Double.exp(step / x) : x + step
            if !(next > low && next < high) || !step.isFinite { next = middle(low, high) }
            if abs(next - x) <= 1e-14 * abs(x) || next == low && next == high { return next }
            x = next
        }
        return x
    }

    /// Between the ends; towards an infinite one by doubling.
    private static func middle(_ low: Double, _ high: Double) -> Double {
        if high.isInfinite { return low <= 0 ? max(1, 2 * abs(low)) : 2 * low }
        if low == 0 { return min(high / 2, high * high) }
        // Far apart, halving the exponent finds the size first.
        return low > 0 && high > 4 * low ? (low * high).squareRoot() : low + (high - low) / 2
    }
}
