import Foundation
import GRDB

/// Why the index cannot be used as it is; never leaves `RunIndex`.
enum IndexProblem: Error {
    /// What was written is not what is there.
    case damaged(String)
    /// Another version's.
    case otherFormat(Int)
    /// Nothing can be written here.
    case unavailable(String)
}

/// The index's file: fields as columns in pages of 256 runs, and what is needed to see that a folder changed.
///
/// | table | row |
/// |---|---|
/// | `run` | one a run: its key (page × 256 + slot), folder, marks, signature of its files, whether it is settled |
/// | `field` | one a field, with the number of its pages |
/// | `page` | one a field and 256 runs: an `IndexPage` |
/// | `folder` | the modification time at which an experiment's folder was looked through |
final class IndexDatabase: Sendable {
    static let format = 1
    static let applicationID = 0x4C41_4249

    let queue: DatabaseQueue
    /// Device and inode, to notice that the file was replaced.
    let identity: FileIdentity

    private init(queue: DatabaseQueue, identity: FileIdentity) {
        self.queue = queue
        self.identity = identity
    }

    /// Opens the index, making an empty one where there is none; throws `IndexProblem`.
    static func open(_ url: URL) throws -> IndexDatabase {
        let folder = url.deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw IndexProblem.unavailable("\(folder.path) cannot be made")
        }
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
        }
        return try translating {
            let queue = try DatabaseQueue(path: url.path, configuration: configuration)
            try queue.write(prepare)
            guard let identity = FileIdentity(url.path) else { throw IndexProblem.unavailable("it vanished") }
            return IndexDatabase(queue: queue, identity: identity)
        }
    }

    /// Runs `work`, and tells damage from what only stands in the way.
    static func translating<Result>(_ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch let error as DatabaseError {
            let text = error.message ?? "\(error.resultCode)"
            switch error.resultCode {
            // A schema that is not the expected one shows as a plain error of its statement.
            case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_FORMAT:
                throw IndexProblem.damaged(text)
            default: throw IndexProblem.unavailable(text)
            }
        }
    }

    private static func prepare(_ database: Database) throws {
        let format = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let objects = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        if format == Self.format, application == applicationID { return }
        guard format == 0, application == 0, objects == 0 else { throw IndexProblem.otherFormat(format) }
        try database.execute(
            sql: """
                CREATE TABLE run(
                    key INTEGER PRIMARY KEY, experiment TEXT NOT NULL, number INTEGER NOT NULL, mark INTEGER NOT NULL,
                    notes INTEGER NOT NULL, signature INTEGER NOT NULL, state TEXT NOT NULL, settled INTEGER NOT NULL);
                CREATE UNIQUE INDEX run_place ON run(experiment, number);
                CREATE INDEX run_open ON run(experiment, number) WHERE settled = 0;
                CREATE TABLE field(key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, pages INTEGER NOT NULL);
                CREATE TABLE page(key INTEGER PRIMARY KEY, content BLOB NOT NULL);
                CREATE TABLE folder(name TEXT PRIMARY KEY, modified INTEGER NOT NULL);
                PRAGMA application_id = \(applicationID);
                PRAGMA user_version = \(Self.format);
                """)
    }
}

/// Which file or folder it is, whatever its name.
struct FileIdentity: Equatable, Sendable {
    let device: UInt64
    let inode: UInt64

    /// `nil` where there is nothing.
    init?(_ path: String) {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        device = UInt64(info.st_dev)
        inode = UInt64(info.st_ino)
    }
}
