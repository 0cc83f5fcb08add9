import RealModule

/// Incomplete gamma and beta functions, each as the pair of both tails so that neither loses digits.
public enum SpecialFunctions {
    /// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P; NaN outside a > 0, x ≥ 0.
    ///
    /// Source: DLMF 8.7.1 (series) below x = a + 1, 8.9.2 (continued fraction by Lentz's method) above.
    public static func incompleteGamma(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
        guard a > 0, x >= 0 else { return (.nan, .nan) }
        if x == 0 { return (0, 1) }
        if x.isInfinite { return (1, 0) }
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
        for index in 1..<100_000 {
            let numerator = -Double(index) * (Double(index) - a)
            b += 2
            d = 1 / kept(numerator * d + b)
            c = kept(b + numerator / c)
            fraction *= d * c
            if abs(d * c - 1) < 1e-16 { break }
        }
        let upper = min(1, factor * a * fraction)
        return (1 - upper, upper)
    }

    /// The regularised incomplete beta function Iₓ(a, b) and 1 − Iₓ(a, b); NaN outside a, b > 0.
    ///
    /// - Parameter complement: 1 − x, given apart so that an x near 1 loses no digits.
    ///
    /// Source: DLMF 8.17.22, the continued fraction by Lentz's method.
    public static func incompleteBeta(
        _ a: Double, _ b: Double, _ x: Double, complement: Double? = nil
    ) -> (lower: Double, upper: Double) {
        let y = complement ?? 1 - x
        guard a > 0, b > 0, !x.isNaN else { return (.nan, .nan) }
        if x <= 0 { return (0, 1) }
        if y <= 0 { return (1, 0) }
        let factor = SaddlePoint.beta(a, b, x, y)
        if x * (a + b + 2) < a + 1 {
            let lower = min(1, factor * betaFraction(a, b, x) / a)
            return (lower, 1 - lower)
        }
        let upper = min(1, factor * betaFraction(b, a, y) / b)
        return (1 - upper, upper)
    }

    private static func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
        var c = 1.0
        var d = 1 / kept(1 - (a + b) * x / (a + 1))
        var fraction = d
        for index in 1..<100_000 {
            let m = Double(index)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / kept(1 + even * d)
            c = kept(1 + even / c)
            fraction *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / kept(1 + odd * d)
            c = kept(1 + odd / c)
            fraction *= d * c
            if abs(d * c - 1) < 1e-16 { break }
        }
        return fraction
    }

    // Lentz's method replaces a zero denominator by a number too small to matter.
    private static let tiny = 1e-300

    private static func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
}
