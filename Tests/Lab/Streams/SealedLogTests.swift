import Foundation
import GRDB
import LabDomain
import LabPrivacy
import LabStorage
import Testing

@testable import LabStreams

@Suite("A sealed event log")
struct SealedLogTests {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let now = Date(timeIntervalSince1970: 1_790_000_000)

    func withFolder(_ body: () throws -> Void) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body()
    }

    func vault() throws -> CustomerVault { try CustomerVault(home: folder.appending(path: "home"), owner: "acme") }

    static let rows = Data(
        """
        {"id":"1","author":"ada.plume","text":"The plums are blue today","time":"2026-03-01T10:00:00Z","language":"en","rating":1.5}
        {"id":"2","author":"bob.plume","text":"Nobody answers the telephone","platform":"facebook","label":"negative"}
        {"id":"3","author":"ada.plume","text":"Seven swans on the canal"}
        {"id":"4","author":"bob.plume","text":"The plums are blue today"}
        {"id":"5","author":"cyd.plume","text":"The plums are blue today!!"}
        {"id":"6","author":"ada.plume"}

        """.utf8)

    func source() throws -> FilePostSource {
        let file = folder.appending(path: "rows.jsonl")
        try Self.rows.write(to: file)
        return try .posts(file)
    }

    @Test("reads as one in clear does, and its file says nothing")
    func reads() throws {
        try withFolder {
            let clear = try EventLog(folder.appending(path: "clear.sqlite"))
            let file = folder.appending(path: "sealed.sqlite")
            let sealed = try EventLog(file, vault: vault())
            let counts = try IngestTests.ingest().run(source(), into: clear)
            #expect(try IngestTests.ingest().run(source(), into: sealed) == counts)
            let posts = try clear.posts()
            #expect(try sealed.posts().map(\.post) == posts.map(\.post))
            #expect(try sealed.posts().map(\.rating) == posts.map(\.rating))
            #expect(try sealed.posts().map(\.split) == posts.map(\.split))
            #expect(try sealed.posts(.train).count == clear.posts(.train).count)
            try sealed.finalise()

            let bytes = try Data(contentsOf: file)
            // Five letters and more: shorter words stand in sealed bytes by chance, once in a few hundred files.
            for secret in ["plums", "telephone", "swans", "ada.plume", "facebook"] {
                #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret)")
            }
            // Nor is there a digest by which a guessed text or record could be proved.
            let record = Self.rows.prefix { $0 != 0x0A }
            #expect(bytes.range(of: Data(Digest.sha256(Data(record)).utf8)) == nil)
            for logged in posts { #expect(bytes.range(of: Data(logged.group.utf8)) == nil) }

            #expect(try EventLog(file, readOnly: true, vault: vault()).posts().count == posts.count)
            let kept = StreamsError.otherwiseKept(path: "sealed.sqlite", sealed: true)
            #expect(throws: kept) { _ = try EventLog(file, readOnly: true) }
            #expect(throws: kept) { _ = try EventLog(file) }
            let stranger = try CustomerVault(home: folder.appending(path: "elsewhere"), owner: "acme")
            #expect(throws: PrivacyError.self) { try EventLog(file, readOnly: true, vault: stranger).posts() }
        }
    }

    @Test("ingested again on the same home has the same rows")
    func again() throws {
        try withFolder {
            var dumps: [Data] = []
            for name in ["first.sqlite", "second.sqlite"] {
                let log = try EventLog(folder.appending(path: name), vault: vault())
                try IngestTests.ingest(batch: name == "first.sqlite" ? 2 : 50).run(source(), into: log)
                try log.finalise()
                dumps.append(try SQLite.canonicalDump(folder.appending(path: name)))
            }
            #expect(dumps[0] == dumps[1])
        }
    }

    @Test("loses whoever is erased, for good")
    func erased() throws {
        try withFolder {
            let file = folder.appending(path: "sealed.sqlite")
            let log = try EventLog(file, vault: vault())
            try IngestTests.ingest().run(source(), into: log)
            let before = try log.posts()
            let ada = try #require(before.first).post.author
            #expect(try vault().erase(ada, at: now) == .destroyed)
            let after = try log.read()
            #expect(after.posts == before.filter { $0.post.author != ada } && after.posts.count == 1)
            #expect(after.erased == before.filter { $0.post.author == ada }.map(\.post.id) && after.erased.count == 2)

            // Anew, her records are set aside unread; the text she shared with another becomes the other's.
            let anew = try EventLog(folder.appending(path: "anew.sqlite"), vault: vault())
            let counts = try IngestTests.ingest().run(source(), into: anew)
            // Her third record has no text and is quarantined for that.
            #expect(counts.quarantined == [.erased: 2, .emptyText: 1])
            #expect(
                try anew.posts().map(\.post.text).sorted() == [
                    "Nobody answers the telephone", "The plums are blue today",
                ])
            #expect(try anew.read().erased == [])

            // Going on in the old log takes no identifier twice.
            let more = try FilePostSource(
                name: "more", content: Data("{\"id\":\"1\",\"author\":\"bob\",\"text\":\"Another thing\"}\n".utf8),
                map: ColumnMap(format: .jsonl, text: "text", id: "id", author: "author"))
            #expect(try IngestTests.ingest().run(more, into: log).quarantined == [.repeatedID: 1])
        }
    }

    @Test("is never mixed with one in clear")
    func mixed() throws {
        try withFolder {
            let file = folder.appending(path: "clear.sqlite")
            try EventLog(file).finalise()
            #expect(throws: StreamsError.otherwiseKept(path: "clear.sqlite", sealed: false)) {
                _ = try EventLog(file, vault: vault())
            }
            // To read it no keys are asked for, so none are made.
            #expect(try EventLog(file, readOnly: true, vault: vault()).posts() == [])
            try FileManager.default.removeItem(at: folder.appending(path: "home"))
            #expect(try EventLog(file, readOnly: true, vault: vault()).isSealed == false)
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "home").path))
        }
    }
}
