/// A text that is being copied from one buffer to another, with a note of each place that is not copied as it is.
struct Rewriting {
    let source: UnsafeBufferPointer<UInt8>
    var result: [UInt8] = []
    var map = TextMap()
    /// What was found, in offsets of `source`.
    var findings: [NormalisedText.Finding] = []
    /// Something was rewritten that may lie beside what it has to be read with: the text must be read again.
    var mustRepeat = false
    /// Where the last hashtag ended.
    var endOfHashtag = -1
    private var copied = 0

    init(_ source: UnsafeBufferPointer<UInt8>) { self.source = source }

    var isUnchanged: Bool { map.edits.isEmpty }

    /// Copies all up to `position`.
    @inline(__always)
    mutating func copy(to position: Int) {
        guard position > copied else { return }
        if copied == 0, result.isEmpty { result.reserveCapacity(source.count + 16) }
        result.append(contentsOf: source[copied..<position])
        copied = position
    }

    /// Replaces a part; one that stays the same is no edit.
    mutating func replace(_ range: Range<Int>, with bytes: some Collection<UInt8>) {
        guard !source[range].elementsEqual(bytes) else { return }
        copy(to: range.lowerBound)
        let start = result.count
        result.append(contentsOf: bytes)
        map.edits.append(TextMap.Edit(source: range, result: start..<result.count))
        copied = range.upperBound
    }

    /// Replaces a part with words that stand apart from what is beside them.
    mutating func replace(_ range: Range<Int>, withWords words: String, _ kind: NormalisedText.Finding.Kind) {
        findings.append(NormalisedText.Finding(kind: kind, source: range, words: words))
        copy(to: range.lowerBound)
        var bytes: [UInt8] = []
        if let last = result.last, last != 0x20 { bytes.append(0x20) }
        bytes += words.utf8
        if range.upperBound < source.count, source[range.upperBound] != 0x20 { bytes.append(0x20) }
        replace(range, with: bytes)
        mustRepeat = true
    }

    mutating func finish() -> [UInt8] {
        copy(to: source.count)
        return result
    }
}
