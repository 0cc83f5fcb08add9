/// activation(input · weightᵀ + bias): a whole layer, whose bias and activation share one pass over memory each way.
struct Affine: Operation {
    let input: Variable
    let weight: Variable
    let bias: Variable
    let activation: Activation
    let inner: Int
    /// The layer before its activation, where the slope cannot be told from the output.
    let before: UnsafeMutablePointer<Float>?

    func forward(_ output: Output, on tape: Tape) {
        let (rows, columns) = (output.rows, output.columns)
        tape.gemm(
            false, true, rows, columns, inner, tape.pointer(input), tape.pointer(weight), 0, before ?? output.value)
        if let before {
            BiasKernels.addBias(tape.pointer(bias), to: before, rows, columns)
            activation.apply(before, output.value, output.count)
        } else {
            BiasKernels.addBias(tape.pointer(bias), activating: activation, output.value, rows, columns)
        }
    }

    func backward(_ output: Output, on tape: Tape) {
        let (rows, columns, gradient) = (output.rows, output.columns, output.gradient)
        let biasTarget = tape.needsGradient(bias) ? tape.gradientPointer(bias) : nil
        BiasKernels.backward(
            activation, value: before ?? output.value, gradient: gradient, bias: biasTarget, rows, columns)
        if tape.needsGradient(weight) {
            let (target, isNew) = tape.gradientStorage(weight)
            tape.gemm(true, false, columns, inner, rows, gradient, tape.pointer(input), isNew ? 0 : 1, target)
        }
        if tape.needsGradient(input) {
            let (target, isNew) = tape.gradientStorage(input)
            tape.gemm(false, false, rows, inner, columns, gradient, tape.pointer(weight), isNew ? 0 : 1, target)
        }
    }
}

extension Tape {
    /// activation(input · weightᵀ + bias), a whole layer.
    ///
    /// - Parameters:
    ///   - input: [batch, inputs].
    ///   - weight: [outputs, inputs].
    ///   - bias: [1, outputs].
    /// - Returns: [batch, outputs].
    public func linear(
        _ input: Variable, weight: Variable, bias: Variable, activation: Activation = .identity
    ) -> Variable {
        let (rows, inner) = shape(of: input)
        let outputs = shape(of: weight).rows
        precondition(shape(of: weight).columns == inner, "a layer's weight has one column for each input")
        precondition(shape(of: bias) == (1, outputs), "a bias is one row with one element for each output")
        let needs = needsGradient(input) || needsGradient(weight) || needsGradient(bias)
        let before = !activation.slopeFollowsFromValue && needs ? scratch(rows * outputs) : nil
        return record(
            Affine(
                input: input, weight: weight, bias: bias, activation: activation, inner: inner, before: before),
            rows: rows, columns: outputs, needsGradient: needs)
    }
}
