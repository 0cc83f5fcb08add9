/// Changes parameters by their gradients, in place.
///
/// ```swift
/// let handles = network.recorded(on: tape)
/// tape.backward(from: loss)
/// optimiser.step(&network.parameters)
/// ```
public protocol Optimiser: Sendable {
    /// The step size of the next step; a schedule sets it.
    var learningRate: Float { get set }
    /// Steps taken.
    var steps: Int { get }

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
}
