import Crypto
import Foundation
import GRDB
import LabDomain
import LabStorage
import Testing

@testable import LabStreams

@Suite("Ingest")
struct IngestTests {
    struct Stop: Error {}

    /// Rows with everything that can go wrong, and texts that repeat with small changes.
    static func rows(_ count: Int, seed: Int) -> Data {
        var noise = TestNoise(seed: seed)
        let words = [
            "rain", "sun", "train", "late", "happy", "never", "coffee", "monday", "friend", "lost", "won", "song",
        ]
        var lines: [[UInt8]] = []
        var texts: [String] = []
        for number in 0..<count {
            var text = (0..<(6 + noise.next(8))).map { _ in words[noise.next(words.count)] }.joined(separator: " ")
            if noise.next(4) == 0, !texts.isEmpty {
                text = texts[noise.next(texts.count)] + [" !", " now", ""][noise.next(3)]
            }
            texts.append(text)
            switch noise.next(12) {
            case 0: lines.append(Array("\(number)\tuser\(number)\t".utf8))
            case 1: lines.append([])
            case 2: lines.append(Array("\tuser\t\(text)".utf8))
            case 3: lines.append(Array("\(number)\tuser\t".utf8) + [0xFF])
            case 4: lines.append(Array("0\tuser\t\(text)".utf8))
            case 5: lines.append(Array("\(number)\tuser".utf8))
            default: lines.append(Array("\(number)\tuser\(noise.next(30))@mail.org\t\(text) @anna".utf8))
            }
        }
        return Data(lines.flatMap { $0 + [0x0A] })
    }

    static let map = ColumnMap(format: .tsv, text: "#3", id: "#1", author: "#2")

    static func source(_ rows: Data) throws -> FilePostSource {
        try FilePostSource(name: "rows.tsv", content: rows, map: map)
    }

    static func ingest(batch: Int = 7) throws -> Ingest {
        var rules = IngestRules()
        rules.batch = batch
        return try Ingest(rules: rules) { identifier, namespace in
            CustomerID(rawValue: hexadecimal(SHA256.hash(data: Data("\(namespace)/\(identifier)".utf8)).prefix(8)))
        }
    }

    static func dump(_ log: EventLog) throws -> [String] {
        try log.access { database in
            try ["posts", "duplicates", "quarantine", "sources"].flatMap { table in
                try Row.fetchAll(database, sql: "SELECT * FROM \(table) ORDER BY source, line").map { "\(table) \($0)" }
            }
        }
    }

    func withFolder<T>(_ body: (URL) throws -> T) throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    @Test("Every record ends in exactly one of posts, duplicates and quarantine", arguments: 0..<6)
    func partition(seed: Int) throws {
        try withFolder { folder in
            let rows = Self.rows(300, seed: seed)
            let log = try EventLog(folder.appending(path: "events.sqlite"))
            let counts = try Self.ingest().run(try Self.source(rows), into: log)
            #expect(counts.recordCount == 300)
            #expect(try log.counts() == counts)
            #expect(counts.postCount > 50 && counts.duplicateCount > 10 && counts.quarantineCount > 50)
            let lines = try log.access { database in
                try Int.fetchAll(
                    database,
                    sql: """
                        SELECT line FROM posts UNION ALL SELECT line FROM duplicates UNION ALL
                        SELECT line FROM quarantine ORDER BY 1
                        """)
            }
            #expect(lines == Array(1...300))
        }
    }

