/// Attention within one sequence for inference: kernels of our own where a head's columns allow, library calls elsewhere.
///
/// Source: Vaswani et al., arXiv 1706.03762, equation 1.
package struct InferenceAttention: Sendable {
    package typealias Input = UnsafePointer<Float>
    package typealias Output = UnsafeMutablePointer<Float>

    private let heads: Int
    private let width: Int
    private let short: ShortAttention?

    /// - Parameters:
    ///   - heads: how many blocks of columns attend on their own; it divides `width`.
    ///   - width: the columns of a token.
    package init(heads: Int, width: Int) {
        (self.heads, self.width) = (heads, width)
        short = ShortAttention(heads: heads, width: width)
    }

    /// How many numbers of scratch a sequence of `length` tokens takes.
    package func scratchCount(length: Int) -> Int { short?.scratchCount(length: length) ?? length * length }

    /// out [length, width] = softmax(Q Kᵀ / √(width / heads)) V of one sequence, head by head.
    ///
    /// - Parameters:
    ///   - x: queries, keys and values side by side, [length, 3 · width].
    ///   - scratch: as `scratchCount` says; what it holds is not read.
    package func forward(_ x: Input, _ out: Output, length: Int, scratch: Output) {
        if let short { return short.forward(x, out, length: length, scratch: scratch) }
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2) { starts in
            (starts[0], starts[1]) = (0, Int32(length))
            guard let place = starts.baseAddress else { return }
            AttentionKernel(
                multiplier: GEMM.current, starts: place, sequences: 1, heads: heads, width: width, isCausal: false
            ).forward(x, out, probabilities: scratch, keepsProbabilities: false)
        }
    }
}
