import RealModule

/// Adam, with decoupled weight decay (AdamW) when `weightDecay` is not 0.
///
/// Source: Kingma and Ba, arXiv 1412.6980, algorithm 1; Loshchilov and Hutter, arXiv 1711.05101, algorithm 2.
public struct Adam: Sendable {
    public var learningRate: Float
    public let beta1: Float
    public let beta2: Float
    public let epsilon: Float
    /// Fraction of a weight that one step at learning rate 1 would remove.
    public let weightDecay: Float
    /// Gradients whose joint Euclidean norm is larger are scaled down to it; `nil` leaves them.
    public let maximumGradientNorm: Float?

    /// Steps taken.
    public private(set) var steps = 0
    /// Running means of gradients and of their squares, one matrix for each parameter.
    public private(set) var firstMoments: [Matrix] = []
    public private(set) var secondMoments: [Matrix] = []

    public init(
        learningRate: Float = 1e-3, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8,
        weightDecay: Float = 0, maximumGradientNorm: Float? = nil
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.maximumGradientNorm = maximumGradientNorm
    }

    /// One step against `gradients`, which have the shapes of `parameters`.
    ///
    /// - Returns: the joint norm of the gradients before clipping.
    @discardableResult
    public mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) -> Float {
        precondition(parameters.count == gradients.count, "Adam needs one gradient for each parameter")
        if firstMoments.isEmpty {
            firstMoments = parameters.map { Matrix(rows: $0.rows, columns: $0.columns) }
            secondMoments = firstMoments
        }
        let norm = Self.norm(of: gradients)
        let limit = maximumGradientNorm ?? .infinity
        let clip = norm > limit ? limit / norm : 1
        steps += 1
        // In Double, since 1 − 0.999ᵗ loses digits in Float during the first steps.
        let correction1 = 1 - Double.pow(Double(beta1), steps)
        let correction2 = (1 - Double.pow(Double(beta2), steps)).squareRoot()
        let rate = Float(Double(learningRate) * correction2 / correction1)
        let scaledEpsilon = Float(Double(epsilon) * correction2)
        for index in parameters.indices {
            precondition(parameters[index].count == gradients[index].count, "a gradient has its parameter's shape")
            update(&parameters[index], index, gradients[index], clip, rate, scaledEpsilon)
        }
        return norm
    }

    private mutating func update(
        _ parameter: inout Matrix, _ index: Int, _ gradient: Matrix, _ clip: Float, _ rate: Float, _ epsilon: Float
    ) {
        let (beta1, beta2, keep) = (beta1, beta2, 1 - learningRate * weightDecay)
        parameter.elements.withUnsafeMutableBufferPointer { p in
            gradient.elements.withUnsafeBufferPointer { g in
                firstMoments[index].elements.withUnsafeMutableBufferPointer { m in
                    secondMoments[index].elements.withUnsafeMutableBufferPointer { v in
                        for element in 0..<p.count {
                            let slope = clip * g[element]
                            let first = beta1 * m[element] + (1 - beta1) * slope
                            let second = beta2 * v[element] + (1 - beta2) * slope * slope
                            m[element] = first
                            v[element] = second
                            p[element] = keep * p[element] - rate * first / (second.squareRoot() + epsilon)
                        }
                    }
                }
            }
        }
    }

    /// The Euclidean norm of all elements together.
    public static func norm(of gradients: [Matrix]) -> Float {
        var sum = 0.0
        for gradient in gradients {
            gradient.elements.withUnsafeBufferPointer { elements in
                if let start = elements.baseAddress { sum += Kernels.sumOfSquares(start, elements.count) }
            }
        }
        return Float(sum.squareRoot())
    }
}
