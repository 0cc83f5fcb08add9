/// A stretch of a value's elements, seen where they lie: rows, or another shape.
struct Window: Operation {
    let input: Variable
    let offset: Int

    /// Its memory is the input's.
    func forward(_: Output, on _: Tape) {}

    func backward(_ output: Output, on tape: Tape) {
        if output.count == tape.count(input) {
            tape.passOn(output.gradient, to: input)
        } else {
            Kernels.add(output.gradient, times: 1, to: tape.gradientPointer(input) + offset, output.count)
        }
    }
}

extension Tape {
    /// The rows of `input` in `range`, without a copy; [range.count, columns].
    public func rows(_ range: Range<Int>, of input: Variable) -> Variable {
        let (rows, columns) = shape(of: input)
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) are outside the value")
        return window(input, offset: range.lowerBound * columns, rows: range.count, columns: columns)
    }

    /// The same elements, row by row, in another shape, without a copy.
    public func reshaped(_ input: Variable, rows: Int, columns: Int) -> Variable {
        precondition(rows >= 0 && columns >= 0 && rows * columns == count(input), "a reshaped value keeps its elements")
        return window(input, offset: 0, rows: rows, columns: columns)
    }

    private func window(_ input: Variable, offset: Int, rows: Int, columns: Int) -> Variable {
        let node = nodes[index(input)]
        // A parameter changes in place when it is trained; what is on the tape stays as it was computed.
        var value = node.value + offset
        if node.parameter != nil {
            value = scratch(rows * columns)
            value.update(from: node.value + offset, count: rows * columns)
        }
        return append(Window(input: input, offset: offset), value, rows, columns, needsGradient: node.needsGradient)
    }
}
