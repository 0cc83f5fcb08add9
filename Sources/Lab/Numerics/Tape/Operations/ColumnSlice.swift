/// Neighbouring columns.
struct ColumnSlice: Operation {
    let input: Variable
    let first: Int
    /// The columns of the input.
    let width: Int

    func forward(_ output: Output, on tape: Tape) {
        let source = tape.pointer(input) + first
        for row in 0..<output.rows {
            (output.value + row * output.columns).update(from: source + row * width, count: output.columns)
        }
    }

    func backward(_ output: Output, on tape: Tape) {
        let target = tape.gradientPointer(input) + first
        for row in 0..<output.rows {
            Kernels.add(
                output.gradient + row * output.columns, times: 1, to: target + row * width, output.columns)
        }
    }
}

/// Rows become columns.
struct Transposition: Operation {
    let input: Variable

    func forward(_ output: Output, on tape: Tape) {
        let source = tape.pointer(input)
        for row in 0..<output.rows {
            for column in 0..<output.columns {
                output.value[row * output.columns + column] = source[column * output.rows + row]
            }
        }
    }

    func backward(_ output: Output, on tape: Tape) {
        let target = tape.gradientPointer(input)
        for row in 0..<output.rows {
            for column in 0..<output.columns {
                target[column * output.rows + row] += output.gradient[row * output.columns + column]
            }
        }
    }
}

extension Tape {
    /// The columns of `input` in `range`; [rows, range.count].
    public func columns(_ range: Range<Int>, of input: Variable) -> Variable {
        let (rows, width) = shape(of: input)
        precondition(range.lowerBound >= 0 && range.upperBound <= width, "columns \(range) are outside the value")
        return record(
            ColumnSlice(input: input, first: range.lowerBound, width: width), rows: rows, columns: range.count,
            needsGradient: needsGradient(input))
    }

    /// `input` with rows and columns exchanged. A product needs it not: `matmul` transposes by itself.
    public func transposed(_ input: Variable) -> Variable {
        let (rows, columns) = shape(of: input)
        return record(
            Transposition(input: input), rows: columns, columns: rows, needsGradient: needsGradient(input))
    }
}
