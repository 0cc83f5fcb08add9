import Foundation
import GRDB
import LabDomain
import LabPrivacy
import LabStorage
import Testing

@testable import LabStreams

@Suite("Descriptions of media, from source to log")
struct MediaTests {
    static let rows = Data(
        """
        {"id":"1","author":"ada","text":"look at this","media":"A dog in the snow, by @bob.plume &amp; me"}
        {"id":"2","author":"ada","text":"look at this","media":[{"alt":"Two tickets to Lisbon on a table"},{"alt":""}]}
        {"id":"3","author":"bob","media":["Mail ada@plume.example or +49 30 1234567", "A  sunset\\nat sea"]}
        {"id":"4","author":"bob","text":"","media":["mail ada@plume.example or +49 30 1234567","a sunset at sea"]}
        {"id":"5","author":"cyd","text":"look at this"}
        {"id":"6","author":"cyd","text":"hm","media":7}
        {"id":"7","author":"cyd","text":"hm","media":[["a"]]}
        {"id":"8","author":"cyd","text":"hm","media":"a\\u0000b"}
        {"id":"9","author":"cyd","media":[{"alt":null}]}
        {"id":"10","author":"cyd","media":["\u{200B}"]}
        {"id":"11","author":"cyd","text":"Nobody answers the telephone","media":null}

        """.utf8)

    static let wanted: [(text: String, media: [String])] = [
        ("look at this", ["A dog in the snow, by @user & me"]),
        ("look at this", ["Two tickets to Lisbon on a table"]),
        ("", ["Mail [email] or [phone]", "A sunset at sea"]),
        ("look at this", []),
        ("Nobody answers the telephone", []),
    ]

    func withFolder<T>(_ body: (URL) throws -> T) throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    func source(_ rows: Data = Self.rows, in folder: URL) throws -> FilePostSource {
        let file = folder.appending(path: "rows.jsonl")
        try rows.write(to: file)
        return try .posts(file)
    }

    func version(_ file: URL) throws -> Int? {
        try DatabaseQueue(path: file.path).read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
    }

