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
}
