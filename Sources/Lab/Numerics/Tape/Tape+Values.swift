extension Tape {
    /// The number of rows and columns of a variable.
    public func shape(of variable: Variable) -> (rows: Int, columns: Int) {
        let place = index(variable)
        return (Int(nodes[place].rows), Int(nodes[place].columns))
    }

    /// A copy of a variable's value.
    public func value(of variable: Variable) -> Matrix {
        let node = nodes[index(variable)]
        return Matrix(
            rows: Int(node.rows), columns: Int(node.columns),
            elements: Array(UnsafeBufferPointer(start: node.value, count: node.count)))
    }

    /// Gives `body` a variable's elements, row-major, without a copy.
    public func withValues<Result>(
        of variable: Variable, _ body: (UnsafeBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        let node = nodes[index(variable)]
        return try body(UnsafeBufferPointer(start: node.value, count: node.count))
    }

    /// Writes a variable's value into a matrix of its shape.
    public func copyValues(of variable: Variable, into matrix: inout Matrix) {
        let node = nodes[index(variable)]
        precondition(matrix.rows == node.rows && matrix.columns == node.columns, "the matrix has another shape")
        matrix.elements.withUnsafeMutableBufferPointer { target in
            target.baseAddress?.update(from: node.value, count: node.count)
        }
    }

    /// The number in a 1 × 1 variable, such as a loss.
    public func scalar(_ variable: Variable) -> Float {
        let node = nodes[index(variable)]
        precondition(node.count == 1, "a scalar has one element")
        return node.value[0]
    }

    func pointer(_ variable: Variable) -> UnsafeMutablePointer<Float> { nodes[index(variable)].value }

    func count(_ variable: Variable) -> Int { nodes[index(variable)].count }

    func needsGradient(_ variable: Variable) -> Bool { nodes[index(variable)].needsGradient }

    /// How many values are on the tape: what was given and what was computed.
    public var length: Int { nodeCount }
}
