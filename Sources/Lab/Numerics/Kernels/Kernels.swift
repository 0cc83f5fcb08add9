/// Loops over contiguous memory that the compiler turns into vector code, and sums with a fixed order of addition.
enum Kernels {
    typealias Input = UnsafePointer<Float>
    typealias Output = UnsafeMutablePointer<Float>

    /// out[i] = function(x[i]).
    @inline(__always)
    static func map(_ x: Input, _ out: Output, _ count: Int, _ function: (Float) -> Float) {
        for index in 0..<count { out[index] = function(x[index]) }
    }

    /// out[i] += factor · x[i].
    static func add(_ x: Input, times factor: Float, to out: Output, _ count: Int) {
        for index in 0..<count { out[index] = out[index].addingProduct(factor, x[index]) }
    }

    /// The sum, in eight interleaved partial sums that are added pairwise: one order on every machine.
    static func sum(_ x: Input, _ count: Int) -> Float { sum(x, count) { $0 } }

    /// The inner product, in the order of `sum`.
    static func dot(_ x: Input, _ y: Input, _ count: Int) -> Float {
        var partial = SIMD8<Float>()
        var index = 0
        while index &+ 8 <= count {
            partial.addProduct(load(x + index), load(y + index))
            index &+= 8
        }
        var rest: Float = 0
        while index < count {
            rest = rest.addingProduct(x[index], y[index])
            index &+= 1
        }
        return total(partial) + rest
    }

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

    @inline(__always)
    static func sum(_ x: Input, _ count: Int, _ function: (SIMD8<Float>) -> SIMD8<Float>) -> Float {
        var partial = SIMD8<Float>()
        var index = 0
        while index &+ 8 <= count {
            partial += function(load(x + index))
            index &+= 8
        }
        var last = SIMD8<Float>()
        for lane in 0..<(count - index) { last[lane] = x[index + lane] }
        return total(partial + last)
    }

    @inline(__always)
    static func load(_ pointer: Input) -> SIMD8<Float> {
        UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Float>.self)
    }

    @inline(__always)
    static func total(_ partial: SIMD8<Float>) -> Float {
        let four = partial.lowHalf + partial.highHalf
        let two = four.lowHalf + four.highHalf
        return two[0] + two[1]
    }
}
