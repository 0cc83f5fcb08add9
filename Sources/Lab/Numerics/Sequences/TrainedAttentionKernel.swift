/// Attention and its way back over many short sequences, head by head in registers and the first cache, with dropout of
/// what a token sees of another.
///
/// Queries, keys and values lie side by side, [tokens, 3 · width]. Each head's part is copied to blocks whose sides are
/// filled up with zeros to whole registers: rows of a sequence to a multiple of 4, columns to one of 8.
///
/// Source: Vaswani et al., arXiv 1706.03762, equation 1; dropout of the probabilities as in BERT.
struct TrainedAttentionKernel {
    typealias Input = UnsafePointer<Float>
    typealias Output = UnsafeMutablePointer<Float>

    let starts: UnsafePointer<Int32>
    let sequences: Int
    let longest: Int
    let heads: Int
    let width: Int

    private var size: Int { width / heads }
    private var paddedSize: Int { (size + 7) & ~7 }
    private var scale: Float { 1 / Float(size).squareRoot() }

    private static func rows(_ length: Int) -> Int { (length + 3) & ~3 }
    private static func columns(_ length: Int) -> Int { (length + 7) & ~7 }

    /// How many numbers the probabilities of all heads take.
    static func probabilityCount(_ sequences: PackedSequences, heads: Int) -> Int {
        sequences.lengths.reduce(0) { $0 + rows($1) * columns($1) } * heads
    }

    /// How many numbers `forward` and `backward` need as scratch.
    static func scratchCount(longest: Int, width: Int, heads: Int) -> Int {
        let (side, size) = (columns(longest), (width / heads + 7) & ~7)
        return 6 * side * size + 2 * side * side
    }

    /// out [tokens, width] = (softmax(scale · Q Kᵀ) ∘ mask) V.
    ///
    /// - Parameters:
    ///   - probabilities: receives the softmax of each sequence and head.
    ///   - kept: holds the mask and receives the product of the two; `nil` without dropout.
    func forward(_ x: Input, _ out: Output, probabilities: Output, kept: Output?, scratch: Output) {
        let (side, size) = (Self.columns(longest), paddedSize)
        let (query, key) = (scratch, scratch + side * size)
        let (value, result) = (scratch + 2 * side * size, scratch + 3 * side * size)
        var place = 0
        for sequence in 0..<sequences {
            let (start, length) = (Int(starts[sequence]), Int(starts[sequence + 1] - starts[sequence]))
            let (rows, columns) = (Self.rows(length), Self.columns(length))
            for head in 0..<heads {
                let source = x + start * 3 * width + head * self.size
                copy(source, query, length, rows)
                transpose(source + width, key, length)
                copy(source + 2 * width, value, length, columns)
                let mass = probabilities + place
                HeadProduct.multiply(
                    rows, columns, size, query, rowStride: size, stepStride: 1, key, mass)
                normalise(mass, length, rows, columns)
                let seen = kept.map { $0 + place } ?? mass
                if kept != nil { Elementwise.multiply(mass, seen, seen, rows * columns) }
                HeadProduct.multiply(rows, size, length, seen, rowStride: columns, stepStride: 1, value, result)
                let target = out + start * width + head * self.size
                for row in 0..<length {
                    (target + row * width).update(from: result + row * size, count: self.size)
                }
                place += rows * columns
            }
        }
    }

    private func normalise(_ mass: Output, _ length: Int, _ rows: Int, _ columns: Int) {
        for row in 0..<length {
            let line = mass + row * columns
            Softmax.row(line, line, length, scale: scale)
            for column in length..<columns { line[column] = 0 }
        }
        (mass + length * columns).update(repeating: 0, count: (rows - length) * columns)
    }

    /// Adds to `target` [tokens, 3 · width] what the gradient `slope` [tokens, width] means for queries, keys and values;
    /// where `replaces` is true it is overwritten.
    func backward(
        _ x: Input, probabilities: Input, kept: Input?, _ slope: Input, _ target: Output, scratch: Output,
        replaces: Bool
    ) {
        let (side, size) = (Self.columns(longest), paddedSize)
        func block(_ index: Int) -> Output { scratch + index * side * size }
        let (query, key, value, slopes, result) = (block(0), block(1), block(2), block(3), block(4))
        let masses = block(6)
        var place = 0
        for sequence in 0..<sequences {
            let (start, length) = (Int(starts[sequence]), Int(starts[sequence + 1] - starts[sequence]))
            let (rows, columns) = (Self.rows(length), Self.columns(length))
            for head in 0..<heads {
                let offset = start * 3 * width + head * self.size
                copy(x + offset, query, length, rows)
                copy(x + offset + width, key, length, columns)
                transpose(x + offset + 2 * width, value, length)
                copy(slope + start * width + head * self.size, slopes, length, rows, stride: width)
                let mass = probabilities + place
                let seen = kept.map { $0 + place } ?? mass
                HeadProduct.multiply(rows, columns, size, slopes, rowStride: size, stepStride: 1, value, masses)
                slopesOfSoftmax(mass, seen, masses, length, columns)
                HeadProduct.multiply(rows, size, length, masses, rowStride: columns, stepStride: 1, key, result)
                give(result, target + offset, length, replaces)
                HeadProduct.multiply(rows, size, length, masses, rowStride: 1, stepStride: columns, query, result)
                give(result, target + offset + width, length, replaces)
                HeadProduct.multiply(rows, size, length, seen, rowStride: 1, stepStride: columns, slopes, result)
                give(result, target + offset + 2 * width, length, replaces)
                place += rows * columns
            }
        }
    }

    /// `masses`, the slopes of what is seen, become those of scale · Q Kᵀ's entries before the softmax.
    private func slopesOfSoftmax(
        _ mass: Input, _ seen: Input, _ masses: Output, _ length: Int, _ columns: Int
    ) {
        let scale = Lanes(repeating: scale)
        for row in 0..<length {
            let (p, d, g) = (mass + row * columns, seen + row * columns, masses + row * columns)
            let inner = Lanes(repeating: Kernels.dot(d, g, columns))
            @inline(__always)
            func passed(_ p: Lanes, _ d: Lanes, _ g: Lanes) -> Lanes { scale * (d * g - p * inner) }
            Kernels.map(p, d, g, g, columns, passed)
        }
    }

    /// One head's part as a block [rows, padded size].
    private func copy(_ source: Input, _ target: Output, _ length: Int, _ rows: Int, stride: Int? = nil) {
        let (stride, size) = (stride ?? 3 * width, paddedSize)
        for row in 0..<length {
            let (line, part) = (target + row * size, source + row * stride)
            line.update(from: part, count: self.size)
            for column in self.size..<size { line[column] = 0 }
        }
        (target + length * size).update(repeating: 0, count: (rows - length) * size)
    }

    /// One head's part as a block [padded size, columns].
    private func transpose(_ source: Input, _ target: Output, _ length: Int) {
        let columns = Self.columns(length)
        for column in 0..<length {
            let part = source + column &* 3 &* width
            var place = column
            for row in 0..<size {
                target[place] = part[row]
                place &+= columns
            }
        }
        for row in 0..<size { for column in length..<columns { target[row * columns + column] = 0 } }
        (target + size * columns).update(repeating: 0, count: (paddedSize - size) * columns)
    }

    private func give(_ block: Input, _ target: Output, _ length: Int, _ replaces: Bool) {
        for row in 0..<length {
            let (line, part) = (target + row * 3 * width, block + row * paddedSize)
            if replaces {
                line.update(from: part, count: size)
            } else {
                Kernels.add(part, times: 1, to: line, size)
            }
        }
    }
}
