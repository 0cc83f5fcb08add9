import RealModule

/// A closed boundary that grows like √(V log log V), of bounds for epochs of geometric length; one-sided, for sub-gamma sums.
///
/// Source: Howard and others 2021, theorem 1 and equation 10, with h(k) = (k + 1)ˢ ζ(s).
public struct PolynomialStitching: UniformBoundary, Hashable {
    /// The intrinsic time before which the boundary is flat.
    public let smallestVariance: Double
    /// c ≥ 0 of sub-gamma sums; 0 for sub-Gaussian ones.
    public let scale: Double
    /// s > 1: how the error is divided among epochs.
    public let exponent: Double
    /// η > 1: the ratio of epochs.
    public let ratio: Double

    public init(smallestVariance: Double, scale: Double = 0, exponent: Double = 1.4, ratio: Double = 2) {
        self.smallestVariance = smallestVariance
        self.scale = scale
        self.exponent = exponent
        self.ratio = ratio
    }

    public func bound(variance: Double, alpha: Double) -> Double {
        let time = max(variance, smallestVariance)
        let quarter = Double.pow(ratio, 0.25)
        let first = (quarter + 1 / quarter) * 0.5.squareRoot()
        let second = (ratio.squareRoot() + 1) / 2
        let level =
            exponent * Double.log(Double.log(ratio * time / smallestVariance))
            + Double.log(zeta(exponent) / (alpha * Double.pow(Double.log(ratio), exponent)))
        let linear = second * scale * level
        return (first * first * time * level + linear * linear).squareRoot() + linear
    }

    /// ζ(s) for s > 1 by Euler and Maclaurin's formula (DLMF 25.2.10) after ten terms.
    private func zeta(_ s: Double) -> Double {
        let n = 10.0
        var sum = Double.pow(n, 1 - s) / (s - 1) + 0.5 * Double.pow(n, -s)
        for k in stride(from: n - 1, through: 1, by: -1) { sum += Double.pow(k, -s) }
        // B₂ₖ / (2k)! · s (s + 1) … (s + 2k − 2) n^{1 − s − 2k}
        var factor = s * Double.pow(n, -s - 1)
        for (index, term) in [1 / 12.0, -1 / 720.0, 1 / 30_240.0, -1 / 1_209_600.0, 1 / 47_900_160.0].enumerated() {
            sum += term * factor
            let k = Double(2 * index + 1)
            factor *= (s + k) * (s + k + 1) / (n * n)
        }
        return sum
    }
}
