import Foundation
import GRDB
import Testing

@testable import LabStorage

@Suite struct SQLiteTests {
    private func make(_ url: URL, reversed: Bool, churn: Bool) throws {
        let queue = try SQLite.open(url)
        try queue.write { database in
            try database.execute(sql: "CREATE TABLE posts (id TEXT PRIMARY KEY, rating REAL, body BLOB, n INTEGER)")
            if churn {
                for index in 0..<500 {
                    try database.execute(sql: "INSERT INTO posts VALUES (?, 1, x'00', 1)", arguments: ["junk\(index)"])
                }
                try database.execute(sql: "DELETE FROM posts")
            }
            var rows: [(String, Double?, Data, Int)] = [
                ("a\nb", 0.1, Data([1, 2]), -1), ("ü\t\"", nil, Data(), 2), ("c", 1 / 3, Data([255]), 3),
            ]
            if reversed { rows.reverse() }
            for row in rows {
                try database.execute(
                    sql: "INSERT INTO posts VALUES (?, ?, ?, ?)", arguments: [row.0, row.1, row.2, row.3])
            }
        }
        try queue.close()
    }

    @Test func equalDatabasesGiveEqualDumpsWhateverTheirPages() throws {
        let scratch = try Scratch()
        try make(scratch.file("1.sqlite"), reversed: false, churn: false)
        try make(scratch.file("2.sqlite"), reversed: true, churn: true)
        try SQLite.finalise(scratch.file("1.sqlite"))
        try SQLite.finalise(scratch.file("2.sqlite"))
        #expect(try Data(contentsOf: scratch.file("1.sqlite")) != Data(contentsOf: scratch.file("2.sqlite")))
        let dump = try SQLite.canonicalDump(scratch.file("1.sqlite"))
        #expect(try SQLite.canonicalDump(scratch.file("2.sqlite")) == dump)
        #expect(scratch.contents == ["1.sqlite", "2.sqlite"])
        #expect(
            String(decoding: dump, as: UTF8.self) == """
                sqlite-dump 1
                user_version 0
                schema "CREATE TABLE posts (id TEXT PRIMARY KEY, rating REAL, body BLOB, n INTEGER)"
                table "posts"
                t"a\\nb"\tr3fb999999999999a\tb0102\ti-1
                t"c"\tr3fd5555555555555\tbff\ti3
                t"ü\\t\\""\tn\tb\ti2

                """)
    }

    @Test func oneValueChangedChangesTheDump() throws {
        let scratch = try Scratch()
        try make(scratch.file("1.sqlite"), reversed: false, churn: false)
        let before = try SQLite.canonicalDigest(scratch.file("1.sqlite"))
        let queue = try SQLite.open(scratch.file("1.sqlite"))
        try queue.write { try $0.execute(sql: "UPDATE posts SET n = 4 WHERE id = 'c'") }
        try queue.close()
        #expect(try SQLite.canonicalDigest(scratch.file("1.sqlite")) != before)
    }

    @Test func missingAndForeignFilesAreExplained() throws {
        let scratch = try Scratch()
        #expect(throws: StorageError.notFound(path: scratch.file("none").path)) {
            try SQLite.open(scratch.file("none"), readOnly: true)
        }
        let text = try scratch.write(String(repeating: "this is no database ", count: 100), to: "text")
        #expect { try SQLite.open(text, readOnly: true) } throws: { error in
            if case StorageError.damaged = error { true } else { false }
        }
        #expect(throws: StorageError.notFound(path: scratch.file("no").path)) {
            try SQLite.open(scratch.file("no/a.sqlite"))
        }
    }
}
