import RealModule

/// One-sided boundary of a gamma mixture for sub-exponential sums, such as of terms bounded from below only.
///
/// Source: Howard and others 2021, proposition 9.
public struct GammaExponentialMixture: MixtureBoundary, Hashable {
    public let scale: Double
    private let rho: Double
    private let leading: Double

    /// - Parameters:
    ///   - variance: the intrinsic time at which the boundary is to be tightest.
    ///   - scale: c > 0, in the unit of the terms.
    ///   - alpha: for which it is tuned, below ½.
    public init(tightestAt variance: Double, scale: Double, alpha: Double = 0.05) {
        self.scale = scale
        rho = MixtureTuning.rho(variance, alpha: alpha, twoSided: false) / (scale * scale)
        let lower = SpecialFunctions.incompleteGamma(rho, rho).lower
        leading = rho * Double.log(rho) - SpecialFunctions.logGamma(rho) - Double.log(lower)
    }

    public func logarithm(sum: Double, variance: Double) -> Double {
        let shape = variance / (scale * scale) + rho
        let place = (scale * sum + variance) / (scale * scale)
        let lower = SpecialFunctions.incompleteGamma(shape, place + rho).lower
        return leading + SpecialFunctions.logGamma(shape) + Double.log(lower) - shape * Double.log(place + rho) + place
    }
}

/// One-sided boundary of a gamma mixture for sub-Poisson sums, such as of terms bounded from above.
///
/// Source: Howard and others 2021, proposition 10.
public struct GammaPoissonMixture: MixtureBoundary, Hashable {
    public let scale: Double
    private let rho: Double
    private let leading: Double

    /// - Parameters:
    ///   - variance: the intrinsic time at which the boundary is to be tightest.
    ///   - scale: c > 0, the most by which a term exceeds its mean.
    ///   - alpha: for which it is tuned, below ½.
    public init(tightestAt variance: Double, scale: Double, alpha: Double = 0.05) {
        self.scale = scale
        rho = MixtureTuning.rho(variance, alpha: alpha, twoSided: false) / (scale * scale)
        let upper = SpecialFunctions.incompleteGamma(rho, rho).upper
        leading = rho * Double.log(rho) - SpecialFunctions.logGamma(rho) - Double.log(upper)
    }

    public func logarithm(sum: Double, variance: Double) -> Double {
        let place = variance / (scale * scale) + rho
        let shape = place + sum / scale
        let upper = SpecialFunctions.incompleteGamma(shape, place).upper
        return leading + SpecialFunctions.logGamma(shape) + Double.log(upper) - shape * Double.log(place)
            + variance / (scale * scale)
    }
}

/// Boundary of a beta mixture for sums of terms in [−g, h], the tightest for Bernoulli variables.
///
/// Source: Howard and others 2021, propositions 7 (two-sided) and 8 (one-sided).
public struct BetaBinomialMixture: MixtureBoundary, Hashable {
    public let g: Double
    public let h: Double
    public let isTwoSided: Bool
    private let r: Double
    private let normaliser: Double

    /// - Parameters:
    ///   - variance: the intrinsic time at which the boundary is to be tightest.
    ///   - g: how far terms reach below their mean, positive.
    ///   - h: how far terms reach above their mean, positive.
    ///   - alpha: for which it is tuned; below ½ where one-sided.
    public init(tightestAt variance: Double, g: Double, h: Double, alpha: Double = 0.05, isTwoSided: Bool = true) {
        self.g = g
        self.h = h
        self.isTwoSided = isTwoSided
        let rho = MixtureTuning.rho(variance, alpha: alpha, twoSided: isTwoSided)
        r = max(rho - g * h, 1e-3 * g * h)
        normaliser = Self.logBeta(r / (g * (g + h)), r / (h * (g + h)), isTwoSided ? 1 : h / (g + h))
    }

    public func largestSum(variance: Double) -> Double { variance / g }

    public func logarithm(sum: Double, variance: Double) -> Double {
        let width = g + h
        let below = variance + h * sum
        let above = variance - g * sum
        return variance / (g * h) * Double.log(width) - below / (h * width) * Double.log(g)
            - above / (g * width) * Double.log(h)
            + Self.logBeta((r + above) / (g * width), (r + below) / (h * width), isTwoSided ? 1 : h / width)
            - normaliser
    }

    /// The logarithm of the incomplete beta function, not regularised.
    private static func logBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
        let whole = SpecialFunctions.logBeta(a, b)
        return x == 1 ? whole : whole + Double.log(SpecialFunctions.incompleteBeta(a, b, x).lower)
    }
}
