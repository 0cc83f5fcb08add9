import Foundation
import GRDB
import LabStorage

/// The SQLite form of a user's data while it is made.
struct UserTable {
    let url: URL
    let queue: DatabaseQueue
    let meanings: [ColumnMeaning]
    let map: UserMap

    init(_ url: URL, _ map: UserMap) throws {
        self.url = url
        self.map = map
        meanings = ColumnMeaning.allCases.filter { map.columns[$0] != nil || $0 == .id }
        queue = try SQLite.open(url)
        let columns = meanings.map { meaning in
            "\(meaning.rawValue) " + (meaning == .id ? "TEXT PRIMARY KEY" : meaning.isNumber ? "REAL" : "TEXT")
        }
        try SQLite.translating(url) {
            try queue.write { database in
                try database.execute(
                    sql: """
                        PRAGMA user_version = 1;
                        CREATE TABLE rows (\(columns.joined(separator: ", ")), line INTEGER NOT NULL);
                        CREATE TABLE quarantine (line INTEGER NOT NULL, reason TEXT NOT NULL, digest TEXT NOT NULL);
                        """)
            }
        }
    }

    /// Puts every record into `rows` or `quarantine`, and gives the rows as JSON Lines.
    func fill(from records: UserRecords) throws -> Data {
        let names = (meanings.map(\.rawValue) + ["line"]).joined(separator: ", ")
        let marks = Array(repeating: "?", count: meanings.count + 1).joined(separator: ", ")
        var lines = Data()
        try SQLite.translating(url) {
            try queue.write { database in
                let insert = try database.makeStatement(sql: "INSERT OR IGNORE INTO rows (\(names)) VALUES (\(marks))")
                let reject = try database.makeStatement(sql: "INSERT INTO quarantine VALUES (?, ?, ?)")
                while let record = try records.next() {
                    switch record {
                    case .unreadable(let line, let reason):
                        try reject.execute(arguments: [line, reason, ""])
                    case .values(let line, let values):
                        let (row, problem) = UserRow.make(line: line, values, map)
                        if let problem {
                            try reject.execute(arguments: [line, problem, Self.digest(values)])
                            continue
                        }
                        let cells = meanings.map { meaning -> (any DatabaseValueConvertible)? in
                            meaning.isNumber ? row.numbers[meaning] : row.texts[meaning]
                        }
                        try insert.execute(arguments: StatementArguments(cells + [line]))
                        if database.changesCount == 0 {
                            try reject.execute(arguments: [line, "its id was there before", Self.digest(values)])
                        } else {
                            lines.append(try Self.json(row))
                            lines.append(10)
                        }
                    }
                }
            }
        }
        return lines
    }

    func close() throws {
        try SQLite.translating(url) { try queue.close() }
        try SQLite.finalise(url)
    }

    /// What was rejected is named by a digest: quarantine keeps no texts.
    private static func digest(_ values: [ColumnMeaning: String]) -> String {
        let sorted = values.sorted { $0.key.rawValue < $1.key.rawValue }
        return Digest.sha256(sorted.map { "\($0.key.rawValue)=\($0.value)" }.joined(separator: "\u{1F}"))
    }

    private static func json(_ row: UserRow) throws -> Data {
        enum Cell: Encodable {
            case text(String)
            case number(Double)
            case list([String])

            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                switch self {
                case .text(let text): try container.encode(text)
                case .number(let number): try container.encode(number)
                case .list(let texts): try container.encode(texts)
                }
            }
        }
        var cells: [String: Cell] = [:]
        for (meaning, text) in row.texts { cells[meaning.rawValue] = .text(text) }
        if !row.media.isEmpty { cells[ColumnMeaning.media.rawValue] = .list(row.media) }
        for (meaning, number) in row.numbers { cells[meaning.rawValue] = .number(number) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(cells)
    }
}
