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
        let words = Self.rounds(counter[0], counter[1], counter[2], counter[3], key[0], key[1])
        return SIMD4(words.0, words.1, words.2, words.3)
    }

    /// The words of the blocks `first` ..< `first` + 8 of the counter whose upper half is `nonce`, in order.
    func eightBlocks(from first: UInt64, nonce: SIMD2<UInt32>, into words: inout InlineArray<32, UInt32>) {
        let (n0, n1, k0, k1) = (nonce[0], nonce[1], key[0], key[1])
        withUnsafeMutableBytes(of: &words) { bytes in
            guard let words = bytes.baseAddress?.assumingMemoryBound(to: UInt32.self) else { return }
            // Independent blocks in a plain loop over scalars: the compiler puts one in each vector lane.
            for lane in 0..<8 {
                let index = first &+ UInt64(lane)
                let block = Self.rounds(
                    UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index &>> 32), n0, n1, k0, k1)
                words[4 * lane] = block.0
                words[4 * lane + 1] = block.1
                words[4 * lane + 2] = block.2
                words[4 * lane + 3] = block.3
            }
        }
    }

    @inlinable
    @inline(__always)
    static func rounds(
        _ counter0: UInt32, _ counter1: UInt32, _ counter2: UInt32, _ counter3: UInt32, _ key0: UInt32, _ key1: UInt32
    ) -> (UInt32, UInt32, UInt32, UInt32) {
        var (c0, c1, c2, c3, k0, k1) = (counter0, counter1, counter2, counter3, key0, key1)
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
        return (c0, c1, c2, c3)
    }
}
