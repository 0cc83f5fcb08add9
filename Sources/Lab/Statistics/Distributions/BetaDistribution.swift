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
        guard probability >= 0, probability <= 1 else { return .nan }
        if probability == 0 || probability == 1 { return probability }
        let rising = probability <= 0.5
        return QuantileSearch.solve(
            lower: 0, upper: 1, start: a / (a + b), target: rising ? probability : 1 - probability, rising: rising,
            tail: rising ? cdf : upperTail, density: density)
    }
}
