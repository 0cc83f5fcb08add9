import LabNumerics

/// Uniform places below a bound, without bias, several from each random word of 64 bits.
///
/// A word times the bound has a place in its upper half and fresh randomness in its lower half, which gives the next
/// place; a word whose last lower half falls under 2⁶⁴ mod boundᵏ is drawn again, which makes all k places uniform.
/// Source: Brackett-Rozinsky and Lemire, "Batched Ranged Random Integer Generation", Software: Practice and Experience
/// 55(1), 2025.
struct IndexDraws {
    private var stream: RandomStream
    private var words = [UInt64](repeating: 0, count: 1_024)
    private var position = 1_024
    private let bound: UInt64
    /// Places from one word, such that boundᵏ ≤ 2⁵⁶: then one word in 256 at most needs a look at the remainder.
    private let placesOfWord: Int
    /// boundᵏ
    private let product: UInt64

    /// - Parameter bound: positive.
    init(_ stream: RandomStream, below bound: Int) {
        self.stream = stream
        self.bound = UInt64(bound)
        let bits = max(1, Int.bitWidth - (bound - 1).leadingZeroBitCount)
        let places = min(8, max(1, 56 / bits))
        // Each number of places is a loop of its own; seven has none.
        placesOfWord = places == 7 ? 6 : places
        product = (0..<placesOfWord).reduce(1) { product, _ in product &* UInt64(bound) }
    }

    /// Replaces `places` by draws.
    mutating func fill(_ places: inout [Int]) {
        places.withUnsafeMutableBufferPointer { places in
            var next = 0
            drawEach(places.count) { _, place in
                places[next] = place
                next &+= 1
            }
        }
    }

    /// The sum of `count` drawn elements.
    mutating func sum(_ values: UnsafeBufferPointer<Double>, count: Int) -> Double {
        // As many running sums as places in a word, so that no addition waits for the one before.
        var sums = InlineArray<8, Double>(repeating: 0)
        drawEach(count) { lane, place in sums[lane] += values[place] }
        return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
    }

    /// The sums of `count` drawn pairs.
    mutating func sum(_ values: UnsafeBufferPointer<SIMD2<Double>>, count: Int) -> SIMD2<Double> {
        var sums = InlineArray<8, SIMD2<Double>>(repeating: .zero)
        drawEach(count) { lane, place in sums[lane] += values[place] }
        return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
    }

    @inline(__always)
    private mutating func drawEach(_ count: Int, _ body: (_ lane: Int, _ place: Int) -> Void) {
        switch placesOfWord {
        case 1: draw(count, each: 1, body)
        case 2: draw(count, each: 2, body)
        case 3: draw(count, each: 3, body)
        case 4: draw(count, each: 4, body)
        case 5: draw(count, each: 5, body)
        case 6: draw(count, each: 6, body)
        default: draw(count, each: 8, body)
        }
    }

    @inline(__always)
    private mutating func draw(_ count: Int, each: Int, _ body: (_ lane: Int, _ place: Int) -> Void) {
        let bound = bound
        let product = product
        var places = InlineArray<8, UInt64>(repeating: 0)
        var rest = count
        while rest > 0 {
            if position == words.count {
                stream.fillWords(&words)
                position = 0
            }
            let steps = min(words.count - position, (rest + each - 1) / each)
            words.withUnsafeBufferPointer { words in
                for step in position..<position + steps {
                    var low = words[step]
                    for lane in 0..<each { (places[lane], low) = bound.multipliedFullWidth(by: low) }
                    if low < product, low < (0 &- product) % product {
                        continue
                    }
                    if rest >= each {
                        for lane in 0..<each { body(lane, Int(truncatingIfNeeded: places[lane])) }
                        rest &-= each
                    } else {
                        for lane in 0..<rest { body(lane, Int(truncatingIfNeeded: places[lane])) }
                        rest = 0
                    }
                }
            }
            position += steps
        }
    }
}
