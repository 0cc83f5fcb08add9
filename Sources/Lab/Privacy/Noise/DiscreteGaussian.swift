import Foundation

/// Integers with probability proportional to exp(−x²/(2σ²)).
///
/// Added to an integer query of L2 sensitivity Δ it gives Δ²/(2σ²)-concentrated differential privacy.
public struct DiscreteGaussian: Hashable, Sendable {
    /// σ²: above 0; numerator at most 2⁴⁰, denominator at most 2²⁰.
    public let squaredSigma: Rational

    /// Throws `PrivacyError.parameter` outside of those bounds, within which the sampler's integers cannot overflow.
    public init(squaredSigma: Rational) throws {
        guard squaredSigma.numerator > 0, squaredSigma.numerator <= 1 << 40, squaredSigma.denominator <= 1 << 20 else {
            throw PrivacyError.parameter(
                "squared sigma", "\(squaredSigma)", needs: "above 0 with terms of at most 2^40 and 2^20")
        }
        self.squaredSigma = squaredSigma
    }

    /// One exact draw (Canonne, Kamath, Steinke 2020, algorithm 3): a discrete Laplace draw, accepted or not.
    public func sample(_ generator: inout some RandomNumberGenerator) throws -> Int {
        let a = UInt128(squaredSigma.numerator)
        let b = UInt128(squaredSigma.denominator)
        let t = Self.floorOfRoot(a / b) + 1
        let proposal = try DiscreteLaplace(scale: Rational(UInt64(t)))
        while true {
            let y = proposal.sample(&generator)
            // (|y| − σ²/t)²/(2σ²) as a fraction of integers.
            let left = UInt128(y.magnitude) * b * t
            let distance = left > a ? left - a : a - left
            if ExactBernoulli.exponential(distance * distance, 2 * a * b * t * t, &generator) { return y }
        }
    }

    /// The largest integer whose square is at most `value`.
    private static func floorOfRoot(_ value: UInt128) -> UInt128 {
        var root = UInt128(Double(value).squareRoot())
        while root * root > value { root -= 1 }
        while (root + 1) * (root + 1) <= value { root += 1 }
        return root
    }

    public var sigma: Double { squaredSigma.value.squareRoot() }

    /// P(X = x).
    public func probability(of x: Int) -> Double { weight(x) / normaliser }

    /// P(X ≥ x).
    public func upperTail(_ x: Int) -> Double {
        if x <= 0 { return 1 - upperTail(1 - x) }
        return weights(from: x) / normaliser
    }

    public var variance: Double {
        var sum = 0.0
        for x in stride(from: reach(from: 1), through: 1, by: -1) { sum += 2 * Double(x) * Double(x) * weight(x) }
        return sum / normaliser
    }

    /// The exact δ at ε for a query of L2 sensitivity `sensitivity` (Canonne, Kamath, Steinke 2020, theorem 7).
    public func delta(epsilon: Double, sensitivity: Int = 1) -> Double {
        let shift = epsilon * squaredSigma.value / Double(sensitivity)
        let half = Double(sensitivity) / 2
        let upper = upperTail(Int((shift - half).rounded(.down)) + 1)
        let lower = upperTail(Int((shift + half).rounded(.down)) + 1)
        return upper - exp(epsilon) * lower
    }

    private var normaliser: Double { 1 + 2 * weights(from: 1) }

    private func weight(_ x: Int) -> Double { exp(-Double(x) * Double(x) / (2 * squaredSigma.value)) }

    /// The sum of the weights at `first` and beyond; added from the smallest, so that none is lost.
    private func weights(from first: Int) -> Double {
        var sum = 0.0
        for x in stride(from: reach(from: first), through: first, by: -1) { sum += weight(x) }
        return sum
    }

    /// Beyond it weights are below e⁻⁴⁵ of the first.
    private func reach(from first: Int) -> Int {
        let start = Double(first)
        return Int((start * start + 90 * squaredSigma.value).squareRoot().rounded(.up)) + 1
    }
}
