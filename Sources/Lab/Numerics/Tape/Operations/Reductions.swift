/// factor · the sum of all elements.
struct TotalSum: Operation {
    let input: Variable
    let factor: Float

    func forward(_ output: Output, on tape: Tape) {
        output.value[0] = factor * Kernels.sum(tape.pointer(input), tape.count(input))
    }

    func backward(_ output: Output, on tape: Tape) {
        let (target, isNew) = tape.gradientStorage(input)
        let (slope, count) = (factor * output.gradient[0], tape.count(input))
        if isNew {
            target.update(repeating: slope, count: count)
        } else {
            for index in 0..<count { target[index] += slope }
        }
    }
}

extension Tape {
    /// The sum of all elements, 1 × 1.
    public func sum(_ input: Variable) -> Variable { total(input, 1) }

    /// The mean of all elements, 1 × 1.
    public func mean(_ input: Variable) -> Variable { total(input, 1 / Float(max(count(input), 1))) }

    private func total(_ input: Variable, _ factor: Float) -> Variable {
        record(TotalSum(input: input, factor: factor), rows: 1, columns: 1, needsGradient: needsGradient(input))
    }
}
