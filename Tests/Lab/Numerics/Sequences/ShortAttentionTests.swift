import Testing

@testable import LabNumerics

@Suite("Attention for inference")
struct ShortAttentionTests {
    /// Softmax and products in Double, by their definition.
    private static func plain(_ x: [Float], length: Int, heads: Int, width: Int) -> [Float] {
        let (size, stride) = (width / heads, 3 * width)
        var out = [Float](repeating: 0, count: length * width)
        for head in 0..<heads {
            for token in 0..<length {
                let query = token * stride + head * size
                let scores = (0..<length).map { other in
                    (0..<size).reduce(0.0) {
                        $0 + Double(x[query + $1]) * Double(x[other * stride + width + head * size + $1])
                    } / Double(size).squareRoot()
                }
                let largest = scores.max() ?? 0
                let weights = scores.map { power($0 - largest) }
                let sum = weights.reduce(0, +)
                for column in 0..<size {
                    let value = (0..<length).reduce(0.0) {
                        $0 + weights[$1] * Double(x[$1 * stride + 2 * width + head * size + column])
                    }
                    out[token * width + head * size + column] = Float(value / sum)
                }
            }
        }
        return out
    }

    /// eˣ of a number not above 0, by its series at x / 1024.
    private static func power(_ x: Double) -> Double {
        let part = x / 1_024
        var (term, sum) = (1.0, 1.0)
        for order in 1..<20 {
            term *= part / Double(order)
            sum += term
        }
        return (0..<10).reduce(sum) { value, _ in value * value }
    }

    @Test(
        "Every length and width of heads gives what the definition gives",
        arguments: [(1, 8), (2, 32), (3, 24), (2, 40), (1, 64), (2, 72), (3, 12)])
    func definition(heads: Int, size: Int) {
        let width = heads * size
        let attention = InferenceAttention(heads: heads, width: width)
        var stream = RandomStream(seed: 6, name: "attention")
        for length in [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 25, 33, 64, 71] {
            let x = (0..<length * 3 * width).map { _ in Float(stream.nextInt(below: 2_001)) / 500 - 2 }
            // What the scratch held before must not matter.
            var scratch = [Float](repeating: .nan, count: attention.scratchCount(length: length))
            var out = [Float](repeating: .nan, count: length * width + 1)
            scratch.withUnsafeMutableBufferPointer { scratch in
                out.withUnsafeMutableBufferPointer { out in
                    x.withUnsafeBufferPointer { x in
                        if let x = x.baseAddress, let out = out.baseAddress, let scratch = scratch.baseAddress {
                            attention.forward(x, out, length: length, scratch: scratch)
                        }
                    }
                }
            }
            let wanted = Self.plain(x, length: length, heads: heads, width: width)
            let worst = zip(out, wanted).map { ($0 - $1).magnitude }.max() ?? .infinity
            #expect(worst < 1e-5, "\(length) tokens")
            #expect(out[length * width].isNaN, "nothing is written behind the end")
        }
    }

    @Test("Scores of any size give finite shares")
    func extremes() {
        let attention = InferenceAttention(heads: 1, width: 8)
        var x = [Float](repeating: 0, count: 3 * 24)
        for place in 0..<8 { (x[place], x[24 + 8 + place], x[48 + 8 + place]) = (1e4, 1e4, -1e4) }
        for place in 0..<8 { (x[16 + place], x[24 + 16 + place], x[48 + 16 + place]) = (1, 2, 3) }
        var scratch = [Float](repeating: 0, count: attention.scratchCount(length: 3))
        var out = [Float](repeating: 0, count: 24)
        x.withUnsafeBufferPointer { x in
            scratch.withUnsafeMutableBufferPointer { scratch in
                out.withUnsafeMutableBufferPointer { out in
                    if let x = x.baseAddress, let out = out.baseAddress, let scratch = scratch.baseAddress {
                        attention.forward(x, out, length: 3, scratch: scratch)
                    }
                }
            }
        }
        #expect(out.prefix(8).allSatisfy { $0 == 2 }, "the first token sees the second alone")
        #expect(out.dropFirst(8).allSatisfy { abs($0 - 2) < 1e-6 }, "the others see all alike")
    }
}
