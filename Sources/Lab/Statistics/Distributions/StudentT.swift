public import LabNumerics
import RealModule

/// Student's t distribution.
public struct StudentT: ContinuousDistribution, Hashable {
    /// Positive, not necessarily whole.
    public let degreesOfFreedom: Double

    public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

    public var mean: Double { degreesOfFreedom > 1 ? 0 : .nan }
    public var variance: Double {
        degreesOfFreedom > 2 ? degreesOfFreedom / (degreesOfFreedom - 2) : degreesOfFreedom > 1 ? .infinity : .nan
    }

    public func density(_ t: Double) -> Double { Double.exp(logDensity(t)) }

    public func logDensity(_ t: Double) -> Double {
        let n = degreesOfFreedom
        // Γ((n + 1) / 2) / Γ(n / 2) as a rise by ½, without large log-gammas; n / 2 log(1 + t²/n) keeps small t.
        let scale = SpecialFunctions.logGammaRise(n / 2, by: 0.5) - 0.5 * Double.log(n * Double.pi)
        let square = t / n * t
        return scale - (n + 1) / 2
            * (square.isInfinite ? 2 * Double.log(abs(t)) - Double.log(n) : Double.log(onePlus: square))
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
        if probability > 0.25, probability < 0.75 { return central(probability - 0.5) }
        return probability > 0.5 ? upperQuantile(1 - probability) : -upperQuantile(probability)
    }

    public func upperQuantile(_ probability: Double) -> Double {
        guard probability >= 0, probability <= 1 else { return .nan }
        if probability > 0.25 { return -quantile(probability) }
        if probability == 0 { return .infinity }
        return QuantileSearch.solve(
            lower: 0, upper: .infinity, start: -Normal.quantile(probability), target: probability, rising: false,
            tail: tail, density: density)
    }

    /// The t with P(0 < T ≤ t) = `share`, which is at most ¼ in size: 1 − Iₓ by its own tail keeps the smallest.
    private func central(_ share: Double) -> Double {
        if share == 0 { return 0 }
        let n = degreesOfFreedom
        let t = QuantileSearch.solve(
            lower: 0, upper: .infinity, start: abs(share) / density(0), target: 2 * abs(share), rising: true,
            tail: {
                SpecialFunctions.incompleteBeta(n / 2, 0.5, n / (n + $0 * $0), complement: $0 * $0 / (n + $0 * $0))
                    .upper
            },
            density: { 2 * density($0) })
        return share > 0 ? t : -t
    }

    public func sample(from stream: inout RandomStream) -> Double {
        let normal = stream.nextNormal()
        return normal / (stream.nextGamma(shape: degreesOfFreedom / 2, scale: 2) / degreesOfFreedom).squareRoot()
    }
}
