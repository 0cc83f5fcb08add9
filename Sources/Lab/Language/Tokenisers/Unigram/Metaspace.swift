/// Writes spaces as ▁ and cuts before each: Hugging Face's `Metaspace`, alone or behind `WhitespaceSplit`.
struct Metaspace: Sendable {
    enum Prepending: String, Sendable {
        case always, first, never
    }

    /// The mark as UTF-8, usually ▁ (U+2581).
    var mark: [UInt8] = [0xE2, 0x96, 0x81]
    var prepending = Prepending.always
    /// Whether the text is cut before each mark.
    var splits = true
    /// Whether the text is cut at white space first, which goes.
    var splitsAtWhitespace = false

    /// Calls `body` with each word of `text`.
    ///
    /// - Parameter isFirst: whether the text stands at the very beginning.
    func words(of text: UTF8Bytes, isFirst: Bool, _ body: (UTF8Bytes) -> Void) {
        guard splitsAtWhitespace else { return markWords(text, isFirst: isFirst, body) }
        var place = text.startIndex
        var start = place
        while place < text.endIndex {
            let (value, length) = text.scalar(at: place)
            if Unicode.Scalar(value)?.properties.isWhitespace ?? false {
                markWords(text[start..<place], isFirst: isFirst && start == text.startIndex, body)
                start = place + length
            }
            place += length
        }
        markWords(text[start..<place], isFirst: isFirst && start == text.startIndex, body)
    }

    private func markWords(_ text: UTF8Bytes, isFirst: Bool, _ body: (UTF8Bytes) -> Void) {
        guard !text.isEmpty else { return }
        var marked: [UInt8] = []
        marked.reserveCapacity(text.count + 8)
        for byte in text {
            if byte == 0x20 { marked += mark } else { marked.append(byte) }
        }
        if prepending == .always || prepending == .first && isFirst, !marked.starts(with: mark) {
            marked.insert(contentsOf: mark, at: 0)
        }
        marked.withUTF8Bytes { marked in
            guard splits else { return body(marked) }
            var start = marked.startIndex
            var place = start
            while place < marked.endIndex {
                if place > start, marked[place...].starts(with: mark) {
                    body(marked[start..<place])
                    start = place
                }
                place += UTF8Bytes.length(lead: marked[place])
            }
            body(marked[start..<place])
        }
    }
}
