import RealModule

/// Noncentral t: (Z + noncentrality) / √(χ²/ν), the law of a t statistic where there is an effect.
///
/// Source: DLMF has none; P(T > t) = ∫ Φ(δ − t s) dF(s) over s = √(χ²/ν) (Johnson, Kotz and Balakrishnan, *Continuous
/// Univariate Distributions* 2, 1995, equation 31.11), by Gauss and Legendre's rule in log s. All terms are positive.
public struct NoncentralT: Sendable, Hashable {
    public let degreesOfFreedom: Double
    public var noncentrality: Double
    /// Scales s and their probabilities.
    private let nodes: [SIMD2<Double>]

    public init(degreesOfFreedom: Double, noncentrality: Double) {
        self.degreesOfFreedom = degreesOfFreedom
        self.noncentrality = noncentrality
        let n = degreesOfFreedom
        let gamma = GammaDistribution(shape: n / 2, scale: 2 / n)
        let (low, high) = (
            0.5 * Double.log(max(1e-300, gamma.quantile(1e-40))), 0.5 * Double.log(gamma.upperQuantile(1e-40))
        )
        let panels = max(24, Int((high - low) * 3))
        let width = (high - low) / Double(panels)
        let rule = GaussLegendre.twenty
        nodes = (0..<panels).flatMap { panel in
            rule.map { node in
                let scale = Double.exp(low + width * (Double(panel) + (1 + node[0]) / 2))
                // d(s²) = 2 s² d(log s)
                let probability = gamma.density(scale * scale) * 2 * scale * scale * width / 2 * node[1]
                return SIMD2(scale, probability)
            }
        }
    }

    /// P(T > t).
    public func upperTail(_ t: Double) -> Double {
        min(1, compensatedSum(nodes.lazy.map { $0[1] * Normal.cdf(noncentrality - t * $0[0]) }))
    }

    /// P(T ≤ t).
    public func cdf(_ t: Double) -> Double {
        min(1, compensatedSum(nodes.lazy.map { $0[1] * Normal.cdf(t * $0[0] - noncentrality) }))
    }
}

/// Gauss and Legendre's rule on [−1, 1].
enum GaussLegendre {
    /// Twenty places and their weights.
    static let twenty = rule(20)

    /// Source: Newton's method on Legendre's polynomials from Tricomi's first guess (DLMF 3.5.15 and 18.16).
    static func rule(_ count: Int) -> [SIMD2<Double>] {
        (1...count).map { index in
            var x = Double.cos(Double.pi * (Double(index) - 0.25) / (Double(count) + 0.5))
            var slope = 0.0
            for _ in 0..<6 {
                var (before, value) = (1.0, x)
                for degree in 2...count {
                    let k = Double(degree)
                    (before, value) = (value, ((2 * k - 1) * x * value - (k - 1) * before) / k)
                }
                slope = Double(count) * (x * value - before) / (x * x - 1)
                x -= value / slope
            }
            return SIMD2(x, 2 / ((1 - x * x) * slope * slope))
        }
    }
}
