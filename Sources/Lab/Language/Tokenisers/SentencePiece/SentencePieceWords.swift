/// The pieces of words met before: a table of fixed size, in which a new word replaces the one whose place it takes.
///
/// What it gives is always what cutting the word would give: words are compared as a whole, and `SentencePieceUnigram`
/// keeps only those whose pieces hang on nothing else.
final class SentencePieceWords {
    /// Longer words and words of more pieces are not kept.
    static let longest = 24
    static let mostPieces = 8

    /// A word without its mark.
    struct Key {
        let low: UInt64
        let middle: UInt64
        let high: UInt64
        /// Its length, whether a mark stands before it, and that it is a word.
        let tag: UInt64

        /// The word of `count` ≤ 24 bytes at `start`, behind which 24 bytes may be read.
        @inline(__always)
        init(_ start: UnsafePointer<UInt8>, _ count: Int, isMarked: Bool) {
            let raw = UnsafeRawPointer(start)
            @inline(__always)
            func word(_ offset: Int) -> UInt64 {
                let value = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                let bytes = count &- offset
                return bytes >= 8 ? value : bytes <= 0 ? 0 : value & (1 &<< UInt64(8 &* bytes) &- 1)
            }
            low = word(0)
            middle = count > 8 ? word(8) : 0
            high = count > 16 ? word(16) : 0
            tag = UInt64(count) | (isMarked ? 0x100 : 0) | 0x200
        }

        @inline(__always)
        var place: Int {
            var hash = (low ^ tag &<< 40) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash &>> 32
            hash = (hash ^ middle ^ high &* 0xC2B2_AE3D_27D4_EB4F) &* 0xD6E8_FEB8_6659_FD93
            return Int(truncatingIfNeeded: hash &>> UInt64(64 &- SentencePieceWords.bits))
        }
    }

    /// A word and its pieces: one cache line.
    struct Entry {
        var low: UInt64
        var middle: UInt64
        var high: UInt64
        /// The key's tag and, from bit 16 on, the number of pieces.
        var tag: UInt64
        var ids: SIMD8<Int32>
    }

    private static let bits = 12
    private let entries: UnsafeMutablePointer<Entry>

    init() {
        let count = 1 << Self.bits
        entries = UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<Entry>.stride, alignment: 64)
            .bindMemory(to: Entry.self, capacity: count)
        entries.initialize(repeating: Entry(low: 0, middle: 0, high: 0, tag: 0, ids: .zero), count: count)
    }

    deinit { UnsafeMutableRawPointer(entries).deallocate() }

    /// The pieces of the word `key`, if it is here; they stay until the next word is kept.
    @inline(__always)
    func pieces(of key: Key) -> UnsafeBufferPointer<Int32>? {
        let entry = entries + key.place
        guard entry.pointee.low == key.low, entry.pointee.middle == key.middle, entry.pointee.high == key.high,
            entry.pointee.tag & 0xFFFF == key.tag
        else { return nil }
        let ids = UnsafeRawPointer(entry).advanced(by: 32).assumingMemoryBound(to: Int32.self)
        return UnsafeBufferPointer(start: ids, count: Int(entry.pointee.tag &>> 16))
    }

    /// Keeps the `count` ≤ 8 pieces of the word `key`.
    func keep(_ ids: UnsafePointer<Int32>, _ count: Int, for key: Key) {
        var pieces = SIMD8<Int32>.zero
        for index in 0..<count { pieces[index] = ids[index] }
        entries[key.place] = Entry(
            low: key.low, middle: key.middle, high: key.high, tag: key.tag | UInt64(count) << 16, ids: pieces)
    }
}
