/// What is done to gradients that are too large.
public enum GradientClipping: Sendable, Codable, Equatable {
    case none
    /// All gradients are scaled by maximum / (norm + 1e-6) where their joint Euclidean norm is larger, as
    /// PyTorch's `clip_grad_norm_` does. Source: Pascanu, Mikolov and Bengio, ICML 2013, algorithm 1.
    case norm(Float)
    /// Each element is cut off at ± this, as PyTorch's `clip_grad_value_` does.
    case value(Float)

    /// The factor and the limit of an element for gradients of the joint norm `norm`.
    func bounds(norm: Float) -> (factor: Float, limit: Float) {
        switch self {
        case .none: (1, .infinity)
        case .norm(let maximum): (min(1, maximum / (norm + 1e-6)), .infinity)
        case .value(let limit): (1, limit)
        }
    }

    /// x within ±limit.
    @inline(__always)
    static func cut(_ x: Float, _ limit: Float) -> Float { x > limit ? limit : (x < -limit ? -limit : x) }

    /// The Euclidean norm of all gradients together.
    static func norm(_ parameters: [Parameter]) -> Float {
        var sum = 0.0
        for parameter in parameters {
            let memory = parameter.memory
            guard memory.hasGradient, let gradient = memory.gradient else { continue }
            sum += Kernels.sumOfSquares(gradient, memory.count)
        }
        return Float(sum.squareRoot())
    }
}
