/// Each row as probabilities.
struct RowSoftmax: Operation {
    let input: Variable

    func forward(_ output: Output, on tape: Tape) {
        let (x, columns) = (tape.pointer(input), output.columns)
        for row in 0..<output.rows { Softmax.row(x + row * columns, output.value + row * columns, columns) }
    }

    func backward(_ output: Output, on tape: Tape) {
        let (target, columns) = (tape.gradientPointer(input), output.columns)
        let (y, gradient) = (output.value, output.gradient)
        for row in 0..<output.rows {
            let start = row * columns
            let inner = Kernels.dot(y + start, gradient + start, columns)
            for index in start..<start + columns { target[index] += y[index] * (gradient[index] - inner) }
        }
    }
}

/// The logarithm of each row's probabilities.
struct RowLogSoftmax: Operation {
    let input: Variable

    func forward(_ output: Output, on tape: Tape) {
        let (x, columns) = (tape.pointer(input), output.columns)
        for row in 0..<output.rows { Softmax.logRow(x + row * columns, output.value + row * columns, columns) }
    }

    func backward(_ output: Output, on tape: Tape) {
        let (target, columns) = (tape.gradientPointer(input), output.columns)
        let (y, gradient) = (output.value, output.gradient)
        for row in 0..<output.rows {
            let start = row * columns
            let total = Kernels.sum(gradient + start, columns)
            for index in start..<start + columns {
                target[index] += gradient[index] - FloatMath.exp(y[index]) * total
            }
        }
    }
}

extension Tape {
    /// Each row as probabilities, eˣ / Σ eˣ.
    public func softmax(_ input: Variable) -> Variable {
        let (rows, columns) = shape(of: input)
        return record(RowSoftmax(input: input), rows: rows, columns: columns, needsGradient: needsGradient(input))
    }

    /// The logarithm of `softmax`, without loss of precision for improbable elements.
    public func logSoftmax(_ input: Variable) -> Variable {
        let (rows, columns) = shape(of: input)
        return record(RowLogSoftmax(input: input), rows: rows, columns: columns, needsGradient: needsGradient(input))
    }
}