    @Test("They are cleaned and masked, a picture alone is a post, and copies are those of text and media together")
    func ingest() throws {
        try withFolder { folder in
            let file = folder.appending(path: "events.sqlite")
            let log = try EventLog(file)
            let counts = try IngestTests.ingest(batch: 2).run(source(in: folder), into: log)
            #expect(counts.quarantined == [.badMedia: 2, .controlCharacters: 1, .emptyText: 2])
            #expect(counts.duplicates == [.exact: 1] && counts.recordCount == 11)
            let posts = try log.posts().map(\.post)
            #expect(posts.map(\.text) == Self.wanted.map(\.text))
            #expect(posts.map(\.mediaDescriptions) == Self.wanted.map(\.media))
            #expect(
                try TextSplit.allCases.flatMap { try log.posts($0) }.map(\.post.textWithMedia).sorted()
                    == posts.map(\.textWithMedia).sorted())
            #expect(try log.read().posts.count == 5)
            // Ingested again, and from another source, nothing is new: what the log holds is compared by its media, too.
            #expect(try IngestTests.ingest().run(source(in: folder), into: log) == IngestCounts())
            let again = try source(Self.rows + Data("\n".utf8), in: folder)
            #expect(try IngestTests.ingest().run(again, into: log).postCount == 0)
            #expect(throws: DatabaseError.self) { try log.queue.write { try $0.execute(sql: "DELETE FROM media") } }
            #expect(throws: DatabaseError.self) {
                try log.queue.write { try $0.execute(sql: "UPDATE media SET text = 'x'") }
            }
            try log.finalise()
            let bytes = try Data(contentsOf: file)
            for secret in ["plume", "1234567"] { #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret)") }
            #expect(try EventLog(file, readOnly: true).posts().map(\.post) == posts)
        }
    }

    @Test("Killed after any batch, the log ends as one that was not", arguments: 0..<5)
    func killed(after batches: Int) throws {
        try withFolder { folder in
            let source = try source(in: folder)
            let (whole, file) = (folder.appending(path: "whole.sqlite"), folder.appending(path: "killed.sqlite"))
            let log = try EventLog(whole)
            try IngestTests.ingest(batch: 50).run(source, into: log)
            try log.finalise()
            #expect(throws: IngestTests.Stop.self) {
                var left = batches
                try IngestTests.ingest(batch: 2).run(source, into: try EventLog(file)) { _ in
                    left -= 1
                    if left < 0 { throw IngestTests.Stop() }
                }
            }
            let rest = try EventLog(file)
            try IngestTests.ingest(batch: 3).run(source, into: rest)
            try rest.finalise()
            #expect(try SQLite.canonicalDump(file) == SQLite.canonicalDump(whole))
        }
    }

    @Test("A log without any is what it was; the first makes room, and older versions of Lab refuse the log then")
    func schema() throws {
        try withFolder { folder in
            let plain = Data("{\"id\":\"1\",\"author\":\"ada\",\"text\":\"The plums are blue today\"}\n".utf8)
            let home = folder.appending(path: "home")
            for (name, sealed, versions) in [("clear", false, (1, 3)), ("sealed", true, (2, 4))] {
                let file = folder.appending(path: "\(name).sqlite")
                let vault = try sealed ? CustomerVault(home: home, owner: "acme") : nil
                var log = try EventLog(file, vault: vault)
                try IngestTests.ingest().run(source(plain, in: folder), into: log)
                try log.finalise()
                #expect(try version(file) == versions.0)
                #expect(try !String(decoding: SQLite.canonicalDump(file), as: UTF8.self).contains("media"))
                log = try EventLog(file, vault: vault)
                #expect(log.isSealed == sealed)
                try IngestTests.ingest().run(source(in: folder), into: log)
                try log.finalise()
                #expect(try version(file) == versions.1)
                log = try EventLog(file, readOnly: true, vault: vault)
                // The plain post's identifier is the first row's.
                #expect(try log.isSealed == sealed && log.posts().count == 5)
                #expect(try log.posts().map(\.post.mediaDescriptions.count) == [0, 1, 2, 0, 0])
            }
        }
    }

    @Test("Sealed, they are nowhere in the file, and gone with their customer")
    func sealed() throws {
        try withFolder { folder in
            let home = folder.appending(path: "home")
            let file = folder.appending(path: "sealed.sqlite")
            let vault = try CustomerVault(home: home, owner: "acme")
            let log = try EventLog(file, vault: vault)
            try IngestTests.ingest().run(source(in: folder), into: log)
            #expect(try log.posts().map(\.post.mediaDescriptions) == Self.wanted.map(\.media))
            let ada = try #require(log.posts().first).post.author
            #expect(try vault.erase(ada, at: Date(timeIntervalSince1970: 1_790_000_000)) == .destroyed)
            #expect(try log.read().erased.count == 2)
            #expect(try log.posts().map(\.post.mediaDescriptions) == Self.wanted.dropFirst(2).map(\.media))
            try log.finalise()
            let bytes = try Data(contentsOf: file)
            for secret in ["tickets", "Lisbon", "sunset"] {
                #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret)")
            }
        }
    }

    @Test("A sealed row without them has the bytes that it had before there were any")
    func sealedRow() throws {
        let old = SealedRow(language: "en", platform: .x, rating: nil, text: "hi", time: nil)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = #"{"language":"en","platform":"x","text":"hi"}"#
        #expect(String(decoding: try encoder.encode(old), as: UTF8.self) == json)
        #expect(try JSONDecoder().decode(SealedRow.self, from: Data(json.utf8)).media == nil)
    }

    @Test("In tables a field is one text or a list in JSON", arguments: [ColumnMap.Format.csv, .tsv])
    func tables(format: ColumnMap.Format) throws {
        let tab = format == .csv ? "," : "\t"
        let list = format == .csv ? #""[""a dog"",{""alt"":""snow""}]""# : #"["a dog",{"alt":"snow"}]"#
        let rows = [
            ["id", "t", "alt"], ["1", "hi", "a dog"], ["2", "", list], ["3", "ho", ""], ["4", "[1]", "[1]"],
        ]
        let content = Data(rows.map { $0.joined(separator: tab) }.joined(separator: "\n").utf8)
        for map in [
            ColumnMap(format: format, text: "t", id: "id", media: "alt"),
            ColumnMap(format: format, text: "#2", id: "#1", media: "#3"),
        ] {
            var found: [RawPost] = []
            try FilePostSource(name: "f", content: content, map: map).forEachRecord {
                found.append(try $0.content.get())
            }
            #expect(
                found.suffix(4) == [
                    RawPost(id: "1", text: "hi", mediaDescriptions: ["a dog"]),
                    RawPost(id: "2", mediaDescriptions: ["a dog", "snow"]), RawPost(id: "3", text: "ho"),
                    RawPost(id: "4", text: "[1]", mediaDescriptions: ["[1]"]),
                ])
        }
        #expect(throws: StreamsError.columnsDoNotFit(source: "f", missing: ["alts"], found: ["id", "t", "alt"])) {
            _ = try FilePostSource(
                name: "f", content: content, map: ColumnMap(format: format, text: "t", media: "alts"))
        }
    }

    @Test("The key of an export's own is named in the map")
    func exportedKeys() throws {
        let line = #"{"content":"hi","media_attachments":[{"description":"a dog"},{"description":null}],"media":7}"#
        let map = ColumnMap(format: .jsonl, text: "content", media: "media_attachments")
        try FilePostSource(name: "f", content: Data(line.utf8), map: map).forEachRecord {
            #expect($0.content == .success(RawPost(text: "hi", mediaDescriptions: ["a dog"])))
        }
        // Without a column for media nobody looks at it.
        let without = ColumnMap(format: .jsonl, text: "content")
        try FilePostSource(name: "f", content: Data(line.utf8), map: without).forEachRecord {
            #expect($0.content == .success(RawPost(text: "hi")))
        }
    }

    @Test("Whatever a field holds, its record has one event, and no name of a person comes through", arguments: 0..<20)
    func fuzz(seed: Int) throws {
        var noise = TestNoise(seed: seed)
        let values = [
            "null", "7", "true", "\"\"", "\"@anna\"", "\"a@b.org\"", "{\"alt\":\"@anna\"}", "{\"alt\":7}",
            "{\"images\":[",
            "[", "]", "}", ",", "\"\\u0000\"", "\"\\ud83d\"", "\"\\u0040anna\"", "\u{FF}", "\"&#64;anna\"",
        ]
        try withFolder { folder in
            var lines: [String] = []
            for number in 0..<60 {
                let value = (0..<(1 + noise.next(4))).map { _ in values[noise.next(values.count)] }.joined()
                lines.append("{\"id\":\(number),\"text\":\"post \(number * 7919)\",\"media\":\(value)}")
            }
            let log = try EventLog(folder.appending(path: "events.sqlite"))
            let rows = Data(lines.joined(separator: "\n").utf8)
            let counts = try IngestTests.ingest().run(source(rows, in: folder), into: log)
            #expect(counts.recordCount == 60 && counts.postCount > 0)
            for logged in try log.posts() {
                #expect(!logged.post.textWithMedia.contains("anna") && !logged.post.textWithMedia.contains("b.org"))
                #expect(logged.post.mediaDescriptions.allSatisfy { !$0.isEmpty })
            }
        }
    }
}
