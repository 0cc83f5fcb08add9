/// A unigram tokeniser from a `tokenizer.json`, as XLM-RoBERTa has.
///
/// Gives the ids of Hugging Face's `tokenizers` 0.23.3, which differ from SentencePiece's in numbering (XLM-R's ids are
/// shifted), in the map of characters (see `TextRewriter`) and in the arithmetic (double precision).
public final class UnigramTokeniser: SubwordTokeniser {
    public let vocabularySize: Int
    public let prefix: [Int32]
    public let suffix: [Int32]

    private let rewriters: [TextRewriter]
    private let metaspace: Metaspace
    private let pieces: DoubleArray
    private let scores: [Double]
    private let unknown: Int32
    private let unknownScore: Double
    /// The piece of each byte where the model falls back to bytes and has it; -1 otherwise.
    private let bytes: [Int32]
    private let added: AddedTokens
    private let addedNormalised: AddedTokens

    /// A piece's text and the logarithm of its probability; the place in the list is the id.
    struct Piece: Sendable {
        let text: [UInt8]
        let score: Double
    }

    /// - Throws: `LanguageError.badTokeniser` where there are too many pieces or the unknown one is none of them.
    init(
        _ list: [Piece], unknown: Int, byteFallback: Bool, rewriters: [TextRewriter], metaspace: Metaspace,
        frame: TokeniserFrame, file: String
    ) throws {
        guard list.indices.contains(unknown) else {
            throw LanguageError.badTokeniser(file: file, reason: "the unknown piece has the number \(unknown)")
        }
        var pieces = ByteTrie()
        for (index, piece) in list.enumerated() where !piece.text.isEmpty {
            guard pieces.insert(piece.text, value: Int32(index)) else {
                throw LanguageError.badTokeniser(file: file, reason: "it has too many pieces")
            }
        }
        self.pieces = DoubleArray(pieces)
        scores = list.map(\.score)
        self.unknown = Int32(unknown)
        unknownScore = (scores.min() ?? 0) - 10
        bytes = (0..<256).map { byte in
            guard byteFallback else { return -1 }
            let digits = String(byte, radix: 16, uppercase: true)
            return pieces.value(of: "<0x\(byte < 16 ? "0" : "")\(digits)>".utf8) ?? -1
        }
        self.rewriters = rewriters
        self.metaspace = metaspace
        prefix = frame.prefix
        suffix = frame.suffix
        vocabularySize = max(list.count, frame.largestID + 1)
        var normalised: [AddedToken] = []
        for var token in frame.added where token.normalised {
            token.content = rewriters.reduce(token.content) { $1.apply(to: $0) }
            normalised.append(token)
        }
        added = AddedTokens(frame.added.filter { !$0.normalised })
        addedNormalised = AddedTokens(normalised)
    }

    public func append(_ text: String, to ids: inout [Int32]) {
        text.withUTF8Bytes { bytes in
            added.split(bytes) { part in
                switch part {
                case .token(let id): ids.append(id)
                case .text(let range): appendText(bytes[range], isFirst: range.lowerBound == bytes.startIndex, to: &ids)
                }
            }
        }
    }

    private func appendText(_ text: UTF8Bytes, isFirst: Bool, to ids: inout [Int32]) {
        rewriters.reduce(Array(text)) { $1.apply(to: $0) }.withUTF8Bytes { bytes in
            addedNormalised.split(bytes) { part in
                switch part {
                case .token(let id): ids.append(id)
                case .text(let range):
                    let isFirst = isFirst && range.lowerBound == bytes.startIndex
                    metaspace.words(of: bytes[range], isFirst: isFirst) { appendWord($0, to: &ids) }
                }
            }
        }
    }

    /// The best way that ends at a byte.
    private struct Node {
        var score: Double = 0
        var start = -1
        var id: Int32 = -1
    }

    private func appendWord(_ word: UTF8Bytes, to ids: inout [Int32]) {
        let count = word.count
        let before = ids.count
        withUnsafeTemporaryAllocation(of: Node.self, capacity: count + 1) { nodes in
            nodes.initialize(repeating: Node())
            var start = 0
            while start < count { start += extend(nodes, from: start, in: word) }
            var end = count
            while end > 0 {
                let node = nodes[end]
                var start = node.start
                guard node.id == unknown else {
                    ids.append(node.id)
                    end = start
                    continue
                }
                // A run of unknown pieces is one.
                while start > 0, nodes[start].id == unknown { start = nodes[start].start }
                appendUnknown(word[word.startIndex + start..<word.startIndex + end], to: &ids)
                end = start
            }
        }
        ids[before...].reverse()
    }

    /// Appends what a run of unknown pieces becomes, backwards.
    private func appendUnknown(_ run: UTF8Bytes, to ids: inout [Int32]) {
        if let id = pieces.value(of: run) {
            ids.append(id)
        } else if run.allSatisfy({ bytes[Int($0)] >= 0 }) {
            for byte in run.reversed() { ids.append(bytes[Int(byte)]) }
        } else {
            ids.append(unknown)
        }
    }

    /// Tries all pieces that begin at `start`.
    ///
    /// - Returns: the number of bytes of the character there.
    private func extend(_ nodes: UnsafeMutableBufferPointer<Node>, from start: Int, in word: UTF8Bytes) -> Int {
        let here = nodes[start].score
        let base = word.startIndex
        let length = UTF8Bytes.length(lead: word[base &+ start])
        var hasSingle = false
        let pieces = pieces.view
        var node = pieces.root
        var place = start
        func offer(_ score: Double, _ id: Int32, at end: Int) {
            if nodes[end].start < 0 || score > nodes[end].score {
                nodes[end] = Node(score: score, start: start, id: id)
            }
        }
        while place < nodes.count &- 1 {
            let byte = word[base &+ place]
            let unit = pieces.unit(node, byte)
            guard unit.follows(byte) else { break }
            node = unit.base
            place &+= 1
            let id = unit.value
            guard id >= 0 else { continue }
            offer(scores[id] + here, Int32(truncatingIfNeeded: id), at: place)
            if place &- start == length { hasSingle = true }
        }
        if !hasSingle { offer(unknownScore + here, unknown, at: start &+ length) }
        return length
    }
}
