public import LabNumerics
import RealModule

/// The exponential distribution.
public struct Exponential: ContinuousDistribution, Hashable {
    public let mean: Double

    public init(mean: Double = 1) { self.mean = mean }

    public var variance: Double { mean * mean }
    public func density(_ x: Double) -> Double { x < 0 ? 0 : Double.exp(-x / mean) / mean }
    public func logDensity(_ x: Double) -> Double { x < 0 ? -.infinity : -x / mean - Double.log(mean) }
    public func cdf(_ x: Double) -> Double { x < 0 ? 0 : -Double.expMinusOne(-x / mean) }
    public func upperTail(_ x: Double) -> Double { x < 0 ? 1 : Double.exp(-x / mean) }
    public func quantile(_ probability: Double) -> Double {
        probability >= 0 ? -mean * Double.log(onePlus: -probability) : .nan
    }
    public func upperQuantile(_ probability: Double) -> Double {
        probability <= 1 ? -mean * Double.log(probability) : .nan
    }
    public func sample(from stream: inout RandomStream) -> Double { mean * stream.nextExponential() }
}

/// The uniform distribution on an interval.
public struct Uniform: ContinuousDistribution, Hashable {
    public let lower: Double
    public let upper: Double

    public init(lower: Double = 0, upper: Double = 1) {
        self.lower = lower
        self.upper = upper
    }

    public var mean: Double { lower + (upper - lower) / 2 }
    public var variance: Double { (upper - lower) * (upper - lower) / 12 }
    public func density(_ x: Double) -> Double { x >= lower && x <= upper ? 1 / (upper - lower) : 0 }
    public func cdf(_ x: Double) -> Double { min(1, max(0, (x - lower) / (upper - lower))) }
    public func upperTail(_ x: Double) -> Double { min(1, max(0, (upper - x) / (upper - lower))) }
    public func quantile(_ probability: Double) -> Double {
        probability >= 0 && probability <= 1 ? lower + probability * (upper - lower) : .nan
    }
    public func upperQuantile(_ probability: Double) -> Double {
        probability >= 0 && probability <= 1 ? upper - probability * (upper - lower) : .nan
    }
}

/// The distribution of the exponential of a normal variable.
public struct LogNormal: ContinuousDistribution, Hashable {
    /// Of the logarithm.
    public let normal: Normal

    /// - Parameters:
    ///   - mean: of the logarithm.
    ///   - deviation: of the logarithm.
    public init(mean: Double = 0, deviation: Double = 1) { normal = Normal(mean: mean, deviation: deviation) }

    public var mean: Double { Double.exp(normal.mean + normal.variance / 2) }
    public var variance: Double { Double.expMinusOne(normal.variance) * mean * mean }
    public func density(_ x: Double) -> Double { x > 0 ? normal.density(Double.log(x)) / x : 0 }
    public func logDensity(_ x: Double) -> Double {
        x > 0 ? normal.logDensity(Double.log(x)) - Double.log(x) : -.infinity
    }
    public func cdf(_ x: Double) -> Double { x > 0 ? normal.cdf(Double.log(x)) : 0 }
    public func upperTail(_ x: Double) -> Double { x > 0 ? normal.upperTail(Double.log(x)) : 1 }
    public func quantile(_ probability: Double) -> Double { Double.exp(normal.quantile(probability)) }
    public func upperQuantile(_ probability: Double) -> Double { Double.exp(normal.upperQuantile(probability)) }
    public func sample(from stream: inout RandomStream) -> Double { Double.exp(normal.sample(from: &stream)) }
}
