/// Which buckets of character sequences a pruned model kept, and the row of each.
///
/// One bit a bucket and one count for 64 of them: two loads answer, and both tables fit into a processor's second cache.
struct FastTextBuckets: Sendable {
    /// Of all sequences' hashes, kept or not.
    let count: UInt32
    private var bits: [UInt64]
    private var before: [Int32]

    /// - Parameter kept: ascending bucket numbers below `count`.
    init(count: UInt32, kept: [UInt32]) {
        self.count = count
        bits = Array(repeating: 0, count: Int(count) / 64 + 1)
        before = Array(repeating: 0, count: bits.count)
        for bucket in kept { bits[Int(bucket >> 6)] |= 1 << UInt64(bucket & 63) }
        var sum: Int32 = 0
        for index in bits.indices {
            before[index] = sum
            sum += Int32(bits[index].nonzeroBitCount)
        }
    }

    /// The rank of the bucket among those kept; `nil` where it was pruned.
    @inline(__always)
    func rank(_ bucket: UInt32) -> Int32? {
        let (word, bit) = (Int(bucket >> 6), UInt64(bucket & 63))
        let mask = bits[word]
        guard mask >> bit & 1 == 1 else { return nil }
        return before[word] + Int32((mask & ((1 << bit) - 1)).nonzeroBitCount)
    }
}
