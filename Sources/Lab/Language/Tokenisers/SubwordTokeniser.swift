/// Cuts a text into the pieces of a model's vocabulary.
///
/// It never fails on a text: any string gives ids, an empty one none but the special ones.
public protocol SubwordTokeniser: Sendable {
    /// The number of ids; each id is in `0 ..< vocabularySize`.
    var vocabularySize: Int { get }

    /// What stands before and behind every text, such as `[CLS]` and `[SEP]`.
    var prefix: [Int32] { get }
    var suffix: [Int32] { get }

    /// Appends the text's ids, without prefix and suffix, to `ids`.
    func append(_ text: String, to ids: inout [Int32])
}

extension SubwordTokeniser {
    /// The ids of `text` with prefix and suffix, at most `limit` of them: what is cut off stands before the suffix, as Hugging
    /// Face's `tokenizers` cut with `LongestFirst`.
    ///
    /// - Parameter limit: no less than the special ids alone.
    public func encode(_ text: String, limit: Int = .max) -> [Int32] {
        var ids = prefix
        append(text, to: &ids)
        let longest = max(limit - suffix.count, prefix.count)
        if ids.count > longest { ids.removeLast(ids.count - longest) }
        ids += suffix
        return ids
    }
}
