import RealModule

/// Adam; weight decay adds to the gradient (`Adam(…)`) or shrinks the weights beside it (`Adam.decoupled(…)`, AdamW).
///
/// Source: Kingma and Ba, arXiv 1412.6980, algorithm 1; Loshchilov and Hutter, arXiv 1711.05101, algorithm 2; in the
/// form of PyTorch's `torch.optim.Adam` and `AdamW`.
public struct Adam: Optimiser {
    public static var name: String { "adam" }
    public static var keepsSquares: Bool { true }

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
        let (rate, correction) = (Float(Double(learningRate) / correction1), Float(1 / correction2))
        let (beta1, beta2, epsilon) = (beta1, beta2, epsilon)
        let (keep, decay) = isDecoupled ? (1 - learningRate * weightDecay, 0) : (1, weightDecay)
        return update(&parameters, clipping: clipping) { piece, clip in
            AdamKernel(
                rate: rate, inverseCorrection: correction, beta1: beta1, beta2: beta2, epsilon: epsilon, keep: keep,
                decay: decay, clip: clip
            ).apply(piece)
        }
    }
}
