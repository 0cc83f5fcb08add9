/// Scaled dot-product attention within each of several packed sequences, head by head.
///
/// Queries, keys and values lie side by side in one matrix [tokens, 3 · width], as one product with the joined weights
/// gives them; heads are blocks of columns, which the products read where they lie.
///
/// Source: Vaswani et al., arXiv 1706.03762, equation 1.
struct AttentionKernel {
    typealias Input = UnsafePointer<Float>
    typealias Output = UnsafeMutablePointer<Float>

    let multiplier: any MatrixMultiplier
    /// Where sequences begin, and the number of tokens.
    let starts: UnsafePointer<Int32>
    let sequences: Int
    let heads: Int
    let width: Int
    /// Whether a token sees itself and what is before it only.
    let isCausal: Bool

    private var size: Int { width / heads }
    private var scale: Float { 1 / Float(size).squareRoot() }
    private var stride: Int { 3 * width }

    /// How many numbers the probabilities of all heads take.
    static func probabilityCount(_ sequences: PackedSequences, heads: Int) -> Int {
        sequences.lengths.reduce(0) { $0 + $1 * $1 } * heads
    }

    /// out [tokens, width] = softmax(scale · Q Kᵀ) V; `probabilities` keeps what `backward` needs, or is used anew by
    /// each head where it is a scratch of longest² numbers.
    func forward(_ x: Input, _ out: Output, probabilities: Output, keepsProbabilities: Bool) {
        var mass = probabilities
        for sequence in 0..<sequences {
            let (start, length) = (Int(starts[sequence]), Int(starts[sequence + 1] - starts[sequence]))
            for head in 0..<heads {
                let query = x + start * stride + head * size
                let (key, value) = (query + width, query + 2 * width)
                multiplier.gemm(
                    transposeA: false, transposeB: true, m: length, n: length, k: size, alpha: 1, a: query,
                    strideA: stride, b: key, strideB: stride, beta: 0, c: mass, strideC: length)
                normalise(mass, length)
                multiplier.gemm(
                    transposeA: false, transposeB: false, m: length, n: size, k: length, alpha: 1, a: mass,
                    strideA: length, b: value, strideB: stride, beta: 0, c: out + start * width + head * size,
                    strideC: width)
                if keepsProbabilities { mass += length * length }
            }
        }
    }

    private func normalise(_ mass: Output, _ length: Int) {
        for row in 0..<length {
            let line = mass + row * length
            let seen = isCausal ? row + 1 : length
            Softmax.row(line, line, seen, scale: scale)
            (line + seen).update(repeating: 0, count: length - seen)
        }
    }

    /// Adds to `target` [tokens, 3 · width] what the gradient `slope` [tokens, width] means for queries, keys and values;
    /// where `replaces` is true it is overwritten. `scratch` holds longest² numbers.
    func backward(
        _ x: Input, probabilities: Input, _ slope: Input, _ target: Output, scratch: Output, replaces: Bool
    ) {
        let beta: Float = replaces ? 0 : 1
        var mass = probabilities
        for sequence in 0..<sequences {
            let (start, length) = (Int(starts[sequence]), Int(starts[sequence + 1] - starts[sequence]))
            for head in 0..<heads {
                let place = start * stride + head * size
                let (query, key, value) = (x + place, x + place + width, x + place + 2 * width)
                let targets = target + place
                let output = slope + start * width + head * size
                multiplier.gemm(
                    transposeA: true, transposeB: false, m: length, n: size, k: length, alpha: 1, a: mass,
                    strideA: length, b: output, strideB: width, beta: beta, c: targets + 2 * width, strideC: stride)
                multiplier.gemm(
                    transposeA: false, transposeB: true, m: length, n: length, k: size, alpha: 1, a: output,
                    strideA: width, b: value, strideB: stride, beta: 0, c: scratch, strideC: length)
                // What is not seen has probability 0 and so gets none.
                Softmax.rowsBackward(mass, scratch, scratch, length, length)
                multiplier.gemm(
                    transposeA: false, transposeB: false, m: length, n: size, k: length, alpha: scale, a: scratch,
                    strideA: length, b: key, strideB: stride, beta: beta, c: targets, strideC: stride)
                multiplier.gemm(
                    transposeA: true, transposeB: false, m: length, n: size, k: length, alpha: scale, a: scratch,
                    strideA: length, b: query, strideB: stride, beta: beta, c: targets + width, strideC: stride)
                mass += length * length
            }
        }
    }
}
