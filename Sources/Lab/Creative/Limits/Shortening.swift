import Foundation

extension TextUnit {
    /// The text, cut so that it fits `limit`: at the last whole word where that keeps most of it, never inside a
    /// character, with an ellipsis; empty where not even the ellipsis fits.
    public func shortened(_ text: String, to limit: Int) -> String {
        guard length(of: text) > limit else { return text }
        guard length(of: "…") <= limit else { return "" }
        // Lengths grow with every character except where an address completes, so search downwards from the end.
        var kept = text[...]
        while !kept.isEmpty, length(of: kept + "…") > limit { kept = kept.dropLast() }
        let followedBySpace = kept.endIndex < text.endIndex && text[kept.endIndex].isWhitespace
        if !followedBySpace, let space = kept.lastIndex(where: \.isWhitespace),
            kept.distance(from: kept.startIndex, to: space) * 2 >= kept.count
        {
            kept = kept[..<space]
        }
        while let last = kept.last, last.isWhitespace || ",;:–—-.(".contains(last) { kept = kept.dropLast() }
        return kept.isEmpty ? "" : kept + "…"
    }
}
