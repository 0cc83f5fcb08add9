import RealModule

/// AdamW whose learning rate and weight decay differ from parameter to parameter, for networks whose lower layers move less.
///
/// It sets no limit to gradients by itself: `gradientNorm` and a factor let several optimisers share one limit.
///
/// Source: Loshchilov and Hutter, arXiv 1711.05101, algorithm 2, in the form of PyTorch's `torch.optim.AdamW` with
/// parameter groups.
public struct GroupedAdam: Sendable {
    /// How one parameter is treated.
    public struct Group: Sendable, Equatable, Codable {
        /// What the learning rate is multiplied by.
        public var rate: Float
        /// The share of a weight that one step at learning rate 1 would remove.
        public var weightDecay: Float

        public init(rate: Float = 1, weightDecay: Float = 0) {
            self.rate = rate
            self.weightDecay = weightDecay
        }
    }

    public let beta1: Float
    public let beta2: Float
    public let epsilon: Float
    /// One for each parameter, in their order.
    public let groups: [Group]
    /// Steps taken.
    public internal(set) var steps = 0
    var moments: [Moments] = []

    public init(groups: [Group], beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8) {
        self.groups = groups
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
    }

    /// The joint Euclidean norm of the gradients that the last backward pass left.
    public static func gradientNorm(_ parameters: [Parameter]) -> Float { GradientClipping.norm(parameters) }

    /// One step by the gradients that the backward passes since the last step left, times `factor`; they are used up.
    ///
    /// Parameters that no gradient reached stay as they are. The parameters must be those of all steps before.
    public mutating func step(_ parameters: inout [Parameter], learningRate: Float, factor: Float = 1) {
        precondition(parameters.count == groups.count, "there is a group for each parameter")
        if moments.isEmpty { moments = parameters.map { Moments(count: $0.count, keepsSquares: true) } }
        steps += 1
        for index in parameters.indices {
            let memory = parameters[index].memory
            guard memory.hasGradient, let gradient = memory.gradient else { continue }
            let kernel = AdamKernel(
                step: steps, group: groups[index], learningRate: learningRate, beta1: beta1, beta2: beta2,
                epsilon: epsilon, factor: factor)
            let values = parameters[index].own()
            moments[index].withPointers { first, second in
                kernel.apply(
                    OptimiserPiece(
                        values: values, gradient: gradient, first: first, second: second, count: memory.count))
            }
            memory.forgetGradient()
        }
    }
}

extension AdamKernel {
    /// The arithmetic of decoupled decay in step `step`, counted from 1.
    init(
        step: Int, group: GroupedAdam.Group, learningRate: Float, beta1: Float, beta2: Float, epsilon: Float,
        factor: Float
    ) {
        // In Double, since 1 − 0.999ᵗ loses digits in Float during the first steps.
        let correction1 = 1 - Double.pow(Double(beta1), step)
        let correction2 = (1 - Double.pow(Double(beta2), step)).squareRoot()
        let rate = learningRate * group.rate
        self.init(
            rate: Float(Double(rate) / correction1), inverseCorrection: Float(1 / correction2), beta1: beta1,
            beta2: beta2, epsilon: epsilon, keep: 1 - rate * group.weightDecay, decay: 0, clip: (factor, .infinity))
    }
}
