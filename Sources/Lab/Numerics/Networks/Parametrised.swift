/// Something with trainable matrices: a layer or a network.
public protocol Parametrised: Sendable {
    /// The trainable matrices, in a fixed order.
    var parameters: [Matrix] { get set }
    /// One name for each of `parameters`, as in PyTorch's state dictionaries.
    var parameterNames: [String] { get }
}

extension Parametrised {
    /// The number of trainable numbers.
    public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

    /// Puts the parameters on a tape, in their order.
    public func recorded(on tape: Tape) -> [Variable] { parameters.map { tape.parameter($0) } }

    /// self ← (1 − rate) · self + rate · other: the slow copy of a target network. `rate` 1 copies.
    public mutating func blend(towards other: Self, rate: Float) {
        let targets = other.parameters
        for index in targets.indices {
            precondition(targets[index].count == parameters[index].count, "networks of different shapes do not blend")
            targets[index].elements.withUnsafeBufferPointer { target in
                parameters[index].elements.withUnsafeMutableBufferPointer { own in
                    for element in own.indices { own[element] += rate * (target[element] - own[element]) }
                }
            }
        }
    }
}
