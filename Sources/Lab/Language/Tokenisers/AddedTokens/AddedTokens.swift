/// Finds added tokens in a text: the leftmost, and of those the longest, as `tokenizers`' `AddedVocabulary` does.
struct AddedTokens: Sendable {
    /// What a text falls into.
    enum Part {
        case text(Range<Int>)
        case token(Int32)
    }

    let tokens: [AddedToken]
    private let trie: ByteTrie
    /// Whether a token begins with a byte.
    private let begins: [Bool]

    init(_ tokens: [AddedToken]) {
        self.tokens = tokens
        var trie = ByteTrie()
        var begins = [Bool](repeating: false, count: 256)
        for (index, token) in tokens.enumerated() {
            guard let first = token.content.first else { continue }
            trie.insert(token.content, value: Int32(index))
            begins[Int(first)] = true
        }
        trie.seal()
        self.trie = trie
        self.begins = begins
    }

    /// Calls `body` with the parts of `bytes` in order; texts are not empty.
    func split(_ bytes: UTF8Bytes, _ body: (Part) -> Void) {
        guard !tokens.isEmpty, begins.withUnsafeBufferPointer({ begins in bytes.contains { begins[Int($0)] } }) else {
            if !bytes.isEmpty { body(.text(bytes.startIndex..<bytes.endIndex)) }
            return
        }
        var place = bytes.startIndex
        var textStart = place
        while place < bytes.endIndex {
            guard begins[Int(bytes[place])], let match = trie.longest(in: bytes[place...]) else {
                place += 1
                continue
            }
            let token = tokens[Int(match.value)]
            var range = place..<place + match.length
            place = range.upperBound
            if token.singleWord, touchesWord(range, in: bytes) { continue }
            if token.leftStrip { range = max(spaceStart(range.lowerBound, in: bytes), textStart)..<range.upperBound }
            if token.rightStrip { range = range.lowerBound..<spaceEnd(range.upperBound, in: bytes) }
            if textStart < range.lowerBound { body(.text(textStart..<range.lowerBound)) }
            body(.token(token.id))
            textStart = range.upperBound
        }
        if textStart < bytes.endIndex { body(.text(textStart..<bytes.endIndex)) }
    }

    private func isSpace(_ value: UInt32) -> Bool { Unicode.Scalar(value)?.properties.isWhitespace ?? false }

    private func isWord(_ value: UInt32) -> Bool { Unicode.Scalar(value).map(UnicodeCategories.isWord) ?? false }

    private func touchesWord(_ range: Range<Int>, in bytes: UTF8Bytes) -> Bool {
        if range.lowerBound > bytes.startIndex,
            isWord(bytes.scalar(at: bytes.start(before: range.lowerBound)).value)
        {
            return true
        }
        return range.upperBound < bytes.endIndex && isWord(bytes.scalar(at: range.upperBound).value)
    }

    private func spaceStart(_ place: Int, in bytes: UTF8Bytes) -> Int {
        var place = place
        while place > bytes.startIndex {
            let before = bytes.start(before: place)
            guard isSpace(bytes.scalar(at: before).value) else { break }
            place = before
        }
        return place
    }

    private func spaceEnd(_ place: Int, in bytes: UTF8Bytes) -> Int {
        var place = place
        while place < bytes.endIndex {
            let scalar = bytes.scalar(at: place)
            guard isSpace(scalar.value) else { break }
            place += scalar.length
        }
        return place
    }
}
