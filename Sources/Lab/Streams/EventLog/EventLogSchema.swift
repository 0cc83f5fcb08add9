import GRDB

/// The tables of an event log. `user_version` is the schema's number, `application_id` says whose file it is.
enum EventLogSchema {
    /// A log in clear.
    static let version = 1
    /// The same tables, with what a customer's rows say sealed; see `SealedRow`.
    static let sealedVersion = 2
    /// "LabS" in ASCII.
    static let applicationID = 0x4C61_6253

    /// Events are only ever added: triggers refuse every change of one.
    static func create(_ database: Database, sealed: Bool) throws {
        try database.execute(
            sql: """
                PRAGMA application_id = \(applicationID);
                PRAGMA user_version = \(sealed ? sealedVersion : version);
                CREATE TABLE sources (
                    source TEXT PRIMARY KEY,
                    name TEXT NOT NULL,
                    line INTEGER NOT NULL,
                    complete INTEGER NOT NULL
                ) STRICT;
                CREATE TABLE posts (
                    id TEXT PRIMARY KEY,
                    author TEXT NOT NULL,
                    platform TEXT NOT NULL,
                    language TEXT,
                    time REAL,
                    text TEXT NOT NULL,
                    rating REAL,
                    split TEXT NOT NULL CHECK (split IN ('train', 'calibration', 'test', 'speech')),
                    text_group TEXT NOT NULL,
                    source TEXT NOT NULL REFERENCES sources,
                    line INTEGER NOT NULL,
                    digest TEXT NOT NULL,
                    UNIQUE (source, line)
                ) STRICT;
                CREATE TABLE duplicates (
                    source TEXT NOT NULL REFERENCES sources,
                    line INTEGER NOT NULL,
                    kind TEXT NOT NULL,
                    original TEXT NOT NULL REFERENCES posts,
                    similarity REAL NOT NULL,
                    digest TEXT NOT NULL,
                    PRIMARY KEY (source, line)
                ) STRICT;
                CREATE TABLE quarantine (
                    source TEXT NOT NULL REFERENCES sources,
                    line INTEGER NOT NULL,
                    reason TEXT NOT NULL,
                    digest TEXT NOT NULL,
                    PRIMARY KEY (source, line)
                ) STRICT;
                """)
        for table in ["posts", "duplicates", "quarantine"] {
            for change in ["UPDATE", "DELETE"] {
                try database.execute(
                    sql: """
                        CREATE TRIGGER \(table)_no_\(change.lowercased()) BEFORE \(change) ON \(table)
                        BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
                        """)
            }
        }
    }

    /// Creates the tables in an empty file and checks what is in another.
    static func prepare(_ database: Database, sealed: Bool, path: String) throws {
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        if tables == 0 { return try create(database, sealed: sealed) }
        try check(database, path: path)
        if try isSealed(database) != sealed { throw StreamsError.otherwiseKept(path: path, sealed: !sealed) }
    }

    /// Accepts event logs, refuses others and newer ones.
    static func check(_ database: Database, path: String) throws {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        guard application == applicationID else { throw StreamsError.foreignLog(path: path) }
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found <= sealedVersion else { throw StreamsError.newerLog(found: found, known: sealedVersion) }
    }

    static func isSealed(_ database: Database) throws -> Bool {
        try Int.fetchOne(database, sql: "PRAGMA user_version") == sealedVersion
    }
}
