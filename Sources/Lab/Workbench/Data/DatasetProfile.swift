import Foundation
import GRDB
import LabStorage

/// What was found in a user's file.
public struct DatasetProfile: Codable, Sendable, Equatable {
    public struct Column: Codable, Sendable, Equatable {
        public var meaning: String
        /// The column of the file; `nil` for what was made up, such as ids.
        public var column: String?
        /// Rows without a value.
        public var nulls: Int
        public var distinct: Int
        /// Least and greatest value: of numbers and times themselves, of texts their length in characters;
        /// `nil` for lists.
        public var least: String?
        public var greatest: String?
    }

    public struct Count: Codable, Sendable, Equatable {
        public var value: String
        public var count: Int
    }

    public var name: String
    public var file: String
    public var digest = ""
    public var rows: Int
    public var rejected: Int
    /// Why rows were rejected, most frequent first.
    public var reasons: [Count]
    /// The first rejected lines, at most ten.
    public var rejectedLines: [Int]
    public var columns: [Column]
    /// How often each label occurs, most frequent first, at most twenty.
    public var labels: [Count]
    /// Texts that occur more than once are a sign of a log with copies.
    public var repeatedTexts: Int?
}

extension UserTable {
    /// Counts what is in the table.
    func profile(name: String, file: String) throws -> DatasetProfile {
        try SQLite.translating(url) {
            try queue.read { database in
                func integer(_ sql: String) throws -> Int { try Int.fetchOne(database, sql: sql) ?? 0 }
                func counts(_ sql: String) throws -> [DatasetProfile.Count] {
                    try Row.fetchAll(database, sql: sql).map { DatasetProfile.Count(value: $0[0], count: $0[1]) }
                }
                return DatasetProfile(
                    name: name, file: file, rows: try integer("SELECT count(*) FROM rows"),
                    rejected: try integer("SELECT count(*) FROM quarantine"),
                    reasons: try counts(
                        "SELECT reason, count(*) n FROM quarantine GROUP BY reason ORDER BY n DESC, reason LIMIT 20"),
                    rejectedLines: try Int.fetchAll(
                        database, sql: "SELECT line FROM quarantine ORDER BY line LIMIT 10"),
                    columns: try meanings.map { try column($0, database) },
                    labels: meanings.contains(.label)
                        ? try counts(
                            """
                            SELECT label, count(*) n FROM rows WHERE label IS NOT NULL
                            GROUP BY label ORDER BY n DESC, label LIMIT 20
                            """) : [],
                    repeatedTexts: meanings.contains(.text)
                        ? try integer("SELECT count(text) - count(DISTINCT text) FROM rows") : nil)
            }
        }
    }

    private func column(_ meaning: ColumnMeaning, _ database: Database) throws -> DatasetProfile.Column {
        let name = meaning.rawValue
        // A list has no length in characters.
        let measure = meaning == .media ? "NULL" : meaning.isNumber || meaning == .time ? name : "length(\(name))"
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*) - count(\(name)), count(DISTINCT \(name)), min(\(measure)), max(\(measure)) FROM rows
                """)
        func text(_ index: Int) -> String? {
            guard let value: DatabaseValue = row?[index], !value.isNull else { return nil }
            return String.fromDatabaseValue(value) ?? "\(value)"
        }
        return DatasetProfile.Column(
            meaning: name, column: map.columns[meaning], nulls: row?[0] ?? 0, distinct: row?[1] ?? 0, least: text(2),
            greatest: text(3))
    }
}
