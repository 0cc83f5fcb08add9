import CVector

/// Attention of the tokens of short sequences to one another, for inference: what `AttentionKernel` computes, by kernels that
/// take one head of one sequence at a time through the first cache.
///
/// A head of a post is a product of some 25 × 32 × 25 numbers, too small for a library's call: twelve heads of six layers
/// would be 144 calls a post.
///
/// Source: Vaswani et al., arXiv 1706.03762, equation 1.
struct ShortAttention: Sendable {
    typealias Input = UnsafePointer<Float>
    typealias Output = UnsafeMutablePointer<Float>

    let heads: Int
    /// Columns of a token; those of a head are a multiple of 8.
    let width: Int
    private var size: Int { width / heads }

    /// `nil` for heads whose columns are no multiple of 8.
    init?(heads: Int, width: Int) {
        guard heads > 0, width % heads == 0, (width / heads) % 8 == 0 else { return nil }
        (self.heads, self.width) = (heads, width)
    }

    /// How many numbers of scratch a sequence of `length` tokens takes.
    func scratchCount(length: Int) -> Int {
        let padded = Self.padded(length)
        return 2 * size * padded + 4 * padded
    }

    /// out [length, width] = softmax(Q Kᵀ / √size) V of one sequence, head by head.
    ///
    /// - Parameters:
    ///   - x: queries, keys and values side by side, [length, 3 · width].
    ///   - scratch: as `scratchCount` says; what it holds is not read.
    func forward(_ x: Input, _ out: Output, length: Int, scratch: Output) {
        let padded = Self.padded(length)
        let (keys, values, mass) = (scratch, scratch + size * padded, scratch + 2 * size * padded)
        for head in 0..<heads {
            let query = x + head * size
            gather(query + width, query + 2 * width, keys: keys, values: values, length, padded)
            // Four tokens at a time: at the end the last one stands in for those that are not there.
            var token = 0
            while token < length {
                let rows = (token, min(token + 1, length - 1), min(token + 2, length - 1), min(token + 3, length - 1))
                score(query, keys, mass, rows, padded)
                let shares = weigh(mass, length, padded)
                mix(mass, values, shares, out + head * size, rows, length, padded)
                token += 4
            }
        }
    }

    private static func padded(_ length: Int) -> Int { (length + 15) & ~15 }

    /// Keys by column, [size, padded], with zeros behind the last one; values by row, [length, size].
    private func gather(
        _ key: Input, _ value: Input, keys: Output, values: Output, _ length: Int, _ padded: Int
    ) {
        let stride = 3 * width
        var token = 0
        while token &+ 8 <= length {
            for column in Swift.stride(from: 0, to: size, by: 8) {
                lab_transpose_eight(
                    key + (token &* stride &+ column), stride, keys + (column &* padded &+ token), padded)
            }
            token &+= 8
        }
        for column in 0..<size {
            let line = keys + column &* padded
            for rest in token..<length { line[rest] = key[rest &* stride &+ column] }
            for rest in length..<padded { line[rest] = 0 }
        }
        for token in 0..<length {
            let (source, target) = (value + token &* stride, values + token &* size)
            for column in Swift.stride(from: 0, to: size, by: 8) {
                Kernels.store(Kernels.load(source + column), target + column)
            }
        }
    }

    /// Products of four queries with all keys, [4, padded].
    @inline(never)
    private func score(_ query: Input, _ keys: Input, _ mass: Output, _ rows: (Int, Int, Int, Int), _ padded: Int) {
        let stride = 3 * width
        let (q0, q1) = (query + rows.0 &* stride, query + rows.1 &* stride)
        let (q2, q3) = (query + rows.2 &* stride, query + rows.3 &* stride)
        var place = 0
        while place < padded {
            var (a0, a1, b0, b1) = (Lanes(), Lanes(), Lanes(), Lanes())
            var (c0, c1, d0, d1) = (Lanes(), Lanes(), Lanes(), Lanes())
            var key = keys + place
            for column in 0..<size {
                let (low, high) = (Kernels.load(key), Kernels.load(key + 8))
                let (a, b) = (Lanes(repeating: q0[column]), Lanes(repeating: q1[column]))
                let (c, d) = (Lanes(repeating: q2[column]), Lanes(repeating: q3[column]))
                a0 = a0.addingProduct(a, low)
                a1 = a1.addingProduct(a, high)
                b0 = b0.addingProduct(b, low)
                b1 = b1.addingProduct(b, high)
                c0 = c0.addingProduct(c, low)
                c1 = c1.addingProduct(c, high)
                d0 = d0.addingProduct(d, low)
                d1 = d1.addingProduct(d, high)
                key += padded
            }
            let target = mass + place
            Kernels.store(a0, target)
            Kernels.store(a1, target + 8)
            Kernels.store(b0, target + padded)
            Kernels.store(b1, target + (padded &+ 8))
            Kernels.store(c0, target + 2 &* padded)
            Kernels.store(c1, target + (2 &* padded &+ 8))
            Kernels.store(d0, target + 3 &* padded)
            Kernels.store(d1, target + (3 &* padded &+ 8))
            place &+= 16
        }
    }

