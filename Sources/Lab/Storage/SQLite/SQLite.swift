import Foundation
import GRDB

/// Working databases: text, events and ledgers of one machine.
public enum SQLite {
    /// Opens a database, creating it unless `readOnly`.
    ///
    /// A working database uses write-ahead logging, foreign keys, and waits up to 10 s for another process's lock.
    /// Throws `StorageError`.
    public static func open(_ url: URL, readOnly: Bool = false) throws -> DatabaseQueue {
        if readOnly, !FileManager.default.fileExists(atPath: url.path) {
            throw StorageError.notFound(path: url.path)
        }
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            guard !readOnly else { return }
            try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
        }
        return try translating(url) {
            let queue = try DatabaseQueue(path: url.path, configuration: configuration)
            // SQLite opens lazily: a file that is no database shows only at the first look at its schema.
            try queue.read { database in _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") }
            return queue
        }
    }

    /// Puts all that was logged into the database file itself and leaves no `-wal` or `-shm` beside it.
    ///
    /// Every other connection must have been closed before. Throws `StorageError`.
    public static func finalise(_ url: URL) throws {
        guard FileManager.default.fileExists(atPath: url.path) else { throw StorageError.notFound(path: url.path) }
        try translating(url) {
            let queue = try DatabaseQueue(path: url.path)
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                try database.execute(sql: "PRAGMA journal_mode = DELETE")
            }
            try queue.close()
        }
    }

    /// Runs `body` and turns SQLite's errors into `StorageError`s about `url`.
    public static func translating<Result>(_ url: URL, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw storageError(error, url)
        }
    }

    private static func storageError(_ error: DatabaseError, _ url: URL) -> StorageError {
        let reason = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_FULL: return .diskFull(path: url.path)
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: return .notPermitted(path: url.path, action: "write")
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: return .damaged(path: url.path, reason: reason)
        case .SQLITE_CANTOPEN:
            let folder = url.deletingLastPathComponent().path
            if !FileManager.default.fileExists(atPath: folder) { return .notFound(path: folder) }
            if !FileManager.default.isWritableFile(atPath: folder) {
                return .notPermitted(path: folder, action: "write")
            }
            return .cannotRead(path: url.path, reason: reason)
        // On a full disk the memory map of the log cannot grow, which SQLite reports as an error of the device.
        case .SQLITE_IOERR where freeBytes(around: url) < 1 << 16: return .diskFull(path: url.path)
        default: return .cannotWrite(path: url.path, reason: reason)
        }
    }

    private static func freeBytes(around url: URL) -> Int {
        let attributes = try? FileManager.default.attributesOfFileSystem(
            forPath: url.deletingLastPathComponent().path)
        return (attributes?[.systemFreeSize] as? NSNumber)?.intValue ?? .max
    }
}
