/// A row added to every row.
struct AddBias: Operation {
    let input: Variable
    let bias: Variable

    func forward(_ output: Output, on tape: Tape) {
        output.value.update(from: tape.pointer(input), count: output.count)
        BiasKernels.addBias(tape.pointer(bias), to: output.value, output.rows, output.columns)
    }

    func backward(_ output: Output, on tape: Tape) {
        if tape.needsGradient(input) { tape.passOn(output.gradient, to: input) }
        if tape.needsGradient(bias) {
            BiasKernels.backward(
                .identity, value: output.value, gradient: output.gradient, bias: tape.gradientPointer(bias),
                output.rows, output.columns)
        }
    }
}

extension Tape {
    /// Adds `bias` [1, columns] to every row of `input` [rows, columns].
    public func addBias(_ input: Variable, _ bias: Variable) -> Variable {
        let (rows, columns) = shape(of: input)
        precondition(shape(of: bias) == (1, columns), "a bias is one row as long as those it is added to")
        return record(
            AddBias(input: input, bias: bias), rows: rows, columns: columns,
            needsGradient: needsGradient(input) || needsGradient(bias))
    }
}
