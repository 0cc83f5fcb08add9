import RealModule

/// The gamma distribution of mean shape · scale.
public struct GammaDistribution: ContinuousDistribution, Hashable {
    public let shape: Double
    public let scale: Double

    public init(shape: Double, scale: Double = 1) {
        self.shape = shape
        self.scale = scale
    }

    public func density(_ x: Double) -> Double {
        x > 0 ? SaddlePoint.poisson(shape, x / scale) * shape / x : (x == 0 && shape == 1 ? 1 / scale : 0)
    }

    public func cdf(_ x: Double) -> Double { SpecialFunctions.incompleteGamma(shape, max(0, x / scale)).lower }
    public func upperTail(_ x: Double) -> Double { SpecialFunctions.incompleteGamma(shape, max(0, x / scale)).upper }

    public func quantile(_ probability: Double) -> Double {
        guard probability >= 0, probability <= 1 else { return .nan }
        if probability == 0 { return 0 }
        if probability == 1 { return .infinity }
        // Wilson and Hilferty's cube of a normal is near enough to start from.
        let root = 1 - 1 / (9 * shape) + Normal.quantile(probability) / (3 * shape.squareRoot())
        let start = max(1e-12, shape * root * root * root) * scale
        let rising = probability <= 0.5
        return QuantileSearch.solve(
            lower: 0, upper: .infinity, start: start, target: rising ? probability : 1 - probability, rising: rising,
            tail: rising ? cdf : upperTail, density: density)
    }
}

/// The chi-squared distribution.
public struct ChiSquared: ContinuousDistribution, Hashable {
    public let degreesOfFreedom: Double
    private let gamma: GammaDistribution

    public init(degreesOfFreedom: Double) {
        self.degreesOfFreedom = degreesOfFreedom
        gamma = GammaDistribution(shape: degreesOfFreedom / 2, scale: 2)
    }

    public func density(_ x: Double) -> Double { gamma.density(x) }
    public func cdf(_ x: Double) -> Double { gamma.cdf(x) }
    public func upperTail(_ x: Double) -> Double { gamma.upperTail(x) }
    public func quantile(_ probability: Double) -> Double { gamma.quantile(probability) }
}