    /// Scores become e^(scale · (score − largest)), 0 behind the last key; what each row is to be multiplied with.
    @inline(never)
    private func weigh(_ mass: Output, _ length: Int, _ padded: Int) -> SIMD4<Float> {
        let scale = Lanes(repeating: 1 / Float(size).squareRoot())
        var shares = SIMD4<Float>()
        for row in 0..<4 {
            let line = mass + row &* padded
            for place in length..<padded { line[place] = -.infinity }
            let largest = Lanes(repeating: Kernels.maximum(line, padded))
            var (first, second) = (Lanes(), Lanes())
            var place = 0
            while place < padded {
                let low = FloatMath.decay((Kernels.load(line + place) - largest) * scale)
                let high = FloatMath.decay((Kernels.load(line + (place &+ 8)) - largest) * scale)
                Kernels.store(low, line + place)
                Kernels.store(high, line + (place &+ 8))
                first += low
                second += high
                place &+= 16
            }
            shares[row] = 1 / Kernels.total(first + second)
        }
        return shares
    }

    /// Four rows of out = shares · mass · values.
    private func mix(
        _ mass: Input, _ values: Input, _ shares: SIMD4<Float>, _ out: Output, _ rows: (Int, Int, Int, Int),
        _ length: Int, _ padded: Int
    ) {
        // The last pair first: where a row stands in for one that is not there, both write the same numbers.
        mixPair(
            mass + 2 &* padded, values, shares[2], shares[3], out + rows.2 &* width, out + rows.3 &* width, length,
            padded)
        mixPair(mass, values, shares[0], shares[1], out + rows.0 &* width, out + rows.1 &* width, length, padded)
    }

    @inline(never)
    private func mixPair(
        _ mass: Input, _ values: Input, _ first: Float, _ second: Float, _ out: Output, _ other: Output, _ length: Int,
        _ padded: Int
    ) {
        var column = 0
        while column &+ 32 <= size {
            var (a0, a1, a2, a3) = (Lanes(), Lanes(), Lanes(), Lanes())
            var (b0, b1, b2, b3) = (Lanes(), Lanes(), Lanes(), Lanes())
            var value = values + column
            for token in 0..<length {
                let (a, b) = (Lanes(repeating: mass[token]), Lanes(repeating: mass[padded &+ token]))
                let (v0, v1) = (Kernels.load(value), Kernels.load(value + 8))
                let (v2, v3) = (Kernels.load(value + 16), Kernels.load(value + 24))
                a0 = a0.addingProduct(a, v0)
                a1 = a1.addingProduct(a, v1)
                a2 = a2.addingProduct(a, v2)
                a3 = a3.addingProduct(a, v3)
                b0 = b0.addingProduct(b, v0)
                b1 = b1.addingProduct(b, v1)
                b2 = b2.addingProduct(b, v2)
                b3 = b3.addingProduct(b, v3)
                value += size
            }
            Kernels.store(b0 * second, other + column)
            Kernels.store(b1 * second, other + (column &+ 8))
            Kernels.store(b2 * second, other + (column &+ 16))
            Kernels.store(b3 * second, other + (column &+ 24))
            Kernels.store(a0 * first, out + column)
            Kernels.store(a1 * first, out + (column &+ 8))
            Kernels.store(a2 * first, out + (column &+ 16))
            Kernels.store(a3 * first, out + (column &+ 24))
            column &+= 32
        }
        while column < size {
            var (a, b) = (Lanes(), Lanes())
            for token in 0..<length {
                let value = Kernels.load(values + (token &* size &+ column))
                a = a.addingProduct(Lanes(repeating: mass[token]), value)
                b = b.addingProduct(Lanes(repeating: mass[padded &+ token]), value)
            }
            Kernels.store(b * second, other + column)
            Kernels.store(a * first, out + column)
            column &+= 8
        }
    }
}
