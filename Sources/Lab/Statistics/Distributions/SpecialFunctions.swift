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
    /// Source: Didonato and Morris, "Significant Digit Computation of the Incomplete Beta Function Ratios", TOMS 18(3),
    /// 1992, equation 9: the even part of DLMF 8.17.22, which loses no digits where x is near 1.
    public static func incompleteBeta(
        _ a: Double, _ b: Double, _ x: Double, complement: Double? = nil
    ) -> (lower: Double, upper: Double) {
        let y = complement ?? 1 - x
        guard a > 0, b > 0, !x.isNaN else { return (.nan, .nan) }
        if x <= 0 { return (0, 1) }
        if y <= 0 { return (1, 0) }
        let factor = SaddlePoint.beta(a, b, x, y)
        if x * (a + b + 2) < a + 1 {
            let lower = min(1, factor * betaFraction(a, b, x, y))
            return (lower, 1 - lower)
        }
        let upper = min(1, factor * betaFraction(b, a, y, x))
        return (1 - upper, upper)
    }

    private static func betaFraction(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
        let first = 1 + (a > b ? (a + b) * y - b : a - (a + b) * x)
        let second = 1 + 1 / a
        var (step, side) = (1.0, a + 1)
        // Numerators and denominators of the last two convergents, scaled so that the last denominator is 1.
        var (olderAbove, olderBelow, above, below) = (0.0, 1.0, 1.0, first / second)
        var value = second / first
        for index in 1..<100_000 {
            let n = Double(index)
            let ratio = n / a
            let weight = n * (b - n) * x
            let share = a / side
            let alpha = step * (step + b / a) * share * share * (weight * x)
            let beta = n + weight / side + (ratio + 1) / (second + 2 * ratio) * (first + n * (y + 1))
            step = ratio + 1
            side += 2
            (olderAbove, above) = (above, alpha * olderAbove + beta * above)
            (olderBelow, below) = (below, alpha * olderBelow + beta * below)
            let next = above / below
            let change = abs(next - value)
            value = next
            if change <= 1e-16 * abs(value) { break }
            (olderAbove, olderBelow, above, below) = (olderAbove / below, olderBelow / below, value, 1)
        }
        return value
    }

    // Lentz's method replaces a zero denominator by a number too small to matter.
    private static let tiny = 1e-300

    private static func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
}
