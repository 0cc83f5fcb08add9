public import Foundation
import GRDB
public import LabDomain
import LabStorage

/// What language models cost, in SQLite: every call is reserved at its highest price before it is made and settled at
/// its true price after. Spent and reserved together never exceed the cap, whoever calls at once.
public final class CostLedger: Sendable {
    /// An amount set aside for one call.
    public struct Reservation: Hashable, Sendable {
        public let id: Int64
        public let amount: Money
    }

    /// How the budget stands.
    public struct Balance: Hashable, Codable, Sendable {
        public let cap: Money
        public let spent: Money
        public let reserved: Money
        /// How many calls were settled.
        public let calls: Int
        /// How many reservations were refused.
        public let refusals: Int
    }

    public let cap: Money
    private let url: URL
    private let queue: DatabaseQueue

    /// Opens a ledger, or makes one with this cap.
    ///
    /// Throws `CreativeError.ledgerDiffers` for a file with another cap, `StorageError`.
    public init(_ url: URL, cap: Money) throws {
        self.url = url
        self.cap = cap
        queue = try SQLite.open(url)
        let found = try SQLite.translating(url) { [queue] in
            try queue.write { database -> Money in
                try database.execute(
                    sql: """
                        PRAGMA user_version = 1;
                        CREATE TABLE IF NOT EXISTS budget (
                            id INTEGER PRIMARY KEY CHECK (id = 1), cap INTEGER NOT NULL, currency TEXT NOT NULL,
                            refusals INTEGER NOT NULL DEFAULT 0);
                        CREATE TABLE IF NOT EXISTS calls (
                            id INTEGER PRIMARY KEY, purpose TEXT NOT NULL, model TEXT NOT NULL,
                            state TEXT NOT NULL CHECK (state IN ('reserved', 'settled', 'released')),
                            reserved INTEGER NOT NULL, cost INTEGER, input INTEGER, output INTEGER,
                            cached_input INTEGER, cache_write INTEGER);
                        """)
                try database.execute(
                    sql: "INSERT OR IGNORE INTO budget (id, cap, currency) VALUES (1, ?, ?)",
                    arguments: [cap.micros, cap.currency])
                let row = try Row.fetchOne(database, sql: "SELECT cap, currency FROM budget")
                return Money(micros: row?["cap"] ?? 0, currency: row?["currency"] ?? cap.currency)
            }
        }
        guard found == cap else { throw CreativeError.ledgerDiffers(path: url.path, found: found, asked: cap) }
    }

    /// Sets an amount aside, or throws `CreativeError.budgetExceeded` and sets aside nothing.
    ///
    /// - Parameter purpose: what the call is for; shown in the ledger.
    public func reserve(_ amount: Money, model: String, purpose: String) throws -> Reservation {
        let outcome = try SQLite.translating(url) { [queue, cap] in
            try queue.write { database -> Result<Int64, CreativeError> in
                let committed = try Self.committed(database)
                let (sum, overflow) = committed.addingReportingOverflow(amount.micros)
                guard amount.currency == cap.currency, amount.micros >= 0, !overflow, sum <= cap.micros else {
                    try database.execute(sql: "UPDATE budget SET refusals = refusals + 1")
                    return .failure(
                        .budgetExceeded(
                            cap: cap, committed: Money(micros: committed, currency: cap.currency), needed: amount))
                }
                try database.execute(
                    sql: "INSERT INTO calls (purpose, model, state, reserved) VALUES (?, ?, 'reserved', ?)",
                    arguments: [purpose, model, amount.micros])
                return .success(database.lastInsertedRowID)
            }
        }
        return Reservation(id: try outcome.get(), amount: amount)
    }

    /// Books what a call cost. A vendor's bill above the reservation is booked as it is: it is owed.
    public func settle(_ reservation: Reservation, cost: Money, usage: TokenUsage) throws {
        try close(
            reservation,
            sql: """
                UPDATE calls SET state = 'settled', cost = ?, input = ?, output = ?, cached_input = ?, cache_write = ?
                WHERE id = ? AND state = 'reserved'
                """,
            [cost.micros, usage.input, usage.output, usage.cachedInput, usage.cacheWrite, reservation.id])
    }

    /// Gives back what a call that was not made, or not charged, had set aside.
    public func release(_ reservation: Reservation) throws {
        try close(
            reservation, sql: "UPDATE calls SET state = 'released', cost = 0 WHERE id = ? AND state = 'reserved'",
            [reservation.id])
    }

    private func close(_ reservation: Reservation, sql: String, _ arguments: StatementArguments) throws {
        let changed = try SQLite.translating(url) { [queue] in
            try queue.write { database in
                try database.execute(sql: sql, arguments: arguments)
                return database.changesCount
            }
        }
        guard changed == 1 else { throw CreativeError.unknownReservation(reservation.id) }
    }

    /// How the budget stands now.
    public func balance() throws -> Balance {
        try SQLite.translating(url) { [queue, cap] in
            try queue.read { database in
                let row = try Row.fetchOne(
                    database,
                    sql: """
                        SELECT coalesce(sum(CASE state WHEN 'settled' THEN cost END), 0) AS spent,
                            coalesce(sum(CASE state WHEN 'reserved' THEN reserved END), 0) AS held,
                            coalesce(sum(state = 'settled'), 0) AS calls FROM calls
                        """)
                let refusals = try Int.fetchOne(database, sql: "SELECT refusals FROM budget") ?? 0
                return Balance(
                    cap: cap, spent: Money(micros: row?["spent"] ?? 0, currency: cap.currency),
                    reserved: Money(micros: row?["held"] ?? 0, currency: cap.currency), calls: row?["calls"] ?? 0,
                    refusals: refusals)
            }
        }
    }

    /// Closes the ledger and leaves one file.
    public func close() throws {
        try SQLite.translating(url) { [queue] in try queue.close() }
        try SQLite.finalise(url)
    }

    private static func committed(_ database: Database) throws -> Int64 {
        try Int64.fetchOne(
            database,
            sql: """
                SELECT coalesce(sum(CASE state WHEN 'settled' THEN cost WHEN 'reserved' THEN reserved ELSE 0 END), 0)
                FROM calls
                """) ?? 0
    }
}
