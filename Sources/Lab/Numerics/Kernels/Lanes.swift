/// Eight numbers that are computed side by side: one vector register.
typealias Lanes = SIMD8<Float>

extension Lanes {
    /// Without sign.
    @inline(__always)
    var size: Lanes { unsafeBitCast(unsafeBitCast(self, to: SIMD8<UInt32>.self) & 0x7FFF_FFFF, to: Lanes.self) }

    /// The larger of each number and `bound`; what is not a number stays so.
    @inline(__always)
    func atLeast(_ bound: Float) -> Lanes {
        let bound = Lanes(repeating: bound)
        return replacing(with: bound, where: self .< bound)
    }

    /// The smaller of each number and `bound`; what is not a number stays so.
    @inline(__always)
    func atMost(_ bound: Float) -> Lanes {
        let bound = Lanes(repeating: bound)
        return replacing(with: bound, where: self .> bound)
    }

    /// The bits as integers, shifted to the left by 23: what makes a power of two of a rounded exponent.
    @inline(__always)
    var bitsAsExponent: Lanes { unsafeBitCast(unsafeBitCast(self, to: SIMD8<UInt32>.self) &<< 23, to: Lanes.self) }

    /// Zero in place of the first `count`, between 0 and 8.
    @inline(__always)
    func without(first count: Int) -> Lanes {
        unsafeBitCast(unsafeBitCast(self, to: SIMD8<Int32>.self) & ~Self.isBelow(count), to: Lanes.self)
    }

    /// The first `count`, between 0 and 8, and zero in place of the others.
    @inline(__always)
    func first(_ count: Int) -> Lanes {
        unsafeBitCast(unsafeBitCast(self, to: SIMD8<Int32>.self) & Self.isBelow(count), to: Lanes.self)
    }

    /// All bits of the first `count` lanes: comparisons of integers do not become vector code, the sign of a
    /// difference does.
    @inline(__always)
    private static func isBelow(_ count: Int) -> SIMD8<Int32> {
        let numbers = SIMD8<Int32>(0, 1, 2, 3, 4, 5, 6, 7)
        return (numbers &- SIMD8<Int32>(repeating: Int32(truncatingIfNeeded: count))) &>> 31
    }
}
