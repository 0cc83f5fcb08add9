import RealModule

/// Student's t distribution.
public struct StudentT: ContinuousDistribution, Hashable {
    /// Positive, not necessarily whole.
    public let degreesOfFreedom: Double

    public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

    public func density(_ t: Double) -> Double {
        let n = degreesOfFreedom
        // xᵃ yᵇ / B(a, b) at x = n / (n + t²) is the density up to the change of variable, without large log-gammas.
        if t == 0 {
            return Double.exp(Double.logGamma((n + 1) / 2) - Double.logGamma(n / 2)) / (n * Double.pi).squareRoot()
        }
        let total = n + t * t
        return SaddlePoint.beta(n / 2, 0.5, n / total, t * t / total) / abs(t)
    }

    public func cdf(_ t: Double) -> Double { upperTail(-t) }

    public func upperTail(_ t: Double) -> Double {
        let half = tail(abs(t))
        return t >= 0 ? half : 1 - half
    }

    /// P(|T| ≥ |t|), the two-sided p-value.
    public func twoSided(_ t: Double) -> Double { 2 * tail(abs(t)) }

    /// Source: DLMF 8.17 with x = n / (n + t²): P(T > t) = ½ Iₓ(n/2, ½).
    private func tail(_ t: Double) -> Double {
        if t.isNaN { return .nan }
        let n = degreesOfFreedom
        let square = t * t
        if square.isInfinite { return t.isInfinite ? 0 : 0.5 * Double.exp(-n * Double.log(t)) }
        return 0.5
            * SpecialFunctions.incompleteBeta(n / 2, 0.5, n / (n + square), complement: square / (n + square)).lower
    }

    public func quantile(_ probability: Double) -> Double {
        guard probability >= 0, probability <= 1 else { return .nan }
        if probability == 0.5 { return 0 }
        if probability > 0.5 { return -quantile(1 - probability) }
        if probability == 0 { return -.infinity }
        let start = -Normal.quantile(probability)
        return -QuantileSearch.solve(
            lower: 0, upper: .infinity, start: start, target: probability, rising: false, tail: tail, density: density)
    }
}
