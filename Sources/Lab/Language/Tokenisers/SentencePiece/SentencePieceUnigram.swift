/// The unigram model: of all ways to cut a text into pieces the one with the greatest sum of scores.
///
/// Sums are single precision, and of equals the one that begins earlier stays:
/// `Model::EncodeOptimized` in `unigram_model.cc` of SentencePiece. Source of the model: Kudo 2018, arXiv:1804.10959.
struct SentencePieceUnigram: Sendable {
    private let vocabulary: SentencePieceVocabulary
    /// The score of each piece, -∞ for one that is not used.
    private let scores: [Float]
    private let unknownScore: Float
    /// Whether every ▁ begins a piece, so that words can be cut one after the other.
    private let cutsWords: Bool

    init(_ vocabulary: SentencePieceVocabulary) {
        self.vocabulary = vocabulary
        var least = Float.greatestFiniteMagnitude
        for (score, kind) in zip(vocabulary.scores, vocabulary.kinds) where kind == .normal {
            least = min(least, score)
        }
        unknownScore = least - 10
        scores = vocabulary.kinds.indices.map { id in
            switch vocabulary.kinds[id] {
            case .unused: -.infinity
            // So high that it is always taken.
            case .userDefined: Float(0.1 * Double(vocabulary.lengths[id] - 1))
            default: vocabulary.scores[id]
            }
        }
        cutsWords = !vocabulary.hasMarkWithin
    }

    /// What is looked up at every byte.
    private struct Tables {
        let pieces: DoubleArray.View
        let scores: UnsafePointer<Float>
    }

    /// A text in the course of being cut: what lies behind goes on into the next word.
    private struct Progress {
        /// The sum so far.
        var sum: Float = 0
        var last: Int32 = -1
        var count = 0
    }

    /// Cuts the first `count` bytes of the workspace.
    ///
    /// - Returns: the ids, which stand in the workspace.
    func cut(_ count: Int, in workspace: SentencePieceWorkspace) -> UnsafeBufferPointer<Int32> {
        workspace.reserve(nodes: count + 1)
        // What a damaged character map leaves of ▁ is not made whole by what lies behind.
        workspace.bytes[count] = 0
        let text = UnsafePointer(workspace.bytes)
        return scores.withUnsafeBufferPointer { scores in
            var progress = Progress()
            guard let scores = scores.baseAddress else { return UnsafeBufferPointer(start: nil, count: 0) }
            let tables = Tables(pieces: vocabulary.pieces.view, scores: scores)
            var start = 0
            while start < count {
                let end = cutsWords ? SentencePieceUnigram.wordEnd(text, start, count) : count
                search(text + start, end &- start, tables, workspace, &progress)
                start = end
            }
            return UnsafeBufferPointer(start: workspace.ids, count: progress.count)
        }
    }

    /// Where the word that begins at `start` ends: before the next ▁.
    @inline(__always)
    private static func wordEnd(_ text: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Int {
        var place = start &+ 1
        while place < count, !isMark(text + place) { place &+= 1 }
        return place
    }

    /// Whether ▁ stands here; a zero byte stands behind the text.
    @inline(__always)
    private static func isMark(_ place: UnsafePointer<UInt8>) -> Bool {
        place[0] == 0xE2 && place[1] == 0x96 && place[2] == 0x81
    }

    /// Cuts a word, or a whole text.
    private func search(
        _ word: UnsafePointer<UInt8>, _ count: Int, _ tables: Tables,
        _ workspace: SentencePieceWorkspace, _ progress: inout Progress
    ) {
        let nodes = workspace.nodes
        let empty = SentencePieceWorkspace.Node(score: 0, start: -1, id: -1)
        nodes.initialize(repeating: empty, count: count &+ 1)
        nodes[0].score = progress.sum
        var start = 0
        var frontier = 0
        while start < count {
            if abs(nodes[start].score) > SentencePieceUnigram.largestSum {
                lower(nodes, from: start, to: frontier)
            }
            start &+= extend(nodes, from: start, in: word, count, tables, &frontier)
        }
        progress.sum = nodes[count].score
        write(nodes, word, count, workspace.ids, &progress)
    }

    /// Sums beyond this are counted from anew, so that single precision suffices in long texts.
    private static let largestSum: Float = 100_000

    /// Counts the sums that are still needed from the one at `start`.
    private func lower(_ nodes: UnsafeMutablePointer<SentencePieceWorkspace.Node>, from start: Int, to frontier: Int) {
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
        _ nodes: UnsafeMutablePointer<SentencePieceWorkspace.Node>, from start: Int, in word: UnsafePointer<UInt8>,
        _ count: Int, _ tables: Tables, _ frontier: inout Int
    ) -> Int {
        let (pieces, scores) = (tables.pieces, tables.scores)
        let here = nodes[start].score
        // A damaged character map can leave a character cut short at the end.
        let length = min(UTF8Bytes.length(lead: word[start]), count &- start)
        let origin = Int32(start)
        var hasSingle = false
        @inline(__always)
        func offer(_ score: Float, _ id: Int32, at end: Int) {
            frontier = max(frontier, end)
            let candidate = score + here
            let node = nodes + end
            guard node.pointee.start < 0 || candidate > node.pointee.score else { return }
            node.pointee.score = candidate
            node.pointee.start = origin
            node.pointee.id = id
        }
        var base = pieces.root
        var place = start
        while place < count {
            let byte = word[place]
            let unit = pieces.unit(base, byte)
            guard unit.follows(byte) else { break }
            base = unit.base
            place &+= 1
            let id = unit.value
            guard id >= 0, scores[id] > -.infinity else { continue }
            offer(scores[id], Int32(truncatingIfNeeded: id), at: place)
            if place &- start == length { hasSingle = true }
        }
        if !hasSingle { offer(unknownScore, vocabulary.unknown, at: start &+ length) }
        return length
    }

    /// Writes the ids of the best way: unknown pieces as their bytes where the model falls back, else a run of them as one.
    private func write(
        _ nodes: UnsafeMutablePointer<SentencePieceWorkspace.Node>, _ word: UnsafePointer<UInt8>, _ count: Int,
        _ ids: UnsafeMutablePointer<Int32>, _ progress: inout Progress
    ) {
        // Turns the links round: from now on `start` is where the next piece ends.
        var end = count
        var next: Int32 = -1
        while end > 0 {
            let node = nodes[end]
            nodes[end].start = next
            next = Int32(truncatingIfNeeded: end)
            end = Int(node.start)
        }
        var start = 0
        while next >= 0 {
            let node = nodes[Int(next)]
            if node.id != vocabulary.unknown {
                ids[progress.count] = node.id
                progress.count &+= 1
            } else if !vocabulary.bytes.isEmpty {
                for place in start..<Int(next) {
                    ids[progress.count] = vocabulary.bytes[Int(word[place])]
                    progress.count &+= 1
                }
            } else if progress.last != node.id {
                ids[progress.count] = node.id
                progress.count &+= 1
            }
            progress.last = node.id
            start = Int(next)
            next = node.start
        }
    }
}
