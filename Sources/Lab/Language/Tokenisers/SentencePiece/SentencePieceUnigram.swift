/// The unigram model: of all ways to cut a text into pieces the one with the greatest sum of scores.
///
/// Sums are single precision, and of equals the one that begins earlier stays:
/// `Model::EncodeOptimized` in `unigram_model.cc` of SentencePiece. Source of the model: Kudo 2018, arXiv:1804.10959.
struct SentencePieceUnigram: Sendable {
    private let vocabulary: SentencePieceVocabulary
    /// The score of each piece, -∞ for one that is not used.
    private let scores: [Float]
    private let isUserDefined: [Bool]
    private let hasUserDefined: Bool
    private let unknownScore: Float

    init(_ vocabulary: SentencePieceVocabulary) {
        self.vocabulary = vocabulary
        var least = Float.greatestFiniteMagnitude
        for (score, kind) in zip(vocabulary.scores, vocabulary.kinds) where kind == .normal {
            least = min(least, score)
        }
        unknownScore = least - 10
        scores = zip(vocabulary.scores, vocabulary.kinds).map { $1 == .unused ? -.infinity : $0 }
        isUserDefined = vocabulary.kinds.map { $0 == .userDefined }
        hasUserDefined = isUserDefined.contains(true)
    }

    /// The best way that ends at a byte.
    private struct Node {
        var score: Float = 0
        var start: Int32 = -1
        var id: Int32 = -1
    }

    /// Calls `body` with the pieces of `text`, the last one first.
    func cutBackwards(_ text: UTF8Bytes, _ body: (_ id: Int32, _ range: Range<Int>) -> Void) {
        let count = text.count
        withUnsafeTemporaryAllocation(of: Node.self, capacity: count + 1) { nodes in
            nodes.initialize(repeating: Node())
            var start = 0
            var frontier = 0
            while start < count {
                if abs(nodes[start].score) > SentencePieceUnigram.largestSum {
                    lower(nodes, from: start, to: frontier)
                }
                start &+= extend(nodes, from: start, in: text, &frontier)
            }
            var end = count
            while end > 0 {
                let node = nodes[end]
                let start = Int(node.start)
                body(node.id, text.startIndex + start..<text.startIndex + end)
                end = start
            }
        }
    }

    /// Sums beyond this are counted from anew, so that single precision suffices in long texts.
    private static let largestSum: Float = 100_000

    /// Counts the sums that are still needed from the one at `start`.
    private func lower(_ nodes: UnsafeMutableBufferPointer<Node>, from start: Int, to frontier: Int) {
        let offset = nodes[start].score
        for index in start...max(start, frontier) where index == start || nodes[index].start >= 0 {
            nodes[index].score -= offset
        }
    }

    /// Tries all pieces that begin at `start`.
    ///
    /// - Parameter frontier: the last byte at which a piece ends so far.
    /// - Returns: the number of bytes of the character there.
    @inline(__always)
    private func extend(
        _ nodes: UnsafeMutableBufferPointer<Node>, from start: Int, in text: UTF8Bytes, _ frontier: inout Int
    ) -> Int {
        let here = nodes[start].score
        let base = text.startIndex
        let length = UTF8Bytes.length(lead: text[base &+ start])
        var hasSingle = false
        var node = ByteTrie.root
        var place = start
        while place < nodes.count &- 1, let step = vocabulary.pieces.step(from: node, text[base &+ place]) {
            node = step.node
            place &+= 1
            guard step.isEnd else { continue }
            let id = vocabulary.pieces.values[Int(node)]
            let score: Float
            if hasUserDefined, isUserDefined[Int(id)] {
                score = Float(0.1 * Double(place &- start &- 1))
            } else {
                score = scores[Int(id)]
                guard score > -.infinity else { continue }
            }
            frontier = max(frontier, place)
            let candidate = score + here
            if nodes[place].start < 0 || candidate > nodes[place].score {
                nodes[place] = Node(score: candidate, start: Int32(start), id: id)
            }
            if place &- start == length { hasSingle = true }
        }
        if !hasSingle {
            frontier = max(frontier, start &+ length)
            let candidate = unknownScore + here
            if nodes[start &+ length].start < 0 || candidate > nodes[start &+ length].score {
                nodes[start &+ length] = Node(score: candidate, start: Int32(start), id: vocabulary.unknown)
            }
        }
        return length
    }
}
