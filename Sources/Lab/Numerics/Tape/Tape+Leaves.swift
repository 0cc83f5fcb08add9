extension Tape {
    /// A value to which no gradient flows: data, or the output of a target network.
    public func constant(_ matrix: Matrix) -> Variable {
        append(copied(matrix.elements), matrix.rows, matrix.columns)
    }

    /// A constant [rows, columns] that is written where the tape keeps it, such as a batch.
    ///
    /// - Parameter fill: gets the elements, row-major and uninitialised; it must write all of them.
    public func constant(rows: Int, columns: Int, fill: (UnsafeMutableBufferPointer<Float>) -> Void) -> Variable {
        precondition(rows >= 0 && columns >= 0, "a matrix has no negative side")
        let value = scratch(rows * columns)
        fill(UnsafeMutableBufferPointer(start: value, count: rows * columns))
        return append(value, rows, columns)
    }

    /// A value whose gradient is wanted. Networks are recorded by `Parametrised.recorded(on:)`, which copies nothing.
    public func parameter(_ matrix: Matrix) -> Variable {
        append(copied(matrix.elements), matrix.rows, matrix.columns, needsGradient: true)
    }

    /// The same number as a constant: nothing before it receives a gradient through it.
    public func detached(_ variable: Variable) -> Variable {
        let node = nodes[index(variable)]
        // Parameters change in place when they are trained; what was detached must not.
        guard node.parameter != nil else { return append(node.value, Int(node.rows), Int(node.columns)) }
        let copy = scratch(node.count)
        copy.update(from: node.value, count: node.count)
        return append(copy, Int(node.rows), Int(node.columns))
    }

    /// Uninitialised memory for an operation, until `reset()`.
    func scratch(_ count: Int) -> UnsafeMutablePointer<Float> { arena.take(count, of: Float.self) }

    /// Uninitialised memory for the time of a call; `giveBack` with the same count ends it.
    func borrowed(_ count: Int) -> UnsafeMutablePointer<Float> { arena.takeReturnable(count) }

    func giveBack(_ pointer: UnsafeMutablePointer<Float>, _ count: Int) { arena.giveBack(pointer, count) }

    /// A copy in the tape's memory, until `reset()`.
    func copied<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
        let copy = arena.take(elements.count, of: Element.self)
        elements.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { copy.update(from: start, count: source.count) }
        }
        return copy
    }

    /// Indices in the tape's memory, until `reset()`; each must be in 0 ..< `bound`.
    func integers(_ indices: [Int], below bound: Int, _ message: @autoclosure () -> String)
        -> UnsafeMutablePointer<Int32>
    {
        let copy = arena.take(indices.count, of: Int32.self)
        for position in 0..<indices.count {
            precondition(0 <= indices[position] && indices[position] < bound, message())
            copy[position] = Int32(truncatingIfNeeded: indices[position])
        }
        return copy
    }
}
