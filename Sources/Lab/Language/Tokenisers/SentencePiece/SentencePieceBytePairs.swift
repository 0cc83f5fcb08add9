/// The byte-pair model of SentencePiece: beginning with characters, the pair whose union has the highest score is united,
/// the leftmost of equals, until no union is a piece.
///
/// Source: `Model::SampleEncode` in `bpe_model.cc` of SentencePiece, without dropout.
struct SentencePieceBytePairs: Sendable {
    private let vocabulary: SentencePieceVocabulary

    init(_ vocabulary: SentencePieceVocabulary) { self.vocabulary = vocabulary }

    /// A stretch of the text; `previous` and `next` are indices, or -1.
    private struct Symbol {
        var range: Range<Int>
        var previous: Int
        var next: Int
        /// User-defined, never united with others.
        let isFrozen: Bool
    }

    /// A pair that may be united.
    private struct Pair: Comparable {
        let score: Float
        let left: Int
        let right: Int
        let size: Int

        static func < (a: Pair, b: Pair) -> Bool { a.score != b.score ? a.score > b.score : a.left < b.left }
    }

    /// How an unused piece came about, by its text's place.
    private typealias Origins = [[UInt8]: (Range<Int>, Range<Int>)]

    /// Calls `body` with the pieces of `text` in order.
    func cut(_ text: UTF8Bytes, _ body: (_ id: Int32, _ range: Range<Int>) -> Void) {
        var symbols = characters(of: text)
        var agenda = BinaryHeap<Pair>()
        var origins: Origins = [:]
        func propose(_ left: Int, _ right: Int) {
            guard left >= 0, right >= 0, !symbols[left].isFrozen, !symbols[right].isFrozen else { return }
            let range = symbols[left].range.lowerBound..<symbols[right].range.upperBound
            guard let id = vocabulary.pieces.value(of: text[range]) else { return }
            agenda.push(Pair(score: vocabulary.scores[Int(id)], left: left, right: right, size: range.count))
            if vocabulary.kinds[Int(id)] == .unused {
                origins[Array(text[range])] = (symbols[left].range, symbols[right].range)
            }
        }
        for index in symbols.indices.dropFirst() { propose(index - 1, index) }
        while let pair = agenda.pop() {
            let left = symbols[pair.left].range
            let right = symbols[pair.right].range
            guard !left.isEmpty, !right.isEmpty, left.count + right.count == pair.size else { continue }
            symbols[pair.left].range = left.lowerBound..<right.upperBound
            symbols[pair.left].next = symbols[pair.right].next
            if symbols[pair.right].next >= 0 { symbols[symbols[pair.right].next].previous = pair.left }
            symbols[pair.right].range = right.upperBound..<right.upperBound
            propose(symbols[pair.left].previous, pair.left)
            propose(pair.left, symbols[pair.left].next)
        }
        var index = symbols.isEmpty ? -1 : 0
        while index >= 0 {
            resegment(symbols[index].range, of: text, origins, body)
            index = symbols[index].next
        }
    }

    private func characters(of text: UTF8Bytes) -> [Symbol] {
        var symbols: [Symbol] = []
        var place = text.startIndex
        while place < text.endIndex {
            let match = vocabulary.userDefined.longest(in: text[place...])
            let end = place + (match?.length ?? UTF8Bytes.length(lead: text[place]))
            let index = symbols.count
            symbols.append(
                Symbol(
                    range: place..<end, previous: index - 1, next: end < text.endIndex ? index + 1 : -1,
                    isFrozen: match != nil))
            place = end
        }
        return symbols
    }

    /// An unused piece falls back into what it was united from, and so on.
    private func resegment(
        _ range: Range<Int>, of text: UTF8Bytes, _ origins: Origins, _ body: (Int32, Range<Int>) -> Void
    ) {
        let bytes = text[range]
        let id = vocabulary.reserved.value(of: bytes) ?? vocabulary.pieces.value(of: bytes) ?? vocabulary.unknown
        if vocabulary.kinds[Int(id)] == .unused, let (left, right) = origins[Array(bytes)], !left.isEmpty,
            !right.isEmpty, left.count + right.count == range.count
        {
            resegment(left, of: text, origins, body)
            resegment(right, of: text, origins, body)
        } else {
            body(id, range)
        }
    }
}
