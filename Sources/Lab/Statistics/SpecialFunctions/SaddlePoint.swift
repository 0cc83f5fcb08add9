import RealModule

/// The factors before incomplete gamma and beta functions, without the cancellation of large log-gammas.
///
/// Source: Loader, "Fast and Accurate Computation of Binomial Probabilities", 2000.
enum SaddlePoint {
    /// log Γ(n + 1) − log(√(2πn) (n/e)ⁿ), the error of Stirling's formula, for n > 0.
    static func stirlingError(_ n: Double) -> Double {
        if n <= 15 {
            return Double.logGamma(n + 1) - (n + 0.5) * Double.log(n) + n - 0.918_938_533_204_672_74
        }
        let square = n * n
        let terms: [Double] = [1 / 12, 1 / 360, 1 / 1260, 1 / 1680, 1 / 1188, 691 / 360_360]
        var sum = 0.0
        for term in terms.reversed() { sum = term - sum / square }
        return sum / n
    }

    /// x log(x / mean) + mean − x, precise where x is near the mean.
    static func deviance(_ x: Double, mean: Double) -> Double {
        if abs(x - mean) < 0.4 * (x + mean) {
            let ratio = (x - mean) / (x + mean)
            var sum = (x - mean) * ratio
            var term = 2 * x * ratio
            var index = 1.0
            while true {
                term *= ratio * ratio
                let next = sum + term / (2 * index + 1)
                if next == sum { return sum }
                sum = next
                index += 1
            }
        }
        return x * Double.log(x / mean) + mean - x
    }

    /// xᵃ e⁻ˣ / Γ(a + 1) for a > 0 and x > 0.
    static func poisson(_ a: Double, _ x: Double) -> Double {
        if a < 1 { return Double.exp(logPoisson(a, x)) }
        return Double.exp(-stirlingError(a) - deviance(a, mean: x)) / (2 * Double.pi * a).squareRoot()
    }

    /// The logarithm of `poisson`.
    static func logPoisson(_ a: Double, _ x: Double) -> Double {
        if a < 1 { return a * Double.log(x) - x - Double.logGamma(a + 1) }
        return -stirlingError(a) - deviance(a, mean: x) - 0.5 * Double.log(2 * Double.pi * a)
    }

    /// xᵃ yᵇ / B(a, b), for a, b > 0 and x + y = 1 inside (0, 1).
    static func beta(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
        Double.exp(logBeta(a, b, x, y))
    }

    /// The logarithm of `beta`.
    static func logBeta(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
        let n = a + b
        if min(a, b) < 1, n < 20 {
            return a * Double.log(x) + b * Double.log(y) - SpecialFunctions.logBeta(a, b)
        }
        return stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, mean: n * x)
            - deviance(b, mean: n * y) + 0.5 * Double.log(a * b / (2 * Double.pi * n))
    }

    /// C(n, x) pˣ qⁿ⁻ˣ for 0 ≤ x ≤ n, whole or not.
    static func binomialMass(_ x: Double, _ n: Double, _ p: Double, _ q: Double) -> Double {
        Double.exp(logBinomialMass(x, n, p, q))
    }

    /// The logarithm of `binomialMass`.
    static func logBinomialMass(_ x: Double, _ n: Double, _ p: Double, _ q: Double) -> Double {
        if x < 0 || x > n { return -.infinity }
        if x == 0 { return n == 0 ? 0 : n * (p < 0.5 ? Double.log(onePlus: -p) : Double.log(q)) }
        if x == n { return n * (q < 0.5 ? Double.log(onePlus: -q) : Double.log(p)) }
        return stirlingError(n) - stirlingError(x) - stirlingError(n - x) - deviance(x, mean: n * p)
            - deviance(n - x, mean: n * q) + 0.5 * Double.log(n / (2 * Double.pi * x * (n - x)))
    }
}
