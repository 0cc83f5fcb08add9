import RealModule

extension SpecialFunctions {
    /// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P; NaN outside a > 0, x ≥ 0.
    ///
    /// Source: DLMF 8.7.1 (series) below x = a + 1, 8.9.2 (continued fraction by Lentz's method) above; Q for small a as in
    /// Gautschi, "A Computational Procedure for Incomplete Gamma Functions", TOMS 5(4), 1979, section 4.
    public static func incompleteGamma(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
        guard a > 0, x >= 0 else { return (.nan, .nan) }
        if x == 0 { return (0, 1) }
        if x.isInfinite { return (1, 0) }
        if a < 0.5, x < a + 1 { return incompleteGamma(small: a, x) }
        let factor = SaddlePoint.poisson(a, x)
        if x < a + 1 {
            var (sum, term, denominator) = (1.0, 1.0, a)
            repeat {
                denominator += 1
                term *= x / denominator
                sum += term
            } while term > sum * 1e-17
            let lower = min(1, factor * sum)
            return (lower, 1 - lower)
        }
        var b = x + 1 - a
        var c = 1 / tiny
        var d = 1 / b
        var fraction = d
        for index in 1..<10_000_000 {
            let numerator = -Double(index) * (Double(index) - a)
            b += 2
            d = 1 / kept(numerator * d + b)
            c = kept(b + numerator / c)
            fraction *= d * c
            if abs(d * c - 1) < 3e-16 { break }
        }
        let upper = min(1, factor * a * fraction)
        return (1 - upper, upper)
    }

    /// Where P is nearly 1 although x is small: Q = (1 − xᵃ / Γ(a + 1)) − xᵃ / Γ(a + 1) · a Σ (−x)ⁿ / ((a + n) n!).
    private static func incompleteGamma(small a: Double, _ x: Double) -> (lower: Double, upper: Double) {
        let logarithm = a * Double.log(x) - logGammaOnePlus(a)
        var (sum, term, index) = (0.0, 1.0, 0.0)
        repeat {
            index += 1
            term *= -x / index
            sum += term / (a + index)
        } while abs(term) > 1e-18 * abs(sum)
        let power = Double.exp(logarithm)
        return (power * (1 + a * sum), -Double.expMinusOne(logarithm) - power * a * sum)
    }

    /// The x with P(a, x) = `lower`; NaN outside a > 0 and [0, 1].
    public static func inverseIncompleteGamma(_ a: Double, lower: Double) -> Double {
        GammaDistribution(shape: a).quantile(lower)
    }

    /// The x with Q(a, x) = `upper`; NaN outside a > 0 and [0, 1].
    public static func inverseIncompleteGamma(_ a: Double, upper: Double) -> Double {
        GammaDistribution(shape: a).upperQuantile(upper)
    }

    // Lentz's method replaces a zero denominator by a number too small to matter.
    private static let tiny = 1e-300

    private static func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
}
