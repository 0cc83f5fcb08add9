/// Changes parameters by their gradients, in place.
///
/// ```swift
/// let handles = network.recorded(on: tape)
/// …
/// tape.backward(from: loss)
/// optimiser.step(&network.parameters, clipping: .norm(1))
/// ```
public protocol Optimiser: Sendable {
    /// What names it in a `TrainingState`, such as "adam".
    static var name: String { get }
    /// Whether its moments hold means of squares.
    static var keepsSquares: Bool { get }
    /// The step size of the next step; a `LearningRateSchedule` sets it.
    var learningRate: Float { get set }
    /// Steps taken.
    var steps: Int { get set }
    /// What it remembers of each parameter, in the order of the parameters; empty before the first step.
    var moments: [Moments] { get set }

    /// One step by the gradients that the backward passes since the last step left; they are used up.
    ///
    /// Parameters that no gradient reached stay as they are. The parameters must be those of all steps before.
    ///
    /// - Parameter clipping: what is done to gradients that are too large, before they are used.
    /// - Returns: the joint Euclidean norm of the gradients before clipping.
    @discardableResult
    mutating func step(_ parameters: inout [Parameter], clipping: GradientClipping) -> Float
}

extension Optimiser {
    /// One step with the gradients as they are.
    @discardableResult
    public mutating func step(_ parameters: inout [Parameter]) -> Float { step(&parameters, clipping: .none) }

    /// Prepares `moments` at the first step and hands each parameter with a gradient to `body`.
    ///
    /// - Returns: the norm of the gradients before clipping.
    @inline(__always)
    mutating func update(
        _ parameters: inout [Parameter], clipping: GradientClipping,
        _ body: (OptimiserPiece, _ clip: (factor: Float, limit: Float)) -> Void
    ) -> Float {
        if moments.isEmpty { moments = parameters.map { Moments(count: $0.count, keepsSquares: Self.keepsSquares) } }
        precondition(moments.count == parameters.count, "an optimiser stays with its parameters")
        let norm = GradientClipping.norm(parameters)
        let clip = clipping.bounds(norm: norm)
        for index in parameters.indices {
            // A copy of the network may share the memory: then the elements move and the gradient stays here.
            let memory = parameters[index].memory
            guard memory.hasGradient, let gradient = memory.gradient else { continue }
            precondition(moments[index].count == memory.count, "an optimiser stays with its parameters")
            let values = parameters[index].own()
            moments[index].withPointers { first, second in
                let piece = OptimiserPiece(
                    values: values, gradient: gradient, first: first, second: second, count: memory.count)
                body(piece, clip)
            }
            memory.forgetGradient()
        }
        return norm
    }
}

/// One parameter in an optimiser's step.
struct OptimiserPiece {
    let values: UnsafeMutablePointer<Float>
    let gradient: UnsafePointer<Float>
    let first: UnsafeMutablePointer<Float>
    /// Only where the optimiser keeps squares.
    let second: UnsafeMutablePointer<Float>
    let count: Int
}
