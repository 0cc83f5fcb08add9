import RealModule

/// Adam; weight decay adds to the gradient (`Adam(…)`) or shrinks the weights beside it (`Adam.decoupled(…)`, AdamW).
///
/// Source: Kingma and Ba, arXiv 1412.6980, algorithm 1; Loshchilov and Hutter, arXiv 1711.05101, algorithm 2; in the
/// form of PyTorch's `torch.optim.Adam` and `AdamW`.
public struct Adam: Optimiser {
    public static var name: String { "adam" }

    public var learningRate: Float
    public let beta1: Float
    public let beta2: Float
    public let epsilon: Float
    /// Where `isDecoupled` the share of a weight that one step at learning rate 1 would remove, otherwise the factor of
    /// ½ Σ weight² in the loss.
    public let weightDecay: Float
    /// Whether weight decay acts beside the gradient.
    public let isDecoupled: Bool

    public var steps = 0
    public var moments: [Moments] = []

    /// Adam, whose weight decay is part of the gradient.
    public init(
        learningRate: Float = 1e-3, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8,
        weightDecay: Float = 0
    ) {
        self.init(learningRate, beta1, beta2, epsilon, weightDecay, isDecoupled: false)
    }

    /// AdamW, whose weight decay acts on the weights themselves.
    public static func decoupled(
        learningRate: Float = 1e-3, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8,
        weightDecay: Float = 0.01
    ) -> Adam {
        Adam(learningRate, beta1, beta2, epsilon, weightDecay, isDecoupled: true)
    }

    private init(
        _ learningRate: Float, _ beta1: Float, _ beta2: Float, _ epsilon: Float, _ weightDecay: Float,
        isDecoupled: Bool
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.isDecoupled = isDecoupled
    }

    @discardableResult
    public mutating func step(_ parameters: inout [Parameter], clipping: GradientClipping) -> Float {
        steps += 1
        // In Double, since 1 − 0.999ᵗ loses digits in Float during the first steps.
        let correction1 = 1 - Double.pow(Double(beta1), steps)
        let correction2 = (1 - Double.pow(Double(beta2), steps)).squareRoot()
        let arithmetic = AdamArithmetic(
            rate: Float(Double(learningRate) / correction1), inverseCorrection: Float(1 / correction2), beta1: beta1,
            beta2: beta2, epsilon: epsilon, keep: isDecoupled ? 1 - learningRate * weightDecay : 1,
            decay: isDecoupled ? 0 : weightDecay)
        return update(&parameters, clipping: clipping) { piece, clip in
            arithmetic.apply(piece, factor: clip.factor, limit: clip.limit)
        }
    }
}

/// The arithmetic of one step of Adam.
private struct AdamArithmetic {
    /// Learning rate / (1 − β₁ᵗ).
    let rate: Float
    /// 1 / √(1 − β₂ᵗ).
    let inverseCorrection: Float
    let beta1: Float
    let beta2: Float
    let epsilon: Float
    let keep: Float
    let decay: Float

    func apply(_ piece: Piece, factor: Float, limit: Float) {
        let (p, g, m, v) = (piece.values, piece.gradient, piece.first, piece.second)
        let (rate, inverse, epsilon, keep, decay) = (rate, inverseCorrection, epsilon, keep, decay)
        let (rest1, beta2, rest2) = (1 - beta1, beta2, 1 - beta2)
        for index in 0..<piece.count {
            let old = p[index]
            let slope = GradientClipping.cut(factor * g[index], limit) + decay * old
            let first = m[index] + rest1 * (slope - m[index])
            let second = beta2 * v[index] + rest2 * slope * slope
            m[index] = first
            v[index] = second
            p[index] = keep * old - rate * first / (second.squareRoot() * inverse + epsilon)
        }
    }
}
