/// The counter-based generator Philox4x32-10: a keyed bijection of 128-bit counters.
///
/// Source: Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011, section 3.3. Checked
/// against the known-answer vectors that are published with Random123.
public struct Philox: Sendable, Hashable {
    public let key: SIMD2<UInt32>

    @inlinable
    public init(key: SIMD2<UInt32>) { self.key = key }

    /// The four 32-bit words that belong to `counter`; equal counters give equal words.
    @inlinable
    public func block(_ counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
        var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3])
        var (k0, k1) = (key[0], key[1])
        for _ in 0..<10 {
            let left = UInt64(c0) &* 0xD251_1F53
            let right = UInt64(c2) &* 0xCD9E_8D57
            c0 = UInt32(truncatingIfNeeded: right &>> 32) ^ c1 ^ k0
            c2 = UInt32(truncatingIfNeeded: left &>> 32) ^ c3 ^ k1
            c1 = UInt32(truncatingIfNeeded: right)
            c3 = UInt32(truncatingIfNeeded: left)
            // Weyl sequence: the golden ratio and √3 − 1 as 32-bit fractions.
            k0 &+= 0x9E37_79B9
            k1 &+= 0xBB67_AE85
        }
        return SIMD4(c0, c1, c2, c3)
    }

    /// The words of the blocks `first` ..< `first` + 8 of the counter whose upper half is `nonce`, in order.
    ///
    /// The same bijection as `block`, with one counter in each vector lane.
    func eightBlocks(from first: UInt64, nonce: SIMD2<UInt32>, into words: inout InlineArray<32, UInt32>) {
        let indices = SIMD8<UInt64>(repeating: first) &+ SIMD8(0, 1, 2, 3, 4, 5, 6, 7)
        let low = SIMD8<UInt64>(repeating: 0xFFFF_FFFF)
        // Each lane holds a 32-bit word in 64 bits, so that products need no conversion.
        var (c0, c1) = (indices & low, indices &>> 32)
        var (c2, c3) = (SIMD8(repeating: UInt64(nonce[0])), SIMD8(repeating: UInt64(nonce[1])))
        var (k0, k1) = (key[0], key[1])
        for _ in 0..<10 {
            let left = c0 &* SIMD8(repeating: 0xD251_1F53)
            let right = c2 &* SIMD8(repeating: 0xCD9E_8D57)
            c0 = (right &>> 32) ^ c1 ^ SIMD8(repeating: UInt64(k0))
            c2 = (left &>> 32) ^ c3 ^ SIMD8(repeating: UInt64(k1))
            c1 = right & low
            c3 = left & low
            k0 &+= 0x9E37_79B9
            k1 &+= 0xBB67_AE85
        }
        for lane in 0..<8 {
            words[4 * lane] = UInt32(truncatingIfNeeded: c0[lane])
            words[4 * lane + 1] = UInt32(truncatingIfNeeded: c1[lane])
            words[4 * lane + 2] = UInt32(truncatingIfNeeded: c2[lane])
            words[4 * lane + 3] = UInt32(truncatingIfNeeded: c3[lane])
        }
    }
}
