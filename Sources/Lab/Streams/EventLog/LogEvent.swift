public import LabDomain

/// A post in the event log.
public struct LoggedPost: Hashable, Sendable {
    public let post: Post
    /// Mean human rating from -4 to 4 where the source has one.
    public let rating: Double?
    public let split: TextSplit
    /// Names the group of similar texts that the post belongs to; a group lies in one split.
    public let group: String

    public init(post: Post, rating: Double?, split: TextSplit, group: String) {
        self.post = post
        self.rating = rating
        self.split = split
        self.group = group
    }
}

/// What became of one record: every record has exactly one event.
public struct LogEvent: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        case post(LoggedPost)
        case duplicate(Duplicate)
        case quarantined(Rejection)
    }

    /// 1-based line of the source.
    public let line: Int
    /// SHA-256 of the record's bytes, in hexadecimal: its owner finds the record again, nobody else learns it. A sealed log
    /// keeps it keyed, since who guesses a short record could else prove it.
    public let digest: String
    public let content: Content

    /// Whose post it is; `nil` for what became no post.
    var author: CustomerID? {
        guard case .post(let logged) = content else { return nil }
        return logged.post.author
    }
}
