import Foundation

/// Integers with probability proportional to exp(−|x|/scale).
///
/// Added to an integer query of L1 sensitivity Δ it gives ε-differential privacy for scale = Δ/ε.
public struct DiscreteLaplace: Hashable, Sendable {
    /// Above 0; numerator and denominator at most 2³².
    public let scale: Rational

    /// Throws `PrivacyError.parameter` for a scale of 0 or with a term above 2³².
    public init(scale: Rational) throws {
        let largest: UInt64 = 1 << 32
        guard scale.numerator > 0, scale.numerator <= largest, scale.denominator <= largest else {
            throw PrivacyError.parameter("scale", "\(scale)", needs: "above 0 with terms of at most 2^32")
        }
        self.scale = scale
    }

    /// The noise of `sensitivity`/`epsilon`. Throws `PrivacyError.parameter` where either is 0 or too fine.
    public init(sensitivity: Int, epsilon: Rational) throws {
        guard sensitivity > 0, sensitivity <= 1 << 20 else {
            throw PrivacyError.parameter("sensitivity", "\(sensitivity)", needs: "1 to 2^20")
        }
        guard epsilon.numerator > 0, epsilon.denominator <= 1 << 32 else {
            throw PrivacyError.parameter("epsilon", "\(epsilon)", needs: "above 0")
        }
        try self.init(scale: Rational(UInt64(sensitivity) * epsilon.denominator, epsilon.numerator))
    }

    /// One exact draw (Canonne, Kamath, Steinke 2020, algorithm 2).
    public func sample(_ generator: inout some RandomNumberGenerator) -> Int {
        let t = UInt128(scale.numerator)
        let s = UInt128(scale.denominator)
        while true {
            let fine = ExactBernoulli.uniform(below: t, &generator)
            guard ExactBernoulli.exponential(fine, t, &generator) else { continue }
            var coarse: UInt128 = 0
            while ExactBernoulli.exponential(1, 1, &generator) { coarse += 1 }
            // Fits: `coarse` exceeds 2^30 with probability exp(−2^30).
            let magnitude = Int((fine + t * coarse) / s)
            let negative = ExactBernoulli.fraction(1, 2, &generator)
            // Zero would come up with both signs.
            if negative && magnitude == 0 { continue }
            return negative ? -magnitude : magnitude
        }
    }

    /// P(X = x).
    public func probability(of x: Int) -> Double { tanh(0.5 / scale.value) * exp(-abs(Double(x)) / scale.value) }

    /// P(X ≥ x).
    public func upperTail(_ x: Int) -> Double {
        if x <= 0 { return 1 - upperTail(1 - x) }
        return exp(-Double(x) / scale.value) / (1 + exp(-1 / scale.value))
    }

    public var variance: Double {
        let root = sinh(0.5 / scale.value)
        return 0.5 / (root * root)
    }

    /// The smallest k with P(|X| ≤ k) ≥ `level`: a released count ± k covers the true one with at least that chance.
    public func halfWidth(level: Double) -> Int {
        var k = 0
        while 1 - 2 * upperTail(k + 1) < level, k < Int.max / 2 { k += 1 }
        return k
    }
}
