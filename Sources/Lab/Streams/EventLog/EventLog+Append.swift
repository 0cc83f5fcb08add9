import Foundation
import GRDB
import LabDomain
import LabPrivacy

extension EventLog {
    /// Adds the events of the lines after `acknowledged` up to `line`, all or none.
    ///
    /// - Throws: `StreamsError.eventLog`, among others where another process has moved the source on meanwhile;
    ///   `PrivacyError.erased` where somebody was erased meanwhile: ingest again, and they are left out.
    func append(
        _ events: [LogEvent], of source: any PostSource, after acknowledged: Int, to line: Int, complete: Bool
    ) throws {
        // The keys are on disk before anything that they seal.
        try vault?.prepare(events.compactMap(\.author))
        try translated {
            try queue.write { database in
                try advance(source, from: acknowledged, to: line, complete: complete, in: database)
                for event in events { try write(event, source: source.digest, to: database) }
            }
        }
    }

    private func advance(
        _ source: any PostSource, from acknowledged: Int, to line: Int, complete: Bool, in database: Database
    ) throws {
        try database.execute(
            sql: "INSERT OR IGNORE INTO sources VALUES (?, ?, 0, 0)", arguments: [source.digest, source.name])
        try database.execute(
            sql: "UPDATE sources SET line = ?, complete = ? WHERE source = ? AND line = ? AND complete = 0",
            arguments: [line, complete ? 1 : 0, source.digest, acknowledged])
        guard database.changesCount == 1 else {
            throw StreamsError.eventLog(
                path: file.lastPathComponent, reason: "another process is ingesting \(source.name) into it")
        }
    }

    private func storedDigest(_ event: LogEvent) throws -> String {
        guard let vault else { return event.digest }
        let bytes = Data(event.digest.utf8)
        return try event.author.map { try vault.fingerprint(bytes, customer: $0) } ?? vault.fingerprint(bytes)
    }

    private func write(_ event: LogEvent, source: String, to database: Database) throws {
        let digest = try storedDigest(event)
        switch event.content {
        case .post(let clear):
            let logged = try vault.map { try SealedRow.seal(clear, in: $0) } ?? clear
            let post = logged.post
            try database.cachedStatement(sql: "INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").execute(
                arguments: [
                    post.id, post.author.rawValue, post.platform.rawValue, post.language,
                    post.time?.timeIntervalSince1970, post.text, logged.rating, logged.split.rawValue, logged.group,
                    source, event.line, digest,
                ])
            if !clear.post.mediaDescriptions.isEmpty {
                try EventLogSchema.addMedia(to: database, sealed: vault != nil)
            }
            for (place, description) in post.mediaDescriptions.enumerated() {
                try database.cachedStatement(sql: "INSERT INTO media VALUES (?, ?, ?)").execute(
                    arguments: [post.id, place, description])
            }
        case .duplicate(let duplicate):
            try database.cachedStatement(sql: "INSERT INTO duplicates VALUES (?, ?, ?, ?, ?, ?)").execute(
                arguments: [
                    source, event.line, duplicate.kind.rawValue, duplicate.original, duplicate.similarity, digest,
                ])
        case .quarantined(let reason):
            try database.cachedStatement(sql: "INSERT INTO quarantine VALUES (?, ?, ?, ?)").execute(
                arguments: [source, event.line, reason.rawValue, digest])
        }
    }
}
