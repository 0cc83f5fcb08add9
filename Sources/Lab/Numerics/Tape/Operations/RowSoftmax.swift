/// Each row as probabilities.
struct RowSoftmax: Operation {
    let input: Variable

    func forward(_ output: Output, on tape: Tape) {
        Softmax.rows(tape.pointer(input), output.value, output.rows, output.columns)
    }

    func backward(_ output: Output, on tape: Tape) {
        let (target, isNew) = tape.gradientStorage(input)
        Softmax.rowsBackward(
            output.value, output.gradient, target, output.rows, output.columns, adding: !isNew)
    }
}

/// The logarithm of each row's probabilities.
struct RowLogSoftmax: Operation {
    let input: Variable

    func forward(_ output: Output, on tape: Tape) {
        Softmax.logRows(tape.pointer(input), output.value, output.rows, output.columns)
    }

    func backward(_ output: Output, on tape: Tape) {
        let (target, isNew) = tape.gradientStorage(input)
        Softmax.logRowsBackward(
            output.value, output.gradient, target, output.rows, output.columns, adding: !isNew)
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
