import Foundation
import GRDB

/// The tables of a profile store. `user_version` is the schema's number.
enum ProfileSchema {
    static let version = 1

    static func prepare(_ database: Database, url: URL, rules: ProfileRules) throws {
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        if found == 0 {
            try create(database, rules: rules)
        } else if found != version {
            throw ProfilesError.storeVersion(url, found: found, known: version)
        }
        let kept = try String.fetchOne(database, sql: "SELECT value FROM meta WHERE key = 'rules'")
        guard kept == rules.canonicalText else {
            throw ProfilesError.otherRules(url, kept: kept ?? "none", asked: rules.canonicalText)
        }
    }

    /// A reading's probabilities stand in `a`, `b`, `c`; the meaning of `n` and `m` depends on the kind.
    private static func create(_ database: Database, rules: ProfileRules) throws {
        try database.execute(
            sql: """
                CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
                CREATE TABLE customers (id INTEGER PRIMARY KEY, customer TEXT NOT NULL UNIQUE) STRICT;
                CREATE TABLE events (
                    sequence INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customers (id),
                    time INTEGER NOT NULL, kind INTEGER NOT NULL, a REAL, b REAL, c REAL, n INTEGER, m INTEGER,
                    currency TEXT
                ) STRICT;
                CREATE TABLE snapshots (sequence INTEGER PRIMARY KEY, digest TEXT NOT NULL, state BLOB NOT NULL) STRICT;
                CREATE TABLE profiles (
                    customer TEXT PRIMARY KEY, segment TEXT NOT NULL, sentiment TEXT, readings INTEGER NOT NULL,
                    unknown INTEGER NOT NULL, negative REAL NOT NULL, neutral REAL NOT NULL, positive REAL NOT NULL,
                    trend REAL NOT NULL, impressions INTEGER NOT NULL, engagements INTEGER NOT NULL,
                    purchases INTEGER NOT NULL, revenue_micros INTEGER NOT NULL, waits INTEGER NOT NULL,
                    churned INTEGER NOT NULL, objected INTEGER NOT NULL, last_time INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE TRIGGER events_stay BEFORE UPDATE ON events
                    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
                INSERT INTO meta VALUES ('rules', '\(rules.canonicalText)');
                PRAGMA user_version = \(version);
                """)
    }
}
