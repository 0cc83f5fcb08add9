import Foundation
import GRDB

extension SQLite {
    /// Schema and rows of a database as text in one defined order, for digests and comparison.
    ///
    /// Two databases with the same schema and the same rows give the same bytes, whatever their pages, their history or
    /// the order of insertion. The text is: a header with `user_version`, every object's SQL ordered by type and
    /// name, then for each table by name its rows, one a line, sorted by their UTF-8 bytes. A value is written as
    /// `n`, `i<integer>`, `r<bits of the double in hex>`, `t<JSON string>` or `b<hex>`; columns are separated by tabs.
    /// Throws `StorageError`.
    public static func canonicalDump(_ url: URL) throws -> Data {
        let queue = try open(url, readOnly: true)
        let data = try translating(url) { try queue.read { database in try dump(database) } }
        try translating(url) { try queue.close() }
        return data
    }

    /// The SHA-256 of the canonical dump.
    public static func canonicalDigest(_ url: URL) throws -> String {
        Digest.sha256(try canonicalDump(url))
    }

    private static func dump(_ database: Database) throws -> Data {
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        var lines = ["sqlite-dump 1", "user_version \(version)"]
        let objects = try Row.fetchAll(
            database,
            sql: """
                SELECT type, name, sql FROM sqlite_master
                WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql IS NOT NULL ORDER BY type, name
                """)
        lines += objects.map { "schema \(quoted($0["sql"]))" }
        var data = Data((lines.joined(separator: "\n") + "\n").utf8)
        for object in objects where object["type"] == "table" {
            let name: String = object["name"]
            data.append(Data("table \(quoted(name))\n".utf8))
            for row in try rows(of: name, database) { data.append(contentsOf: row) }
        }
        return data
    }

    private static func rows(of table: String, _ database: Database) throws -> [[UInt8]] {
        let identifier = "\"" + table.replacingOccurrences(of: "\"", with: "\"\"") + "\""
        let cursor = try Row.fetchCursor(database, sql: "SELECT * FROM \(identifier)")
        var rows: [[UInt8]] = []
        while let row = try cursor.next() {
            let line = row.databaseValues.map(encoded).joined(separator: "\t") + "\n"
            rows.append(Array(line.utf8))
        }
        return rows.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private static func encoded(_ value: DatabaseValue) -> String {
        switch value.storage {
        case .null: "n"
        case .int64(let number): "i\(number)"
        case .double(let number): "r" + String(number.bitPattern, radix: 16)
        case .string(let text): "t" + quoted(text)
        case .blob(let data): "b" + Digest.hex(data)
        }
    }

    /// A JSON string in which every control character is escaped, so that a value never breaks its line.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.value < 0x20: result += "\\u" + String(format: "%04x", scalar.value)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
