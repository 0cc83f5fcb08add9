public import Foundation
import GRDB
import LabStorage

/// What is asked of a population's data, and what the answer costs.
public struct ReleaseRequest: Hashable, Sendable {
    /// Whose data; costs add up within it.
    public let population: String
    /// Everything that determines the answer's distribution: name, mechanism, parameters.
    public let query: String
    /// SHA-256 of the data that is asked, in hexadecimal.
    public let dataDigest: String
    public let cost: PrivacyCost

    public init(population: String, query: String, dataDigest: String, cost: PrivacyCost) {
        self.population = population
        self.query = query
        self.dataDigest = dataDigest
        self.cost = cost
    }
}

/// An answer that may leave.
public struct PaidRelease: Hashable, Sendable {
    public let value: Data
    /// What this call spent: zero where the answer had been paid before.
    public let charged: PrivacyCost
    /// After this call.
    public let balance: PrivacyBalance
}

extension PrivacyLedger {
    /// Charges, then computes, stores and returns the answer; the same question on the same data is answered from store
    /// and charges nothing, since a second draw of the noise would spend twice.
    ///
    /// Throws `PrivacyError.budgetExceeded`, with nothing computed and nothing charged, where the budget does not
    /// suffice. Whatever `compute` throws leaves the charge spent: it may have looked at the data.
    public func release(_ request: ReleaseRequest, at time: Date, compute: () throws -> Data) throws -> PaidRelease {
        try verify()
        let before = try write { database -> PaidRelease? in
            if let value = try self.stored(database, request) {
                return PaidRelease(
                    value: value, charged: .zero, balance: try self.balance(database, request.population))
            }
            let balance = try self.balance(database, request.population)
            guard (balance.spent + request.cost).fits(balance.budget) else {
                throw PrivacyError.budgetExceeded(
                    population: request.population, asked: request.cost, balance: balance)
            }
            try self.append(
                database, kind: .charge, population: request.population, query: request.query,
                dataDigest: request.dataDigest, cost: request.cost, valueDigest: "", time: time)
            return nil
        }
        if let before { return before }
        let fresh = try compute()
        return try write { database in
            // Another process may have answered the same question meanwhile: there is only one answer.
            let earlier = try self.stored(database, request)
            if earlier == nil { try self.store(database, fresh, for: request, time: time) }
            return PaidRelease(
                value: earlier ?? fresh, charged: request.cost,
                balance: try self.balance(database, request.population))
        }
    }

    private func stored(_ database: Database, _ request: ReleaseRequest) throws -> Data? {
        let digest = try String.fetchOne(
            database,
            sql: """
                SELECT value_digest FROM entries
                WHERE kind = 'value' AND population = ? AND query = ? AND data_digest = ?
                """, arguments: [request.population, request.query, request.dataDigest])
        guard let digest else { return nil }
        let value = try Data.fetchOne(database, sql: "SELECT value FROM stored WHERE digest = ?", arguments: [digest])
        guard let value, Digest.sha256(value) == digest else { throw PrivacyError.storedValue(url, digest: digest) }
        return value
    }

    private func store(_ database: Database, _ value: Data, for request: ReleaseRequest, time: Date) throws {
        let digest = Digest.sha256(value)
        try database.execute(
            sql: "INSERT OR IGNORE INTO stored (digest, value) VALUES (?, ?)", arguments: [digest, value])
        try append(
            database, kind: .value, population: request.population, query: request.query,
            dataDigest: request.dataDigest, cost: .zero, valueDigest: digest, time: time)
    }

    func append(
        _ database: Database, kind: LedgerEntry.Kind, population: String, query: String, dataDigest: String,
        cost: PrivacyCost, valueDigest: String, time: Date
    ) throws {
        let last = try Row.fetchOne(
            database, sql: "SELECT sequence, digest FROM entries ORDER BY sequence DESC LIMIT 1")
        let entry = LedgerEntry(
            sequence: (last?["sequence"] ?? 0) + 1, kind: kind, population: population, query: query,
            dataDigest: dataDigest, cost: cost, valueDigest: valueDigest,
            time: Int64(time.timeIntervalSince1970.rounded(.down)), previous: last?["digest"] ?? LedgerEntry.origin)
        try database.execute(
            sql: """
                INSERT INTO entries (sequence, kind, population, query, data_digest, epsilon, delta, value_digest, time,
                    previous, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                entry.sequence, kind.rawValue, population, query, dataDigest, cost.epsilonNano, cost.deltaAtto,
                valueDigest, entry.time, entry.previous, entry.digest,
            ])
    }
}
