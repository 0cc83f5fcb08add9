/// A fastText model's words and character sequences, and the row of the input matrix that each has.
struct FastTextVocabulary: Sendable {
    /// Words stand in the first rows of the input matrix.
    let wordCount: Int
    let wordGrams: Int
    let shortest: Int
    let longest: Int
    /// The number of hashes of sequences.
    let bucketCount: UInt32
    /// `nil` where every bucket has its row.
    let kept: FastTextBuckets?
    /// A model that was pruned to words alone.
    let hasNoSequences: Bool
    /// All words and labels, one after the other.
    private let text: [UInt8]
    private let starts: [Int32]
    /// Open addressing by hash; -1 is free.
    private let slots: [Int32]

    init(
        entries: [UnsafeRawBufferPointer], wordCount: Int, settings: FastTextSettings, kept: FastTextBuckets?,
        hasNoSequences: Bool
    ) {
        self.wordCount = wordCount
        self.kept = kept
        self.hasNoSequences = hasNoSequences
        wordGrams = settings.wordGrams
        shortest = settings.shortest
        longest = settings.longest
        bucketCount = UInt32(max(1, settings.buckets))
        var text: [UInt8] = []
        var starts: [Int32] = [0]
        for entry in entries {
            text += entry
            starts.append(Int32(text.count))
        }
        var size = 16
        while size < entries.count * 2 { size *= 2 }
        var slots = [Int32](repeating: -1, count: size)
        for (index, entry) in entries.enumerated() {
            var slot = Int(FastTextVocabulary.hash(entry.bindMemory(to: UInt8.self))) & (size - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(index)
        }
        self.text = text
        self.starts = starts
        self.slots = slots
    }

    /// FNV-1a of 32 bits, but with bytes taken as signed, as all published models were trained.
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        for byte in bytes { hash = step(hash, byte) }
        return hash
    }

    @inline(__always)
    static func step(_ hash: UInt32, _ byte: UInt8) -> UInt32 {
        (hash ^ UInt32(truncatingIfNeeded: Int8(bitPattern: byte))) &* 16_777_619
    }

    /// The number of the word or label, words first; `nil` where it is not known.
    func number(_ token: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Int? {
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            let (start, end) = (Int(starts[index]), Int(starts[index + 1]))
            if end - start == token.count, text[start..<end].elementsEqual(token) { return index }
            slot = (slot + 1) & mask
        }
        return nil
    }
}
