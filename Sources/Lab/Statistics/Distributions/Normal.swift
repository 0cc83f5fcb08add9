import RealModule

/// The normal distribution; its static functions are those of mean 0 and standard deviation 1.
public struct Normal: ContinuousDistribution, Hashable {
    public let mean: Double
    public let deviation: Double

    public init(mean: Double = 0, deviation: Double = 1) {
        self.mean = mean
        self.deviation = deviation
    }

    public func density(_ x: Double) -> Double { Self.density((x - mean) / deviation) / deviation }
    public func cdf(_ x: Double) -> Double { Self.cdf((x - mean) / deviation) }
    public func upperTail(_ x: Double) -> Double { Self.cdf((mean - x) / deviation) }
    public func quantile(_ probability: Double) -> Double { mean + deviation * Self.quantile(probability) }

    /// The standard density φ(z).
    public static func density(_ z: Double) -> Double { 0.398_942_280_401_432_677_94 * Double.exp(-0.5 * z * z) }

    /// The standard distribution function Φ(z), precise in both tails.
    public static func cdf(_ z: Double) -> Double { 0.5 * Double.erfc(-z * 0.707_106_781_186_547_524_4) }

    /// The standard quantile Φ⁻¹(p): ±infinity at 0 and 1, NaN outside.
    ///
    /// Source: P. J. Acklam's rational approximation, refined by two steps of Halley's method.
    public static func quantile(_ probability: Double) -> Double {
        guard probability >= 0, probability <= 1 else { return .nan }
        if probability == 0 || probability == 1 { return probability == 0 ? -.infinity : .infinity }
        // The upper half by symmetry: 1 − p is exact there.
        if probability > 0.5 { return -quantile(1 - probability) }
        var z = approximateQuantile(probability)
        for _ in 0..<2 {
            let step = (cdf(z) - probability) / density(z)
            if step.isFinite { z -= step / (1 + 0.5 * z * step) }
        }
        return z
    }

    private static func approximateQuantile(_ p: Double) -> Double {
        if p < 0.02425 {
            let q = (-2 * Double.log(p)).squareRoot()
            return polynomial(outerNumerator, q) / polynomial(outerDenominator, q)
        }
        let q = p - 0.5
        let r = q * q
        return q * polynomial(innerNumerator, r) / polynomial(innerDenominator, r)
    }

    private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
        coefficients.reduce(0) { $0 * x + $1 }
    }

    private static let innerNumerator = [
        -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
        -3.066479806614716e+01, 2.506628277459239e+00,
    ]
    private static let innerDenominator = [
        -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
        -1.328068155288572e+01, 1,
    ]
    private static let outerNumerator = [
        -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00,
        4.374664141464968e+00, 2.938163982698783e+00,
    ]
    private static let outerDenominator = [
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1,
    ]
}
