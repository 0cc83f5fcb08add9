public import LabNumerics
import RealModule

/// The beta distribution on [0, 1].
public struct BetaDistribution: ContinuousDistribution, Hashable {
    public let a: Double
    public let b: Double

    public init(_ a: Double, _ b: Double) {
        self.a = a
        self.b = b
    }

    public var mean: Double { a / (a + b) }
    public var variance: Double { a / (a + b) * (b / (a + b)) / (a + b + 1) }

    public func density(_ x: Double) -> Double { Double.exp(logDensity(x)) }

    public func logDensity(_ x: Double) -> Double {
        if x > 0, x < 1 {
            return SaddlePoint.logBeta(a, b, x, 1 - x) - Double.log(x) - Double.log(onePlus: -x)
        }
        let power = x == 0 ? a : x == 1 ? b : .infinity
        return power > 1 ? -.infinity : power < 1 ? .infinity : Double.log(x == 0 ? b : a)
    }

    public func cdf(_ x: Double) -> Double { SpecialFunctions.incompleteBeta(a, b, x).lower }
    public func upperTail(_ x: Double) -> Double { SpecialFunctions.incompleteBeta(a, b, x).upper }

    public func quantile(_ probability: Double) -> Double {
        probability <= 0.5 ? solve(probability, rising: true) : solve(1 - probability, rising: false)
    }

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

    public func sample(from stream: inout RandomStream) -> Double { stream.nextBeta(a, b) }
}

/// Fisher's F distribution, of the ratio of two mean squares.
public struct FDistribution: ContinuousDistribution, Hashable {
    /// Degrees of freedom of the mean square above the line.
    public let numerator: Double
    /// Degrees of freedom of the mean square below the line.
    public let denominator: Double

    public init(numerator: Double, denominator: Double) {
        self.numerator = numerator
        self.denominator = denominator
    }

    public var mean: Double { denominator > 2 ? denominator / (denominator - 2) : .infinity }
    public var variance: Double {
        guard denominator > 4 else { return denominator > 2 ? .infinity : .nan }
        return 2 * mean * mean * (numerator + denominator - 2) / (numerator * (denominator - 4))
    }

    public func density(_ x: Double) -> Double { Double.exp(logDensity(x)) }

    public func logDensity(_ x: Double) -> Double {
        guard x > 0 else { return x < 0 || numerator > 2 ? -.infinity : numerator == 2 ? 0 : .infinity }
        let share = shares(x)
        return SaddlePoint.logBeta(numerator / 2, denominator / 2, share.0, share.1) - Double.log(x)
    }

    public func cdf(_ x: Double) -> Double { tails(x).lower }
    public func upperTail(_ x: Double) -> Double { tails(x).upper }

    public func quantile(_ probability: Double) -> Double {
        if probability > 0.5 { return upperQuantile(1 - probability) }
        return probability == 0 ? 0 : solve(probability, rising: true)
    }

    public func upperQuantile(_ probability: Double) -> Double {
        if probability > 0.5 { return quantile(1 - probability) }
        return probability == 0 ? .infinity : solve(probability, rising: false)
    }

    public func sample(from stream: inout RandomStream) -> Double {
        let above = stream.nextGamma(shape: numerator / 2, scale: 2 / numerator)
        return above / stream.nextGamma(shape: denominator / 2, scale: 2 / denominator)
    }

    private func solve(_ probability: Double, rising: Bool) -> Double {
        guard probability > 0, probability <= 1 else { return .nan }
        return QuantileSearch.solve(
            lower: 0, upper: .infinity, start: 1, target: probability, rising: rising,
            tail: { rising ? tails($0).lower : tails($0).upper }, density: density)
    }

    private func shares(_ x: Double) -> (Double, Double) {
        let ratio = numerator / denominator * x
        return ratio.isInfinite ? (1, 0) : (ratio / (1 + ratio), 1 / (1 + ratio))
    }

    private func tails(_ x: Double) -> (lower: Double, upper: Double) {
        let share = shares(max(0, x))
        return SpecialFunctions.incompleteBeta(numerator / 2, denominator / 2, share.0, complement: share.1)
    }
}
