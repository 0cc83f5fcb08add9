import Foundation
import GRDB
import LabDomain
import LabPrivacy

extension EventLog {
    /// The posts of one split, or of all, in order of acknowledgement; those of erased customers are left out.
    ///
    /// - Throws: `PrivacyError.noCustomerKey` and others for a sealed log whose keys are not in this home.
    public func posts(_ split: TextSplit? = nil) throws -> [LoggedPost] { try read(split).posts }

    /// The posts that can be read, and the identifiers of those whose customer was erased.
    public func read(_ split: TextSplit? = nil) throws -> (posts: [LoggedPost], erased: [String]) {
        let stored = try stored(split)
        guard let vault else { return (stored, []) }
        var posts: [LoggedPost] = []
        var erased: [String] = []
        posts.reserveCapacity(stored.count)
        for logged in stored {
            do {
                posts.append(try SealedRow.open(logged, in: vault))
            } catch PrivacyError.erased {
                erased.append(logged.post.id)
            }
        }
        return (posts, erased)
    }

    private func stored(_ split: TextSplit?) throws -> [LoggedPost] {
        try access { database in
            let media = try media(database)
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT id, author, platform, language, time, text, rating, split, text_group FROM posts
                    WHERE ?1 IS NULL OR split = ?1 ORDER BY rowid
                    """, arguments: [split?.rawValue])
            var posts: [LoggedPost] = []
            while let row = try rows.next() { posts.append(LoggedPost(row, media)) }
            return posts
        }
    }

    /// The descriptions of images and films by post, of a log in clear.
    private func media(_ database: Database) throws -> [String: [String]] {
        guard try EventLogSchema.holdsMedia(database), try !EventLogSchema.isSealed(database) else { return [:] }
        let rows = try Row.fetchCursor(database, sql: "SELECT post, text FROM media ORDER BY post, place")
        var media: [String: [String]] = [:]
        while let row = try rows.next() { media[row["post"], default: []].append(row["text"]) }
        return media
    }

    /// How many events of each kind the log holds.
    public func counts() throws -> IngestCounts {
        try access { database in
            var counts = IngestCounts()
            for row in try Row.fetchAll(database, sql: "SELECT split, count(*) AS n FROM posts GROUP BY split") {
                if let split = TextSplit(rawValue: row["split"]) { counts.posts[split] = row["n"] }
            }
            for row in try Row.fetchAll(database, sql: "SELECT kind, count(*) AS n FROM duplicates GROUP BY kind") {
                if let kind = DuplicateKind(rawValue: row["kind"]) { counts.duplicates[kind] = row["n"] }
            }
            for row in try Row.fetchAll(database, sql: "SELECT reason, count(*) AS n FROM quarantine GROUP BY reason") {
                if let reason = Rejection(rawValue: row["reason"]) { counts.quarantined[reason] = row["n"] }
            }
            return counts
        }
    }

    /// Authors with posts in more than one split: similar texts never straddle splits, people may.
    public func authorsInSeveralSplits() throws -> Int {
        try access { database in
            try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM (SELECT author FROM posts GROUP BY author HAVING count(DISTINCT split) > 1)
                    """) ?? 0
        }
    }
}

extension LoggedPost {
    init(_ row: Row, _ media: [String: [String]]) {
        let id: String = row["id"]
        let time: Double? = row["time"]
        self.init(
            post: Post(
                id: id, author: CustomerID(rawValue: row["author"]),
                platform: Platform(rawValue: row["platform"]) ?? .unknown, text: row["text"],
                language: row["language"], time: time.map(Date.init(timeIntervalSince1970:)),
                mediaDescriptions: media[id] ?? []),
            rating: row["rating"], split: TextSplit(rawValue: row["split"]) ?? .train, group: row["text_group"])
    }
}
