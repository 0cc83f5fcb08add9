/// Something with trainable matrices: a layer or a network.
///
/// It is a value: a copy of a network, such as a target network, does not follow the training of the original.
public protocol Parametrised: Sendable {
    /// The trainable matrices, in a fixed order. Stored, not computed: they are asked for in every step. A network of
    /// several layers keeps those of all of them in one array, and gives each layer its slice of `ParameterHandles`.
    var parameters: [Parameter] { get set }
    /// One name for each of `parameters`, as in PyTorch's state dictionaries.
    var parameterNames: [String] { get }
}

extension Parametrised {
    /// The number of trainable numbers.
    public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

    /// Puts the parameters on a tape for training, in their order; nothing is copied.
    ///
    /// Write it as a statement of its own: inside the arguments of the network's `forward`, the network that is called
    /// would count as a copy, and the parameters would be copied in every step.
    ///
    /// - Parameter accumulating: whether gradients are added to those of earlier backward passes, which no optimiser
    ///   has used yet (a batch in several parts); otherwise those are forgotten.
    @inlinable
    public mutating func recorded(on tape: Tape, accumulating: Bool = false) -> ParameterHandles {
        tape.record(&parameters, accumulating: accumulating)
    }

    /// Puts the parameters on a tape as constants, in their order: for a target network or an evaluation.
    @inlinable
    public func fixed(on tape: Tape) -> ParameterHandles { tape.recordFixed(parameters) }

    /// self ← (1 − rate) · self + rate · other: the slow copy of a target network. `rate` 1 copies.
    public mutating func blend(towards other: Self, rate: Float) {
        Parameter.blend(&parameters, towards: other.parameters, rate: rate)
    }
}

extension Parameter {
    static func blend(_ parameters: inout [Parameter], towards targets: [Parameter], rate: Float) {
        precondition(parameters.count == targets.count, "networks of different shapes do not blend")
        for index in targets.indices {
            let count = targets[index].count
            precondition(count == parameters[index].count, "networks of different shapes do not blend")
            let (own, target) = (parameters[index].own(), targets[index].pointer)
            if rate == 1 {
                own.update(from: target, count: count)
            } else {
                for element in 0..<count { own[element] += rate * (target[element] - own[element]) }
            }
        }
    }
}
