/// The states of a GRU after each token of packed sequences.
struct GRURecurrence: Operation {
    let gates: Variable
    let weight: Variable
    let bias: Variable
    let rows: UnsafeMutablePointer<Int32>
    let widths: UnsafeMutablePointer<Int32>
    let steps: Int
    let sequences: Int
    let width: Int
    /// Gates of all tokens for the way back; `nil` where there is none.
    let saved: UnsafeMutablePointer<Float>?

    private func kernel(_ tape: Tape) -> GRUKernel {
        GRUKernel(multiplier: tape.multiplier, rows: rows, widths: widths, steps: steps, width: width)
    }

    func forward(_ output: Output, on tape: Tape) {
        let scratch = tape.borrowed(sequences * 4 * width + 4 * width)
        kernel(tape).forward(
            gates: tape.pointer(gates), weight: tape.pointer(weight), bias: tape.pointer(bias), output.value,
            saved: saved ?? scratch + sequences * 4 * width, keepsAll: saved != nil, state: scratch,
            part: scratch + sequences * width)
        tape.giveBack(scratch, sequences * 4 * width + 4 * width)
    }

    func backward(_ output: Output, on tape: Tape) {
        guard let saved else { return }
        let tokens = output.rows
        let count = tokens * 7 * width + sequences * width
        let scratch = tape.borrowed(count)
        let (parts, before) = (scratch, scratch + tokens * 3 * width)
        let (unused, state) = (before + tokens * width, before + tokens * 4 * width)
        let (target, isNew) = tape.needsGradient(gates) ? tape.gradientStorage(gates) : (unused, true)
        kernel(tape).backward(
            saved: saved, value: output.value, slope: output.gradient, weight: tape.pointer(weight), target: target,
            replaces: isNew, partSlopes: parts, before: before, state: state)
        if tape.needsGradient(weight) {
            let (target, isNew) = tape.gradientStorage(weight)
            tape.gemm(true, false, 3 * width, width, tokens, parts, before, isNew ? 0 : 1, target)
        }
        if tape.needsGradient(bias) {
            BiasKernels.backward(
                .identity, value: parts, gradient: parts, bias: tape.gradientPointer(bias), tokens, 3 * width)
        }
        tape.giveBack(scratch, count)
    }
}

extension Tape {
    /// The states of a GRU after each token; see `GRU`.
    ///
    /// - Parameters:
    ///   - gates: the input's part of the gates, x W_iᵀ + b_i [tokens, 3 · width].
    ///   - weight: W_h [3 · width, width].
    ///   - bias: b_h [1, 3 · width].
    ///   - fromEnd: whether sequences are read from their last token to their first.
    /// - Returns: [tokens, width].
    func recurrence(
        _ gates: Variable, weight: Variable, bias: Variable, sequences: PackedSequences, fromEnd: Bool
    ) -> Variable {
        let width = shape(of: weight).columns
        precondition(
            shape(of: gates) == (sequences.tokens, 3 * width) && shape(of: weight).rows == 3 * width
                && shape(of: bias) == (1, 3 * width), "a GRU has three gates for each of its states")
        let needs = needsGradient(gates) || needsGradient(weight) || needsGradient(bias)
        let steps = fromEnd ? sequences.backwardSteps : sequences.forwardSteps
        return record(
            GRURecurrence(
                gates: gates, weight: weight, bias: bias, rows: copied(steps.rows), widths: copied(steps.widths),
                steps: steps.widths.count, sequences: sequences.count, width: width,
                saved: needs ? scratch(sequences.tokens * 4 * width) : nil),
            rows: sequences.tokens, columns: width, needsGradient: needs)
    }
}
