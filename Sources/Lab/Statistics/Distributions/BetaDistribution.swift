/// The beta distribution on [0, 1].
public struct BetaDistribution: ContinuousDistribution, Hashable {
    public let a: Double
    public let b: Double

    public init(_ a: Double, _ b: Double) {
        self.a = a
        self.b = b
    }

    public func density(_ x: Double) -> Double {
        x > 0 && x < 1 ? SaddlePoint.beta(a, b, x, 1 - x) / (x * (1 - x)) : 0
    }

    public func cdf(_ x: Double) -> Double { SpecialFunctions.incompleteBeta(a, b, x).lower }
    public func upperTail(_ x: Double) -> Double { SpecialFunctions.incompleteBeta(a, b, x).upper }

    public func quantile(_ probability: Double) -> Double {
        probability <= 0.5 ? solve(probability, rising: true) : solve(1 - probability, rising: false)
    }

    /// The x with P(X > x) = `probability`, without the rounding of 1 − probability.
    public func upperQuantile(_ probability: Double) -> Double {
        probability <= 0.5 ? solve(probability, rising: false) : solve(1 - probability, rising: true)
    }

    private func solve(_ probability: Double, rising: Bool) -> Double {
        guard probability >= 0, probability <= 1 else { return .nan }
        if probability == 0 { return rising ? 0 : 1 }
        return QuantileSearch.solve(
            lower: 0, upper: 1, start: a / (a + b), target: probability, rising: rising,
            tail: rising ? cdf : upperTail, density: density)
    }
}
