/// Attention within packed sequences with dropout of its probabilities.
struct TrainedAttention: Operation {
    let input: Variable
    let starts: UnsafeMutablePointer<Int32>
    let sequences: Int
    let longest: Int
    let heads: Int
    let width: Int
    let probabilities: UnsafeMutablePointer<Float>
    /// Probabilities times their mask; `nil` without dropout.
    let kept: UnsafeMutablePointer<Float>?

    private var kernel: TrainedAttentionKernel {
        TrainedAttentionKernel(
            starts: starts, sequences: sequences, longest: longest, heads: heads, width: width)
    }

    private var scratchCount: Int {
        TrainedAttentionKernel.scratchCount(longest: longest, width: width, heads: heads)
    }

    func forward(_ output: Output, on tape: Tape) {
        let scratch = tape.borrowed(scratchCount)
        kernel.forward(
            tape.pointer(input), output.value, probabilities: probabilities, kept: kept, scratch: scratch)
        tape.giveBack(scratch, scratchCount)
    }

    func backward(_ output: Output, on tape: Tape) {
        let (target, isNew) = tape.gradientStorage(input)
        let scratch = tape.borrowed(scratchCount)
        kernel.backward(
            tape.pointer(input), probabilities: probabilities, kept: kept, output.gradient, target, scratch: scratch,
            replaces: isNew)
        tape.giveBack(scratch, scratchCount)
    }
}

extension Tape {
    /// (softmax(Q Kᵀ / √(width / heads)) ∘ mask) V within each sequence, head by head: attention as encoders are trained.
    ///
    /// - Parameters:
    ///   - input: queries, keys and values side by side, [tokens, 3 · width].
    ///   - heads: how many blocks of columns attend on their own; it divides width.
    ///   - dropout: of the probabilities, with a mask for `step` of the training.
    /// - Returns: [tokens, width]. Source: Vaswani et al., arXiv 1706.03762, section 3.2.
    public func attention(
        _ input: Variable, sequences: PackedSequences, heads: Int, dropout: Dropout, step: Int
    ) -> Variable {
        let (tokens, columns) = shape(of: input)
        precondition(tokens == sequences.tokens, "attention needs one row for each token")
        precondition(heads > 0 && columns % (3 * heads) == 0, "attention's width is a multiple of its heads")
        let count = TrainedAttentionKernel.probabilityCount(sequences, heads: heads)
        var kept: UnsafeMutablePointer<Float>?
        if dropout.probability > 0 {
            let mask = scratch(Dropout.maskCapacity(count))
            dropout.fill(mask, count, step: step)
            kept = mask
        }
        return record(
            TrainedAttention(
                input: input, starts: copied(sequences.starts), sequences: sequences.count,
                longest: sequences.longest, heads: heads, width: columns / 3, probabilities: scratch(count),
                kept: kept),
            rows: tokens, columns: columns / 3, needsGradient: needsGradient(input))
    }
}
