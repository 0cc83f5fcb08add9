/// The byte-pair model of SentencePiece: beginning with characters, the pair whose union has the highest score is united,
/// the leftmost of equals, until no union is a piece.
///
/// Source: `Model::SampleEncode` in `bpe_model.cc` of SentencePiece, without dropout.
struct SentencePieceBytePairs: Sendable {
    let vocabulary: SentencePieceVocabulary

    /// A stretch of the text; `previous` and `next` are indices, or -1.
    struct Symbol {
        var start: Int
        var end: Int
        var previous: Int
        var next: Int
        /// User-defined, never united with others.
        let isFrozen: Bool

        var count: Int { end - start }
    }

    /// A pair that may be united.
    struct Pair: Comparable {
        let score: Float
        let left: Int32
        let right: Int32
        let size: Int

        @inline(__always)
        static func < (a: Pair, b: Pair) -> Bool { a.score != b.score ? a.score > b.score : a.left < b.left }
    }

    /// Calls `body` with the pieces of `text`, which is not empty, in order.
    func cut(_ text: UTF8Bytes, _ body: (_ id: Int32, _ range: Range<Int>) -> Void) {
        var work = Work(vocabulary: vocabulary, text: text)
        work.merge()
        var index = 0
        while index >= 0 {
            let symbol = work.symbols[index]
            work.resegment(symbol.start..<symbol.end, depth: 0, body)
            index = symbol.next
        }
    }

    /// A text in the course of being united.
    struct Work {
        let vocabulary: SentencePieceVocabulary
        let text: UTF8Bytes
        var symbols: [Symbol] = []
        private var agenda = BinaryHeap<Pair>()
        /// What an unused piece was united from, by its text.
        private var origins: [[UInt8]: (Range<Int>, Range<Int>)] = [:]

        /// `resegment` goes no deeper, as in the original.
        private static let deepest = 100

        init(vocabulary: SentencePieceVocabulary, text: UTF8Bytes) {
            self.vocabulary = vocabulary
            self.text = text
            symbols.reserveCapacity(text.count)
            var place = text.startIndex
            while place < text.endIndex {
                let match = vocabulary.userDefined.longest(in: text[place...])
                let end = min(place + (match?.length ?? UTF8Bytes.length(lead: text[place])), text.endIndex)
                let index = symbols.count
                symbols.append(
                    Symbol(
                        start: place, end: end, previous: index - 1, next: end < text.endIndex ? index + 1 : -1,
                        isFrozen: match != nil))
                place = end
            }
        }

        mutating func merge() {
            for index in symbols.indices.dropFirst() { propose(index - 1, index) }
            while let pair = agenda.pop() {
                let left = Int(pair.left)
                let right = Int(pair.right)
                let united = symbols[left].count + symbols[right].count
                guard symbols[left].count > 0, symbols[right].count > 0, united == pair.size else { continue }
                let next = symbols[right].next
                symbols[left].end = symbols[right].end
                symbols[left].next = next
                if next >= 0 { symbols[next].previous = left }
                symbols[right].start = symbols[right].end
                propose(symbols[left].previous, left)
                propose(left, next)
            }
        }

        private mutating func propose(_ left: Int, _ right: Int) {
            guard left >= 0, right >= 0, !symbols[left].isFrozen, !symbols[right].isFrozen else { return }
            let range = symbols[left].start..<symbols[right].end
            guard let id = vocabulary.pieces.value(of: text[range]) else { return }
            agenda.push(
                Pair(
                    score: vocabulary.scores[Int(id)], left: Int32(left), right: Int32(right), size: range.count))
            if vocabulary.kinds[Int(id)] == .unused {
                origins[Array(text[range])] = (
                    symbols[left].start..<symbols[left].end, symbols[right].start..<symbols[right].end
                )
            }
        }

        /// An unused piece falls back into what it was united from, and so on.
        func resegment(_ range: Range<Int>, depth: Int, _ body: (Int32, Range<Int>) -> Void) {
            guard let id = vocabulary.pieces.value(of: text[range]) else { return body(vocabulary.unknown, range) }
            guard vocabulary.kinds[Int(id)] == .unused, depth <= Work.deepest else { return body(id, range) }
            guard let (left, right) = origins[Array(text[range])] else { return body(vocabulary.unknown, range) }
            resegment(left, depth: depth + 1, body)
            resegment(right, depth: depth + 1, body)
        }
    }
}
