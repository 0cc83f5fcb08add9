/// What became of the records of a log or of one ingest.
public struct IngestCounts: Hashable, Sendable {
    public internal(set) var posts: [TextSplit: Int] = [:]
    public internal(set) var duplicates: [DuplicateKind: Int] = [:]
    public internal(set) var quarantined: [Rejection: Int] = [:]

    public init() {}

    public var postCount: Int { posts.values.reduce(0, +) }
    public var duplicateCount: Int { duplicates.values.reduce(0, +) }
    public var quarantineCount: Int { quarantined.values.reduce(0, +) }
    /// Every record is in exactly one of the three.
    public var recordCount: Int { postCount + duplicateCount + quarantineCount }

    mutating func count(_ event: LogEvent.Content) {
        switch event {
        case .post(let logged): posts[logged.split, default: 0] += 1
        case .duplicate(let duplicate): duplicates[duplicate.kind, default: 0] += 1
        case .quarantined(let reason): quarantined[reason, default: 0] += 1
        }
    }
}
