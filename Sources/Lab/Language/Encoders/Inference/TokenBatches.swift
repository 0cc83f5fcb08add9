/// Texts in the order in which they came, cut into batches of a bounded number of tokens.
///
/// Tokens are packed, so a batch costs what its tokens cost; their number, not that of the texts, decides what fits the
/// cache. A longer text is a batch of its own.
struct TokenBatches {
    let batches: [Range<Int>]

    init(lengths: [Int], budget: Int) {
        var batches: [Range<Int>] = []
        var (first, tokens) = (0, 0)
        for (text, length) in lengths.enumerated() {
            if text > first, tokens + length > budget {
                batches.append(first..<text)
                (first, tokens) = (text, 0)
            }
            tokens += length
        }
        if first < lengths.count { batches.append(first..<lengths.count) }
        self.batches = batches
    }
}
