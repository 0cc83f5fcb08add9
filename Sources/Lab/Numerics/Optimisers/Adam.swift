import RealModule

/// Adam; weight decay adds to the gradient (`Adam`) or shrinks the weights beside it (`AdamW`).
///
/// Source: Kingma and Ba, arXiv 1412.6980, algorithm 1; Loshchilov and Hutter, arXiv 1711.05101, algorithm 2; in the
/// form of PyTorch's `torch.optim.Adam` and `AdamW`.
public struct Adam: Optimiser {
    public var learningRate: Float
    public let beta1: Float
    public let beta2: Float
    public let epsilon: Float
    /// For `isDecoupled` the share of a weight that one step at learning rate 1 would remove, otherwise the factor of
    /// ½ Σ weight² in the loss.
    public let weightDecay: Float
    /// Whether weight decay acts beside the gradient.
    public let isDecoupled: Bool

    public internal(set) var steps = 0
    /// Running means of gradients and of their squares for each parameter; empty before its first step.
    var firstMoments: [[Float]] = []
    var secondMoments: [[Float]] = []

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
        if firstMoments.isEmpty {
            firstMoments = parameters.map { [Float](repeating: 0, count: $0.count) }
            secondMoments = firstMoments
        }
        precondition(firstMoments.count == parameters.count, "an optimiser stays with its parameters")
        let norm = GradientClipping.norm(parameters)
        steps += 1
        // In Double, since 1 − 0.999ᵗ loses digits in Float during the first steps.
        let correction1 = 1 - Double.pow(Double(beta1), steps)
        let correction2 = (1 - Double.pow(Double(beta2), steps)).squareRoot()
        let update = AdamUpdate(
            rate: Float(Double(learningRate) / correction1), inverseCorrection: Float(1 / correction2), beta1: beta1,
            beta2: beta2, epsilon: epsilon, keep: isDecoupled ? 1 - learningRate * weightDecay : 1,
            decay: isDecoupled ? 0 : weightDecay, clip: clipping.bounds(norm: norm))
        for index in parameters.indices {
            let memory = parameters[index].memory
            guard memory.hasGradient else { continue }
            precondition(firstMoments[index].count == memory.count, "an optimiser stays with its parameters")
            let values = parameters[index].own()
            guard let gradient = parameters[index].memory.gradient else { continue }
            firstMoments[index].withUnsafeMutableBufferPointer { first in
                secondMoments[index].withUnsafeMutableBufferPointer { second in
                    guard let first = first.baseAddress, let second = second.baseAddress else { return }
                    update.apply(values, gradient, first, second, memory.count)
                }
            }
            parameters[index].memory.forgetGradient()
        }
        return norm
    }
}

/// The arithmetic of one step of Adam on one parameter.
private struct AdamUpdate {
    /// Learning rate / (1 − β₁ᵗ).
    let rate: Float
    /// 1 / √(1 − β₂ᵗ).
    let inverseCorrection: Float
    let beta1: Float
    let beta2: Float
    let epsilon: Float
    let keep: Float
    let decay: Float
    let clip: (factor: Float, limit: Float)

    func apply(
        _ p: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>, _ m: UnsafeMutablePointer<Float>,
        _ v: UnsafeMutablePointer<Float>, _ count: Int
    ) {
        let (factor, limit) = clip
        for index in 0..<count {
            let old = p[index]
            let scaled = factor * g[index]
            let clipped = scaled > limit ? limit : (scaled < -limit ? -limit : scaled)
            let slope = clipped + decay * old
            let first = m[index] + (1 - beta1) * (slope - m[index])
            let second = beta2 * v[index] + (1 - beta2) * slope * slope
            m[index] = first
            v[index] = second
            p[index] = keep * old - rate * first / (second.squareRoot() * inverseCorrection + epsilon)
        }
    }
}
