/// When two texts count as the same, and when they only belong together.
public struct DuplicateRules: Hashable, Codable, Sendable {
    /// From this Jaccard similarity of four-character runs on, a later text is a near-duplicate and is set aside.
    ///
    /// .85 is a word or a typing error changed in a tweet; templates filled differently lie below.
    public var removal = 0.85
    /// From this similarity on, two kept texts belong to one group, and a group lies in one split.
    public var grouping = 0.6

    public init() {}
}

/// Why a record was set aside as a duplicate; the raw values are the kinds in the file.
public enum DuplicateKind: String, Codable, Sendable, CaseIterable {
    /// Equal in normal form.
    case exact
    /// At least `DuplicateRules.removal` similar.
    case near
    /// Similar to two groups that lie in different splits: kept, it would tie what is learned to what is tested.
    case bridge
}

/// The record that a duplicate repeats.
public struct Duplicate: Hashable, Sendable {
    public let kind: DuplicateKind
    /// `Post.id` of the most similar kept post.
    public let original: String
    /// Jaccard similarity, in (0, 1].
    public let similarity: Double
}
