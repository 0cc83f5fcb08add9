/// Random words that are looked up by row and column instead of drawn in turn: what a row gets depends on its number
/// alone, so that rows can be computed in any order, together or apart, without a stream for each.
///
/// The words are `Philox`'s under the key of the stream's child `field`: the counter is block, column and row. A cell
/// (row, column) has 2³² blocks of four words.
public struct RandomField: Sendable {
    @usableFromInline let generator: Philox

    /// The field of a stream; it does not depend on what was drawn from the stream.
    public init(_ stream: RandomStream) { generator = stream.child("field").generator }

    /// Writes 16 · `groups` words of a cell: its blocks 4 · `first` and on.
    ///
    /// - Parameter words: room for 16 · `groups` words.
    public func fill(
        _ words: UnsafeMutablePointer<UInt32>, groups: Int, row: UInt64, column: UInt32, first: UInt32 = 0
    ) {
        let wide = UnsafeMutableRawPointer(words)
        let lanes = SIMD4<UInt64>(0, 1, 2, 3)
        for group in 0..<groups {
            let block = UInt64(first &+ UInt32(truncatingIfNeeded: group)) &* 4
            let (low, high) = Self.rounds(
                lanes &+ SIMD4(repeating: block), UInt64(column), row & 0xFFFF_FFFF, row &>> 32, generator.key)
            wide.storeBytes(of: low, toByteOffset: 64 &* group, as: SIMD4<UInt64>.self)
            wide.storeBytes(of: high, toByteOffset: 64 &* group &+ 32, as: SIMD4<UInt64>.self)
        }
    }

    /// Ten rounds on four counters; the 32-bit state stays in lanes of 64 bits, whose upper halves are ignored.
    @inline(__always)
    private static func rounds(
        _ blocks: SIMD4<UInt64>, _ column: UInt64, _ rowLow: UInt64, _ rowHigh: UInt64, _ key: SIMD2<UInt32>
    ) -> (SIMD4<UInt64>, SIMD4<UInt64>) {
        let mask = SIMD4<UInt64>(repeating: 0xFFFF_FFFF)
        var (c0, c1) = (blocks, SIMD4(repeating: column))
        var (c2, c3) = (SIMD4(repeating: rowLow), SIMD4(repeating: rowHigh))
        for round in 0..<10 as Range<UInt64> {
            let left = (c0 & mask) &* SIMD4(repeating: 0xD251_1F53)
            let right = (c2 & mask) &* SIMD4(repeating: 0xCD9E_8D57)
            c0 = (right &>> 32) ^ c1 ^ SIMD4(repeating: UInt64(key[0]) &+ round &* 0x9E37_79B9)
            c2 = (left &>> 32) ^ c3 ^ SIMD4(repeating: UInt64(key[1]) &+ round &* 0xBB67_AE85)
            c1 = right
            c3 = left
        }
        return ((c0 & mask) | (c1 &<< 32), (c2 & mask) | (c3 &<< 32))
    }
}
