public import LabNumerics
import RealModule

/// The normal distribution; its static functions are those of mean 0 and standard deviation 1.
public struct Normal: ContinuousDistribution, Hashable {
    public let mean: Double
    public let deviation: Double

    public init(mean: Double = 0, deviation: Double = 1) {
        self.mean = mean
        self.deviation = deviation
    }

    public var variance: Double { deviation * deviation }

    public func density(_ x: Double) -> Double { Self.density((x - mean) / deviation) / deviation }
    public func logDensity(_ x: Double) -> Double {
        let z = (x - mean) / deviation
        return -0.5 * z * z - 0.918_938_533_204_672_742 - Double.log(deviation)
    }
    public func cdf(_ x: Double) -> Double { Self.cdf((x - mean) / deviation) }
    public func upperTail(_ x: Double) -> Double { Self.cdf((mean - x) / deviation) }
    public func logCDF(_ x: Double) -> Double { Self.logCDF((x - mean) / deviation) }
    public func logUpperTail(_ x: Double) -> Double { Self.logCDF((mean - x) / deviation) }
    public func quantile(_ probability: Double) -> Double { mean + deviation * Self.quantile(probability) }
    public func upperQuantile(_ probability: Double) -> Double { mean - deviation * Self.quantile(probability) }
    public func sample(from stream: inout RandomStream) -> Double {
        stream.nextNormal(mean: mean, deviation: deviation)
    }

    /// The standard density φ(z).
    public static func density(_ z: Double) -> Double { 0.398_942_280_401_432_677_94 * Double.exp(-0.5 * z * z) }

    /// The standard distribution function Φ(z), precise in both tails.
    public static func cdf(_ z: Double) -> Double {
        let root = 0.707_106_781_186_547_524_4
        // In the far tail the rounding of z/√2 would count z² times.
        if z < -40 { return 0 }
        if z < -5 { return 0.5 * SpecialFunctions.erfcx(-z * root) * exponential(z) }
        return 0.5 * Double.erfc(-z * root)
    }

    /// log Φ(z), also where Φ underflows.
    public static func logCDF(_ z: Double) -> Double {
        let root = 0.707_106_781_186_547_524_4
        if z > -1 { return Double.log(onePlus: -cdf(-z)) }
        return Double.log(0.5 * SpecialFunctions.erfcx(-z * root)) - 0.5 * z * z
    }

    /// The standard quantile Φ⁻¹(p): ±infinity at 0 and 1, NaN outside.
    public static func quantile(_ probability: Double) -> Double {
        guard probability >= 0, probability <= 1 else { return .nan }
        // Either difference is exact.
        if probability > 0.25, probability < 0.75 {
            return SpecialFunctions.inverseErf(2 * (probability - 0.5)) * 1.414_213_562_373_095_048_8
        }
        if probability > 0.5 { return -quantile(1 - probability) }
        return -SpecialFunctions.logarithmicInverse(logarithmOfHalf: Double.log(probability))
    }

    /// The z with log Φ(z) = `logarithm`, for probabilities too small to be written down; NaN above 0.
    public static func quantile(logarithm: Double) -> Double {
        if logarithm > -1.4 { return logarithm > 0 ? .nan : quantile(Double.exp(logarithm)) }
        return -SpecialFunctions.logarithmicInverse(logarithmOfHalf: logarithm)
    }

    /// exp(−z²/2) with what rounding takes from z².
    private static func exponential(_ z: Double) -> Double {
        let square = z * z
        return Double.exp(-0.5 * square) * (1 - 0.5 * (-square).addingProduct(z, z))
    }
}
