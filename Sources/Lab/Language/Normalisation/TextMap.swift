/// Where the parts of a changed text come from: the places that were rewritten; all between them was copied.
struct TextMap: Hashable, Sendable {
    struct Edit: Hashable, Sendable {
        /// In the text before, in UTF-8.
        let source: Range<Int>
        /// In the text after.
        let result: Range<Int>
    }

    /// Ascending, disjoint.
    var edits: [Edit] = []

    /// The part of the text before that `range` of the text after was made of; rewritten parts count as a whole.
    func source(of range: Range<Int>) -> Range<Int> {
        let lower = source(range.lowerBound, isEnd: false)
        return lower..<max(lower, source(range.upperBound, isEnd: true))
    }

    private func source(_ offset: Int, isEnd: Bool) -> Int {
        // The last edit that begins before an end, or at or before a beginning.
        var (low, high) = (0, edits.count)
        while low < high {
            let middle = (low + high) / 2
            let start = edits[middle].result.lowerBound
            if isEnd ? start < offset : start <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return offset }
        let edit = edits[low - 1]
        if isEnd ? offset <= edit.result.upperBound : offset < edit.result.upperBound {
            return isEnd ? edit.source.upperBound : edit.source.lowerBound
        }
        return edit.source.upperBound + offset - edit.result.upperBound
    }
}
