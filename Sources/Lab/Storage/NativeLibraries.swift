import CHDF5
public import Foundation
import GRDB

/// The versions of the libraries underneath, as they say themselves.
public enum NativeLibraries {
    /// For example `1.10.8`.
    public static var hdf5: String {
        var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
        H5get_libversion(&major, &minor, &release)
        return "\(major).\(minor).\(release)"
    }

    /// Writes and reads a database at `url`, checks its integrity and returns SQLite's version; throws `StorageError`.
    public static func checkSQLite(at url: URL) throws -> String {
        let queue = try SQLite.open(url)
        return try SQLite.translating(url) {
            try queue.write { database in
                try database.execute(sql: "CREATE TABLE doctor (value REAL); INSERT INTO doctor VALUES (0.1), (-2.5)")
            }
            return try queue.read { database in
                let sum = try Double.fetchOne(database, sql: "SELECT sum(value) FROM doctor")
                let state = try String.fetchOne(database, sql: "PRAGMA integrity_check")
                guard sum == -2.4, state == "ok" else {
                    throw StorageError.damaged(
                        path: url.path, reason: "the sum is \(sum ?? .nan), integrity \(state ?? "unknown")")
                }
                return try String.fetchOne(database, sql: "SELECT sqlite_version()") ?? "unknown"
            }
        }
    }
}
