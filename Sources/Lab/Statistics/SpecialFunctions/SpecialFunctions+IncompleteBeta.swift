import RealModule

extension SpecialFunctions {
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
        // Where a parameter is small, the tail at its end is small as well and not the rest of the other.
        if a < 0.5, x <= 0.5, x * b < 1 { return incompleteBeta(small: a, b, x) }
        if b < 0.5, y <= 0.5, y * a < 1 {
            let (upper, lower) = incompleteBeta(small: b, a, y)
            return (lower, upper)
        }
        let factor = SaddlePoint.beta(a, b, x, y)
        if x * (a + b + 2) < a + 1 {
            let lower = min(1, factor * betaFraction(a, b, x, y))
            return (lower, 1 - lower)
        }
        let upper = min(1, factor * betaFraction(b, a, y, x))
        return (1 - upper, upper)
    }

    /// Iₓ = xᵃ / (a B(a, b)) (1 + a Σ (1 − b) … (n − b) xⁿ / ((a + n) n!)), DLMF 8.17.7, with 1 − Iₓ beside it.
    private static func incompleteBeta(small a: Double, _ b: Double, _ x: Double) -> (lower: Double, upper: Double) {
        let logarithm = a * Double.log(x) - logGammaOnePlus(a) + logGammaRise(b, by: a)
        var (sum, term, index) = (0.0, 1.0, 0.0)
        repeat {
            index += 1
            term *= (index - b) / index * x
            sum += term / (a + index)
        } while abs(term) > 1e-18 * abs(sum) && index < 10_000
        let power = Double.exp(logarithm)
        return (power * (1 + a * sum), -Double.expMinusOne(logarithm) - power * a * sum)
    }

    /// The x with Iₓ(a, b) = `lower`; NaN outside a, b > 0 and [0, 1].
    public static func inverseIncompleteBeta(_ a: Double, _ b: Double, lower: Double) -> Double {
        BetaDistribution(a, b).quantile(lower)
    }

    /// The x with 1 − Iₓ(a, b) = `upper`; NaN outside a, b > 0 and [0, 1].
    public static func inverseIncompleteBeta(_ a: Double, _ b: Double, upper: Double) -> Double {
        BetaDistribution(a, b).upperQuantile(upper)
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
}
