public import Foundation
import GRDB
public import LabPrivacy
import LabStorage

/// Posts, duplicates and quarantined records of any number of sources in one SQLite file; events are only added.
///
/// A batch of events is written in one transaction together with the line up to which its source is done. What
/// `append` returned from is acknowledged: it outlives a kill of the process and, with SQLite's full synchronisation,
/// a loss of power.
///
/// A log with a vault keeps what a customer's rows say sealed under the customer's key; without one it is in clear, which
/// is for published corpora only: their people are nobody's customers, and everybody has their texts anyway.
public final class EventLog: Sendable {
    public let file: URL
    let queue: DatabaseQueue
    /// `nil` for a log in clear.
    let vault: CustomerVault?

    /// Opens the log, creating the file and its tables where there are none.
    ///
    /// - Parameters:
    ///   - readOnly: for a log in a sealed run: not a byte of it changes.
    ///   - vault: the keys of a sealed log, asked for only when they are needed; to write, one makes the log sealed.
    /// - Throws: `StreamsError.foreignLog`, `.newerLog`, `.otherwiseKept` for a sealed log without a vault or one in clear
    ///   that should be sealed; `StorageError` for what SQLite says.
    public init(
        _ file: URL, readOnly: Bool = false, vault: @autoclosure () throws -> CustomerVault? = nil
    ) throws {
        self.file = file
        let queue = try SQLite.open(file, readOnly: readOnly)
        self.queue = queue
        let isSealed = try readOnly && SQLite.translating(file) { try queue.read { try EventLogSchema.isSealed($0) } }
        self.vault = !readOnly || isSealed ? try vault() : nil
        if isSealed, self.vault == nil {
            throw StreamsError.otherwiseKept(path: file.lastPathComponent, sealed: true)
        }
        let sealed = self.vault != nil
        try SQLite.translating(file) {
            if readOnly {
                try queue.read { try EventLogSchema.check($0, path: file.lastPathComponent) }
            } else {
                // Without a full synchronisation a loss of power could take back what was acknowledged.
                try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
                try queue.write { try EventLogSchema.prepare($0, sealed: sealed, path: file.lastPathComponent) }
            }
        }
    }

    /// Whether what customers' rows say is sealed.
    public var isSealed: Bool { vault != nil }

    /// The line up to which the source's records have their event, 0 for a new source; `nil` where it is complete.
    func acknowledgedLine(of source: String) throws -> Int? {
        try access { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT line, complete FROM sources WHERE source = ?", arguments: [source])
            guard let row else { return 0 }
            return row["complete"] == 1 ? nil : row["line"]
        }
    }

    /// Makes the file one piece again, without a write-ahead log beside it, and closes it.
    public func finalise() throws {
        try translated {
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE")
            }
            try queue.close()
        }
    }

    func access<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try translated { try queue.read(body) }
    }

    func translated<Value>(_ body: () throws -> Value) throws -> Value {
        try SQLite.translating(file, body)
    }
}
