/// Each row shifted and scaled to mean 0 and variance 1, then times a gain plus a bias.
struct LayerNormalisation: Operation {
    let input: Variable
    let gain: Variable
    let bias: Variable
    let epsilon: Float
    /// Each row's mean, then each row's 1 / √(variance + epsilon).
    let statistics: UnsafeMutablePointer<Float>

    func forward(_ output: Output, on tape: Tape) {
        LayerNormKernel.forward(
            tape.pointer(input), gain: tape.pointer(gain), bias: tape.pointer(bias), epsilon: epsilon, output.value,
            mean: statistics, scale: statistics + output.rows, rows: output.rows, columns: output.columns)
    }

    func backward(_ output: Output, on tape: Tape) {
        let (rows, columns) = (output.rows, output.columns)
        // Where one of them is a constant, its gradient goes to memory that nobody reads.
        let unused = tape.borrowed((rows + 2) * columns)
        let isUsed = tape.needsGradient(input)
        let (target, isNew) = isUsed ? tape.gradientStorage(input) : (unused + 2 * columns, true)
        LayerNormKernel.backward(
            output.gradient, tape.pointer(input), gain: tape.pointer(gain), mean: statistics,
            scale: statistics + rows, target, gainSlope: tape.needsGradient(gain) ? tape.gradientPointer(gain) : unused,
            biasSlope: tape.needsGradient(bias) ? tape.gradientPointer(bias) : unused + columns, rows: rows,
            columns: columns, adding: !isNew)
        tape.giveBack(unused, (rows + 2) * columns)
    }
}

extension Tape {
    /// gain · (x − mean) / √(variance + epsilon) + bias for each row x of `input` [rows, columns].
    ///
    /// - Parameters:
    ///   - gain: [1, columns].
    ///   - bias: [1, columns].
    /// - Returns: [rows, columns]. Source: Ba et al., arXiv 1607.06450, equations 3 and 4.
    public func layerNorm(_ input: Variable, gain: Variable, bias: Variable, epsilon: Float = 1e-5) -> Variable {
        let (rows, columns) = shape(of: input)
        precondition(
            shape(of: gain) == (1, columns) && shape(of: bias) == (1, columns),
            "gain and bias are one row as long as those they are for")
        return record(
            LayerNormalisation(
                input: input, gain: gain, bias: bias, epsilon: epsilon, statistics: scratch(2 * rows)),
            rows: rows, columns: columns,
            needsGradient: needsGradient(input) || needsGradient(gain) || needsGradient(bias))
    }
}
