/// Everything that decides what becomes of a record.
public struct IngestRules: Hashable, Codable, Sendable {
    public var posts = PostRules()
    public var duplicates = DuplicateRules()
    public var splits = SplitShares()
    /// Records a transaction: more are faster, fewer are read again after a kill.
    public var batch = 1000

    public init() {}
}
