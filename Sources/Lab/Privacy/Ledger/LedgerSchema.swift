import Foundation
import GRDB

/// The tables of a ledger. `user_version` is the schema's number.
enum LedgerSchema {
    static let version = 1

    static func prepare(_ database: Database, url: URL) throws {
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        if found == version { return }
        guard found == 0 else { throw PrivacyError.ledgerVersion(url, found: found, known: version) }
        try database.execute(
            sql: """
                CREATE TABLE entries (
                    sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL, population TEXT NOT NULL, query TEXT NOT NULL,
                    data_digest TEXT NOT NULL, epsilon INTEGER NOT NULL CHECK (epsilon >= 0),
                    delta INTEGER NOT NULL CHECK (delta >= 0), value_digest TEXT NOT NULL, time INTEGER NOT NULL,
                    previous TEXT NOT NULL, digest TEXT NOT NULL UNIQUE
                ) STRICT;
                CREATE INDEX entries_by_population ON entries (population, kind);
                CREATE TABLE stored (digest TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
                CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
                    BEGIN SELECT RAISE(ABORT, 'entries of a ledger are never changed'); END;
                CREATE TRIGGER entries_remain BEFORE DELETE ON entries
                    BEGIN SELECT RAISE(ABORT, 'entries of a ledger are never deleted'); END;
                PRAGMA user_version = \(version);
                """)
    }

    static func entry(_ row: Row, url: URL) throws -> LedgerEntry {
        guard let kind = LedgerEntry.Kind(rawValue: row["kind"]) else {
            throw PrivacyError.ledgerBroken(url, entry: row["sequence"])
        }
        return LedgerEntry(
            sequence: row["sequence"], kind: kind, population: row["population"], query: row["query"],
            dataDigest: row["data_digest"], cost: PrivacyCost(epsilonNano: row["epsilon"], deltaAtto: row["delta"]),
            valueDigest: row["value_digest"], time: row["time"], previous: row["previous"])
    }
}
