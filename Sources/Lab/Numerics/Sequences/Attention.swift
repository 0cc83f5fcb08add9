/// Attention of the tokens of packed sequences to one another.
struct Attention: Operation {
    let input: Variable
    let starts: UnsafeMutablePointer<Int32>
    let sequences: Int
    let longest: Int
    let heads: Int
    let width: Int
    let isCausal: Bool
    /// One square of probabilities for each sequence and head, for the way back; `nil` where there is none.
    let probabilities: UnsafeMutablePointer<Float>?

    private func kernel(_ tape: Tape) -> AttentionKernel {
        AttentionKernel(
            multiplier: tape.multiplier, starts: starts, sequences: sequences, heads: heads, width: width,
            isCausal: isCausal)
    }

    func forward(_ output: Output, on tape: Tape) {
        if let probabilities {
            kernel(tape).forward(
                tape.pointer(input), output.value, probabilities: probabilities, keepsProbabilities: true)
        } else {
            let scratch = tape.borrowed(longest * longest)
            kernel(tape).forward(tape.pointer(input), output.value, probabilities: scratch, keepsProbabilities: false)
            tape.giveBack(scratch, longest * longest)
        }
    }

    func backward(_ output: Output, on tape: Tape) {
        guard let probabilities else { return }
        let (target, isNew) = tape.gradientStorage(input)
        let scratch = tape.borrowed(longest * longest)
        kernel(tape).backward(
            tape.pointer(input), probabilities: probabilities, output.gradient, target, scratch: scratch,
            replaces: isNew)
        tape.giveBack(scratch, longest * longest)
    }
}

extension Tape {
    /// softmax(Q Kᵀ / √(width / heads)) V within each sequence, head by head.
    ///
    /// - Parameters:
    ///   - input: queries, keys and values side by side, [tokens, 3 · width].
    ///   - sequences: which rows belong together; a token sees its own sequence only.
    ///   - heads: how many blocks of columns attend on their own; it divides width.
    ///   - isCausal: whether a token sees itself and what is before it only.
    /// - Returns: [tokens, width]. Source: Vaswani et al., arXiv 1706.03762, section 3.2.
    public func attention(
        _ input: Variable, sequences: PackedSequences, heads: Int, isCausal: Bool = false
    ) -> Variable {
        let (tokens, columns) = shape(of: input)
        precondition(tokens == sequences.tokens, "attention needs one row for each token")
        precondition(heads > 0 && columns % (3 * heads) == 0, "attention's width is a multiple of its heads")
        let needs = needsGradient(input)
        let kept = needs ? scratch(AttentionKernel.probabilityCount(sequences, heads: heads)) : nil
        return record(
            Attention(
                input: input, starts: copied(sequences.starts), sequences: sequences.count,
                longest: sequences.longest, heads: heads, width: columns / 3, isCausal: isCausal,
                probabilities: kept),
            rows: tokens, columns: columns / 3, needsGradient: needs)
    }
}
