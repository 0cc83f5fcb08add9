/// Cuts a text as GPT-2's pattern does, by hand:
/// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
///
/// Every character falls into a piece. Source: `encoder.py` of github.com/openai/gpt-2.
struct GPT2Splitter: Sendable {
    private typealias Kind = UnicodeCategories.Kind

    /// The kind of each character up to U+FFFF.
    private static let kinds: [UInt8] = (UInt32(0)...0xFFFF).map {
        (Unicode.Scalar($0).map(UnicodeCategories.kind) ?? .other).rawValue
    }

    private let kinds = GPT2Splitter.kinds

    /// Calls `body` with each piece.
    func pieces(of text: UTF8Bytes, _ body: (UTF8Bytes) -> Void) {
        var place = text.startIndex
        while place < text.endIndex {
            let end = end(of: place, in: text)
            body(text[place..<end])
            place = end
        }
    }

    private func kind(at place: Int, in text: UTF8Bytes) -> (kind: UInt8, length: Int) {
        let (value, length) = text.scalar(at: place)
        if value < 0x10000 { return (kinds[Int(value)], length) }
        return ((Unicode.Scalar(value).map(UnicodeCategories.kind) ?? .other).rawValue, length)
    }

    /// Where the piece that begins at `place` ends.
    private func end(of place: Int, in text: UTF8Bytes) -> Int {
        if text[place] == UInt8(ascii: "'"), let end = contraction(place, in: text) { return end }
        let first = kind(at: place, in: text)
        if first.kind != Kind.space.rawValue { return runEnd(first.kind, from: place + first.length, in: text) }
        if text[place] == 0x20, place + 1 < text.endIndex {
            let second = kind(at: place + 1, in: text)
            if second.kind != Kind.space.rawValue {
                return runEnd(second.kind, from: place + 1 + second.length, in: text)
            }
        }
        // White space before a word leaves its last character to the word.
        let end = runEnd(Kind.space.rawValue, from: place + first.length, in: text)
        if end == text.endIndex { return end }
        let last = text.start(before: end)
        return last > place ? last : end
    }

    private func runEnd(_ kind: UInt8, from place: Int, in text: UTF8Bytes) -> Int {
        var place = place
        while place < text.endIndex {
            let next = self.kind(at: place, in: text)
            guard next.kind == kind else { break }
            place += next.length
        }
        return place
    }

    private func contraction(_ place: Int, in text: UTF8Bytes) -> Int? {
        let rest = text[place...].dropFirst().prefix(2)
        guard let first = rest.first else { return nil }
        switch first {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return place + 2
        default: break
        }
        for pair in ["re", "ve", "ll"] where rest.elementsEqual(pair.utf8) { return place + 3 }
        return nil
    }
}
