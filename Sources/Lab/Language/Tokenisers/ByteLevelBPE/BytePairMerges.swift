/// The merges of a byte-pair vocabulary: which two pieces unite, at which rank, into which.
///
/// The lowest rank goes first, the leftmost of equals: `Word::merge_all` of Hugging Face's `tokenizers`. Source: Sennrich et
/// al. 2016, arXiv:1508.07909.
struct BytePairMerges: Sendable {
    private struct Pair: Hashable {
        let left: Int32
        let right: Int32
    }

    private var ranks: [Pair: Int32] = [:]
    /// What the merge of each rank makes.
    private var results: [Int32] = []

    /// Adds the merge of the next rank; one given before is replaced.
    mutating func add(_ left: Int32, _ right: Int32, result: Int32) {
        ranks[Pair(left: left, right: right)] = Int32(results.count)
        results.append(result)
    }

    /// A piece of the word; `previous` and `next` are indices, or -1.
    private struct Symbol {
        var id: Int32
        var previous: Int
        var next: Int
        var isGone = false
    }

    /// Appends what becomes of the word `pieces`.
    func append(_ pieces: some Collection<Int32>, to ids: inout [Int32]) {
        guard pieces.count > 1 else { return ids.append(contentsOf: pieces) }
        var symbols = pieces.enumerated().map { Symbol(id: $1, previous: $0 - 1, next: $0 + 1) }
        symbols[symbols.count - 1].next = -1
        // Rank and place in one number: the order in which merges are tried.
        var queue = BinaryHeap<UInt64>()
        func propose(_ left: Int, _ right: Int) {
            guard let rank = ranks[Pair(left: symbols[left].id, right: symbols[right].id)] else { return }
            queue.push(UInt64(rank) << 32 | UInt64(left))
        }
        for index in symbols.indices.dropLast() { propose(index, index + 1) }
        while let top = queue.pop() {
            let left = Int(top & 0xFFFF_FFFF)
            let result = results[Int(top >> 32)]
            let right = symbols[left].next
            guard !symbols[left].isGone, right >= 0,
                let rank = ranks[Pair(left: symbols[left].id, right: symbols[right].id)], results[Int(rank)] == result
            else { continue }
            symbols[left].id = result
            symbols[left].next = symbols[right].next
            symbols[right].isGone = true
            if symbols[left].next >= 0 {
                symbols[symbols[left].next].previous = left
                propose(left, symbols[left].next)
            }
            if symbols[left].previous >= 0 { propose(symbols[left].previous, left) }
        }
        for symbol in symbols where !symbol.isGone { ids.append(symbol.id) }
    }
}
