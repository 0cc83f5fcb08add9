public import LabNumerics
import RealModule

/// The gamma distribution of mean shape · scale.
public struct GammaDistribution: ContinuousDistribution, Hashable {
    public let shape: Double
    public let scale: Double

    public init(shape: Double, scale: Double = 1) {
        self.shape = shape
        self.scale = scale
    }

    public var mean: Double { shape * scale }
    public var variance: Double { shape * scale * scale }

    public func density(_ x: Double) -> Double { Double.exp(logDensity(x)) }

    public func logDensity(_ x: Double) -> Double {
        if x > 0 { return SaddlePoint.logPoisson(shape, x / scale) + Double.log(shape / x) }
        if x < 0 || shape > 1 { return -.infinity }
        return shape == 1 ? -Double.log(scale) : .infinity
    }

    public func cdf(_ x: Double) -> Double { SpecialFunctions.incompleteGamma(shape, max(0, x / scale)).lower }
    public func upperTail(_ x: Double) -> Double { SpecialFunctions.incompleteGamma(shape, max(0, x / scale)).upper }

    public func quantile(_ probability: Double) -> Double {
        guard probability >= 0, probability <= 1 else { return .nan }
        if probability == 0 { return 0 }
        return probability <= 0.5
            ? solve(probability, z: Normal.quantile(probability), rising: true) : upperQuantile(1 - probability)
    }

    public func upperQuantile(_ probability: Double) -> Double {
        guard probability >= 0, probability <= 1 else { return .nan }
        if probability == 0 { return .infinity }
        // Below ½ the small tail may still be the lower one's complement, which the solver needs as it is.
        return solve(probability, z: -Normal.quantile(probability), rising: false)
    }

    private func solve(_ target: Double, z: Double, rising: Bool) -> Double {
        if target == 1 { return rising ? .infinity : 0 }
        // Wilson and Hilferty's cube of a normal is near enough to start from, but not where it is not positive.
        let root = 1 - 1 / (9 * shape) + z / (3 * shape.squareRoot())
        let low = Double.exp((Double.log(target) + SpecialFunctions.logGamma(shape + 1)) / shape)
        let start = root > 0.3 ? shape * root * root * root : rising ? low : shape
        return scale
            * QuantileSearch.solve(
                lower: 0, upper: .infinity, start: max(1e-300, start), target: target, rising: rising,
                tail: {
                    let tails = SpecialFunctions.incompleteGamma(shape, $0)
                    return rising ? tails.lower : tails.upper
                },
                density: { Double.exp(SaddlePoint.logPoisson(shape, $0)) * shape / $0 })
    }

    public func sample(from stream: inout RandomStream) -> Double { stream.nextGamma(shape: shape, scale: scale) }
}

/// The chi-squared distribution.
public struct ChiSquared: ContinuousDistribution, Hashable {
    public let degreesOfFreedom: Double
    private let gamma: GammaDistribution

    public init(degreesOfFreedom: Double) {
        self.degreesOfFreedom = degreesOfFreedom
        gamma = GammaDistribution(shape: degreesOfFreedom / 2, scale: 2)
    }

    public var mean: Double { degreesOfFreedom }
    public var variance: Double { 2 * degreesOfFreedom }
    public func density(_ x: Double) -> Double { gamma.density(x) }
    public func logDensity(_ x: Double) -> Double { gamma.logDensity(x) }
    public func cdf(_ x: Double) -> Double { gamma.cdf(x) }
    public func upperTail(_ x: Double) -> Double { gamma.upperTail(x) }
    public func quantile(_ probability: Double) -> Double { gamma.quantile(probability) }
    public func upperQuantile(_ probability: Double) -> Double { gamma.upperQuantile(probability) }
    public func sample(from stream: inout RandomStream) -> Double { gamma.sample(from: &stream) }
}
