/// A value on a tape. It is valid until the tape's next `reset()`; using it later stops the program.
public struct Variable: Sendable, Hashable, BitwiseCopyable {
    let index: Int32
    /// Which recording of the tape it belongs to.
    let generation: UInt32
}

/// The parameters of a network on a tape, in the order of `Parametrised.parameters`.
///
/// A slice is numbered from 0, so that a part of a network need not know where its parameters begin.
public struct ParameterHandles: Sendable {
    let first: Int32
    public let count: Int
    let generation: UInt32

    public subscript(index: Int) -> Variable {
        precondition(0 <= index && index < count, "a network has no parameter \(index)")
        return Variable(index: first + Int32(index), generation: generation)
    }

    /// The handles of a part of the network.
    public subscript(range: Range<Int>) -> ParameterHandles {
        precondition(0 <= range.lowerBound && range.upperBound <= count, "a network has no parameters \(range)")
        return ParameterHandles(first: first + Int32(range.lowerBound), count: range.count, generation: generation)
    }
}
