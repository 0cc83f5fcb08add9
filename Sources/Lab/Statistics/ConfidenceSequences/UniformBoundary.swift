import RealModule

/// A curve that a sum with mean 0 crosses at any time with probability at most alpha.
///
/// The sum S and its intrinsic time V (for independent terms: the sum of their variance bounds) belong to one of the
/// processes of Howard, Ramdas, McAuliffe and Sekhon, "Time-uniform Chernoff Bounds via Nonnegative Supermartingales",
/// Probability Surveys 17, 2020. Each boundary says which.
public protocol UniformBoundary: Sendable {
    /// The u with P(S ≥ u(V) at some time) ≤ `alpha`; two-sided boundaries bound |S|.
    ///
    /// - Parameters:
    ///   - variance: V, positive.
    ///   - alpha: in (0, 1).
    func bound(variance: Double, alpha: Double) -> Double
}

/// A boundary at which a mixture of exponential supermartingales reaches 1 / alpha.
public protocol MixtureBoundary: UniformBoundary {
    /// The logarithm of the mixture, an e-process: e^{−it} is a p-value that is valid at all times.
    func logarithm(sum: Double, variance: Double) -> Double
    /// The largest sum that is possible at `variance`.
    func largestSum(variance: Double) -> Double
}

extension MixtureBoundary {
    public func largestSum(variance: Double) -> Double { .infinity }

    /// By bisection, where there is no closed form; the largest possible sum where the mixture stays below 1 / alpha.
    public func bound(variance: Double, alpha: Double) -> Double {
        let threshold = -Double.log(alpha)
        var (low, high) = (0.0, largestSum(variance: variance))
        if high.isInfinite {
            high = variance
            while high.isFinite, logarithm(sum: high, variance: variance) < threshold { high *= 2 }
        }
        if logarithm(sum: high, variance: variance) < threshold { return high }
        while high - low > 4e-15 * high {
            let middle = low + (high - low) / 2
            if logarithm(sum: middle, variance: variance) < threshold { low = middle } else { high = middle }
        }
        return low + (high - low) / 2
    }
}

enum MixtureTuning {
    /// ρ of the normal mixture whose boundary is near its tightest at `variance`.
    ///
    /// Source: Howard, Ramdas, McAuliffe and Sekhon, "Time-uniform, Nonparametric, Nonasymptotic Confidence Sequences",
    /// Annals of Statistics 49(2), 2021, section 3.5; one-sided at twice alpha.
    static func rho(_ variance: Double, alpha: Double, twoSided: Bool) -> Double {
        let logarithm = -2 * Double.log(twoSided ? alpha : 2 * alpha)
        return variance / (logarithm + Double.log(onePlus: logarithm))
    }
}
