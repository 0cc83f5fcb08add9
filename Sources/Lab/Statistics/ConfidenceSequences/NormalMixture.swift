import RealModule

/// The boundary of a normal mixture, for sub-Gaussian sums: the default choice.
///
/// Source: Howard and others 2021, equation 14 (two-sided, closed form) and proposition 6 (one-sided).
public struct NormalMixture: MixtureBoundary, Hashable {
    public let isTwoSided: Bool
    /// ρ > 0: the smaller, the tighter early.
    public let rho: Double

    /// - Parameters:
    ///   - variance: the intrinsic time at which the boundary is to be tightest.
    ///   - alpha: for which it is tuned; below ½ where one-sided.
    public init(tightestAt variance: Double, alpha: Double = 0.05, isTwoSided: Bool = true) {
        self.isTwoSided = isTwoSided
        rho = MixtureTuning.rho(variance, alpha: alpha, twoSided: isTwoSided)
    }

    public func logarithm(sum: Double, variance: Double) -> Double {
        let scale = variance + rho
        let even = 0.5 * Double.log(rho / scale) + sum * sum / (2 * scale)
        return isTwoSided ? even : even + Double.log(2) + Normal.logCDF(sum / scale.squareRoot())
    }

    public func bound(variance: Double, alpha: Double) -> Double {
        guard isTwoSided else { return oneSidedBound(variance, alpha) }
        return ((variance + rho) * (Double.log(onePlus: variance / rho) - 2 * Double.log(alpha))).squareRoot()
    }

    private func oneSidedBound(_ variance: Double, _ alpha: Double) -> Double {
        // Newton's method from the two-sided bound at 2 alpha, which is a little less: the logarithm is convex.
        let (scale, threshold) = (variance + rho, -Double.log(alpha))
        var sum = (scale * max(0.1, Double.log(scale / rho) - 2 * Double.log(2 * alpha))).squareRoot()
        for _ in 0..<60 {
            let z = sum / scale.squareRoot()
            let slope = sum / scale + Double.exp(Normal().logDensity(z) - Normal.logCDF(z)) / scale.squareRoot()
            let step = (logarithm(sum: sum, variance: variance) - threshold) / slope
            sum -= step
            if abs(step) <= 1e-15 * sum { break }
        }
        return sum
    }
}

/// The always valid p-value of a normal mixture: min(1, 1 / Λ) for Λ = √(V / (V + τ²)) exp(τ² d² / (2 V (V + τ²))).
///
/// Taking the least over all looks so far keeps it valid.
/// - Parameters:
///   - difference: d, the observed effect.
///   - variance: V, of the difference, positive.
///   - mixing: τ² > 0, the variance of effects that are expected.
///
/// Source: Robbins 1970; Johari, Koomen, Pekelis and Walsh, "Peeking at A/B Tests", KDD 2017, equation 5.
public func mixtureSequentialPValue(difference: Double, variance: Double, mixing: Double) -> Double {
    let total = variance + mixing
    let logarithm =
        0.5 * Double.log(variance / total) + mixing * difference * difference / (2 * variance * total)
    return min(1, Double.exp(-logarithm))
}