    @Test("Killed after any batch, nothing acknowledged is lost, and running on gives the same log", arguments: 0..<8)
    func killed(after batches: Int) throws {
        try withFolder { folder in
            let source = try Self.source(Self.rows(120, seed: 3))
            let whole = try EventLog(folder.appending(path: "whole.sqlite"))
            try Self.ingest().run(source, into: whole)

            let file = folder.appending(path: "killed.sqlite")
            var acknowledged = 0
            #expect(throws: Stop.self) {
                var left = batches
                // The log is dropped without closing or finalising it, as a kill would.
                try Self.ingest().run(source, into: try EventLog(file)) { line in
                    acknowledged = line
                    left -= 1
                    if left < 0 { throw Stop() }
                }
            }
            let log = try EventLog(file)
            #expect(try log.counts().recordCount == acknowledged)
            let rest = try Self.ingest(batch: 50).run(source, into: log)
            #expect(rest.recordCount == 120 - acknowledged)
            #expect(try Self.dump(log) == Self.dump(whole))
            #expect(try Self.ingest().run(source, into: log) == IngestCounts())
            #expect(try Self.dump(log) == Self.dump(whole))
        }
    }

    @Test("The log refuses changes of what it holds")
    func appendOnly() throws {
        try withFolder { folder in
            let log = try EventLog(folder.appending(path: "events.sqlite"))
            try Self.ingest().run(try Self.source(Self.rows(100, seed: 1)), into: log)
            for table in ["posts", "duplicates", "quarantine"] {
                #expect(throws: DatabaseError.self) {
                    try log.queue.write { try $0.execute(sql: "DELETE FROM \(table)") }
                }
                #expect(throws: DatabaseError.self) {
                    try log.queue.write { try $0.execute(sql: "UPDATE \(table) SET line = 1") }
                }
            }
        }
    }

    @Test("No raw identifier reaches the file")
    func noIdentifiers() throws {
        try withFolder { folder in
            let file = folder.appending(path: "events.sqlite")
            let log = try EventLog(file)
            try Self.ingest().run(try Self.source(Self.rows(200, seed: 2)), into: log)
            try log.finalise()
            let bytes = try Data(contentsOf: file)
            #expect(bytes.range(of: Data("mail.org".utf8)) == nil)
            #expect(bytes.range(of: Data("anna".utf8)) == nil)
            #expect(bytes.range(of: Data("@user".utf8)) != nil)
            #expect(!FileManager.default.fileExists(atPath: file.path + "-wal"))
        }
    }

    @Test("Reading a sealed log changes no byte of it")
    func readOnly() throws {
        try withFolder { folder in
            let file = folder.appending(path: "events.sqlite")
            let log = try EventLog(file)
            try Self.ingest().run(try Self.source(Self.rows(50, seed: 4)), into: log)
            let posts = try log.posts()
            try log.finalise()
            let before = try Data(contentsOf: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: file.path)
            #expect(try EventLog(file, readOnly: true).posts() == posts)
            #expect(try Data(contentsOf: file) == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["events.sqlite"])
        }
    }

    @Test("A second source joins the log; its repeats of the first are found")
    func twoSources() throws {
        try withFolder { folder in
            let log = try EventLog(folder.appending(path: "events.sqlite"))
            let first = try Self.source(Data("1\ta\tthe train was late again today\n".utf8))
            let second = try Self.source(
                Data("1\ta\tsomething else entirely\n2\tb\tThe train was late again today\n".utf8))
            try Self.ingest().run(first, into: log)
            let counts = try Self.ingest().run(second, into: log)
            #expect(counts.quarantined == [.repeatedID: 1])
            #expect(counts.duplicates == [.exact: 1])
        }
    }

    @Test("Foreign and newer files are refused")
    func foreign() throws {
        try withFolder { folder in
            let foreign = folder.appending(path: "foreign.sqlite")
            try DatabaseQueue(path: foreign.path).write { try $0.execute(sql: "CREATE TABLE t (x)") }
            #expect(throws: StreamsError.foreignLog(path: "foreign.sqlite")) { _ = try EventLog(foreign) }
            let newer = folder.appending(path: "newer.sqlite")
            try EventLog(newer).queue.write { try $0.execute(sql: "PRAGMA user_version = 99") }
            #expect(throws: StreamsError.newerLog(found: 99, known: 4)) { _ = try EventLog(newer) }
            #expect(throws: StorageError.self) { _ = try EventLog(folder.appending(path: "no/such/folder.sqlite")) }
            let text = folder.appending(path: "text.sqlite")
            try Data("this is no database, but a text of some length".utf8).write(to: text)
            #expect(throws: StorageError.self) { _ = try EventLog(text) }
        }
    }
}
