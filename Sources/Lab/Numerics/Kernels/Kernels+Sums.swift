// Sums and maxima of contiguous memory. The order of addition depends on the length alone: 32 interleaved partial
// sums, then eights, then what is left over; they are added pairwise.
extension Kernels {
    /// The sum.
    static func sum(_ x: Input, _ count: Int) -> Float { sum(x, count) { $0 } }

    /// The inner product.
    static func dot(_ x: Input, _ y: Input, _ count: Int) -> Float { sum(x, y, count) { $0 * $1 } }

    /// The sum of squares as a Double, for norms over many tensors.
    static func sumOfSquares(_ x: Input, _ count: Int) -> Double {
        // Blocks of 4096 keep the Float sums short; the blocks are added in Double.
        var sum = 0.0
        var start = 0
        while start < count {
            let length = min(4096, count - start)
            sum += Double(dot(x + start, x + start, length))
            start += length
        }
        return sum
    }

    /// Σ function(x[i]).
    @inline(__always)
    static func sum(_ x: Input, _ count: Int, _ function: (Lanes) -> Lanes) -> Float {
        sumOfVectors(count) {
            function(load(x + $0))
        } last: {
            function(loadLast(x, count))
        }
    }

    /// Σ function(x[i], y[i]).
    @inline(__always)
    static func sum(_ x: Input, _ y: Input, _ count: Int, _ function: (Lanes, Lanes) -> Lanes) -> Float {
        sumOfVectors(count) {
            function(load(x + $0), load(y + $0))
        } last: {
            function(loadLast(x, count), loadLast(y, count))
        }
    }

    /// Σ function(x[i], y[i], z[i]).
    @inline(__always)
    static func sum(
        _ x: Input, _ y: Input, _ z: Input, _ count: Int, _ function: (Lanes, Lanes, Lanes) -> Lanes
    ) -> Float {
        sumOfVectors(count) {
            function(load(x + $0), load(y + $0), load(z + $0))
        } last: {
            function(loadLast(x, count), loadLast(y, count), loadLast(z, count))
        }
    }

    /// The largest element; −∞ of none. What is not a number is passed over.
    static func maximum(_ x: Input, _ count: Int) -> Float {
        var largest = -Float.infinity
        guard count >= 8 else {
            for place in 0..<count { largest = x[place] > largest ? x[place] : largest }
            return largest
        }
        let start = Lanes(repeating: largest)
        var (first, second) = (start, larger(start, load(x + (count &- 8))))
        var place = 0
        while place &+ 16 <= count {
            first = larger(first, load(x + place))
            second = larger(second, load(x + (place &+ 8)))
            place &+= 16
        }
        if place &+ 8 <= count { first = larger(first, load(x + place)) }
        let eight = larger(first, second)
        for lane in 0..<8 { largest = eight[lane] > largest ? eight[lane] : largest }
        return largest
    }

    @inline(__always)
    private static func sumOfVectors(_ count: Int, _ term: (Int) -> Lanes, last: () -> Lanes) -> Float {
        var (first, second, third, fourth) = (Lanes(), Lanes(), Lanes(), Lanes())
        var place = 0
        while place &+ 32 <= count {
            first += term(place)
            second += term(place &+ 8)
            third += term(place &+ 16)
            fourth += term(place &+ 24)
            place &+= 32
        }
        while place &+ 8 <= count {
            second += term(place)
            place &+= 8
        }
        if place < count {
            // The last eight overlap what was summed already, or, where there are fewer, hold zeros behind the last.
            first += count >= 8 ? last().without(first: 8 &- (count &- place)) : last().first(count)
        }
        return total((first + third) + (second + fourth))
    }

    @inline(__always)
    private static func larger(_ left: Lanes, _ right: Lanes) -> Lanes {
        left.replacing(with: right, where: right .> left)
    }

    /// The sum of eight.
    @inline(__always)
    static func total(_ partial: Lanes) -> Float {
        let four = partial.lowHalf + partial.highHalf
        let two = four.lowHalf + four.highHalf
        return two[0] + two[1]
    }
}
