/// Stochastic gradient descent with momentum, Nesterov's or the plain one, and weight decay in the gradient.
///
/// Source: Sutskever et al., "On the importance of initialization and momentum in deep learning", ICML 2013; in the form
/// of PyTorch's `torch.optim.SGD`, whose learning rate multiplies the momentum too.
public struct SGD: Optimiser {
    public static var name: String { "sgd" }
    public static var keepsSquares: Bool { false }

    public var learningRate: Float
    /// The share of the last step's direction that is kept.
    public let momentum: Float
    /// Whether the gradient is taken as if the momentum's step had been made.
    public let isNesterov: Bool
    /// The factor of ½ Σ weight² in the loss.
    public let weightDecay: Float

    public var steps = 0
    public var moments: [Moments] = []

    public init(learningRate: Float, momentum: Float = 0, isNesterov: Bool = false, weightDecay: Float = 0) {
        precondition(!isNesterov || momentum > 0, "Nesterov's form needs momentum")
        self.learningRate = learningRate
        self.momentum = momentum
        self.isNesterov = isNesterov
        self.weightDecay = weightDecay
    }

    @discardableResult
    public mutating func step(_ parameters: inout [Parameter], clipping: GradientClipping) -> Float {
        steps += 1
        let (rate, momentum, isNesterov, decay) = (learningRate, momentum, isNesterov, weightDecay)
        return update(&parameters, clipping: clipping) { piece, clip in
            let (p, g, m) = (piece.values, piece.gradient, piece.first)
            for index in 0..<piece.count {
                let slope = GradientClipping.cut(clip.factor * g[index], clip.limit) + decay * p[index]
                let direction = momentum * m[index] + slope
                m[index] = direction
                p[index] -= rate * (isNesterov ? slope + momentum * direction : direction)
            }
        }
    }
}
