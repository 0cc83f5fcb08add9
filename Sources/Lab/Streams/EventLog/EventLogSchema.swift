import GRDB

/// The tables of an event log. `user_version` is the schema's number, `application_id` says whose file it is.
enum EventLogSchema {
    /// A log in clear.
    static let version = 1
    /// The same tables, with what a customer's rows say sealed; see `SealedRow`.
    static let sealedVersion = 2
    /// Added to either by the first post with descriptions of images or films: in clear they have a table of their own,
    /// sealed they lie in the row. A log without any stays as it was, and who does not know them does not lose them.
    static let mediaStep = 2
    static let newestVersion = sealedVersion + mediaStep
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
        for table in ["posts", "duplicates", "quarantine"] { try refuseChanges(of: table, database) }
    }

    private static func refuseChanges(of table: String, _ database: Database) throws {
        for change in ["UPDATE", "DELETE"] {
            try database.execute(
                sql: """
                    CREATE TRIGGER \(table)_no_\(change.lowercased()) BEFORE \(change) ON \(table)
                    BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
                    """)
        }
    }

    /// Makes room for descriptions of images and films where there is none yet.
    static func addMedia(to database: Database, sealed: Bool) throws {
        guard try !holdsMedia(database) else { return }
        if !sealed {
            try database.execute(
                sql: """
                    CREATE TABLE media (
                        post TEXT NOT NULL REFERENCES posts,
                        place INTEGER NOT NULL,
                        text TEXT NOT NULL,
                        PRIMARY KEY (post, place)
                    ) STRICT;
                    """)
            try refuseChanges(of: "media", database)
        }
        try database.execute(sql: "PRAGMA user_version = \((sealed ? sealedVersion : version) + mediaStep)")
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
        let found = try userVersion(database)
        guard found <= newestVersion else { throw StreamsError.newerLog(found: found, known: newestVersion) }
    }

    static func isSealed(_ database: Database) throws -> Bool {
        let found = try userVersion(database)
        return found == sealedVersion || found == sealedVersion + mediaStep
    }

    static func holdsMedia(_ database: Database) throws -> Bool { try userVersion(database) > mediaStep }

    private static func userVersion(_ database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    }
}
