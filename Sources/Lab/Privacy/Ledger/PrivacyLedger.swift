public import Foundation
import GRDB
import LabStorage

/// What a data owner's people have been exposed to, and how much more they may be.
///
/// One SQLite file an owner, `<home>/ledgers/<owner>.sqlite`, readable by its user alone. Entries can only be appended
/// and are chained by digests. A charge is on disk before anything is computed: a crash in between costs budget but
/// never privacy. Safe for several processes at once.
public final class PrivacyLedger: Sendable {
    public let owner: String
    public let url: URL
    let queue: DatabaseQueue

    /// Opens the owner's ledger, making it if there is none.
    ///
    /// Throws `PrivacyError` for an unfit name, a file open to others or a broken chain, `StorageError` for the disk.
    public init(home: URL, owner: String) throws {
        try OwnerName.check(owner)
        let folder = home.appendingPathComponent("ledgers", isDirectory: true)
        let url = folder.appendingPathComponent("\(owner).sqlite")
        try PrivateFile.createFolder(folder)
        try PrivateFile.createOnce(url, Data())
        try PrivateFile.check(url)
        self.owner = owner
        self.url = url
        queue = try SQLite.open(url)
        try SQLite.translating(url) {
            // A charge must survive the power going, which NORMAL does not promise.
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        }
        try write { try LedgerSchema.prepare($0, url: url) }
        try verify()
    }

    /// Whether the owner has a ledger: for commands that should not make one by mistake.
    public static func exists(home: URL, owner: String) throws -> Bool {
        try OwnerName.check(owner)
        return FileManager.default.fileExists(atPath: home.appendingPathComponent("ledgers/\(owner).sqlite").path)
    }

    /// Sets what may be spent on a population altogether; entries before stay spent.
    public func setBudget(_ budget: PrivacyCost, population: String, at time: Date) throws {
        try write { database in
            try self.append(
                database, kind: .budget, population: population, query: "", dataDigest: "", cost: budget,
                valueDigest: "", time: time)
        }
    }

    /// Sets the budget of a population that has none.
    public func ensureBudget(_ budget: PrivacyCost, population: String, at time: Date) throws {
        try write { database in
            guard try self.budget(database, population) == nil else { return }
            try self.append(
                database, kind: .budget, population: population, query: "", dataDigest: "", cost: budget,
                valueDigest: "", time: time)
        }
    }

    /// The state of a population's budget; zero where none was set.
    public func balance(of population: String) throws -> PrivacyBalance {
        try read { try self.balance($0, population) }
    }

    /// All entries in order.
    public func entries() throws -> [LedgerEntry] { try read { try self.entries($0) } }

    /// Throws `PrivacyError.ledgerBroken` at the first entry that is not what it was when it was written.
    public func verify() throws {
        try read { database in
            var previous = LedgerEntry.origin
            var expected: Int64 = 1
            let rows = try Row.fetchCursor(database, sql: "SELECT * FROM entries ORDER BY sequence")
            while let row = try rows.next() {
                let entry = try LedgerSchema.entry(row, url: self.url)
                let digest = entry.digest
                guard entry.sequence == expected, entry.previous == previous, digest == row["digest"] else {
                    throw PrivacyError.ledgerBroken(self.url, entry: expected)
                }
                previous = digest
                expected += 1
            }
        }
    }

    func balance(_ database: Database, _ population: String) throws -> PrivacyBalance {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT sum(epsilon) AS epsilon, sum(delta) AS delta
                FROM entries WHERE kind = 'charge' AND population = ?
                """, arguments: [population])
        let spent = PrivacyCost(epsilonNano: row?["epsilon"] ?? 0, deltaAtto: row?["delta"] ?? 0)
        return PrivacyBalance(budget: try budget(database, population) ?? .zero, spent: spent)
    }

    func budget(_ database: Database, _ population: String) throws -> PrivacyCost? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT epsilon, delta FROM entries WHERE kind = 'budget' AND population = ?
                ORDER BY sequence DESC LIMIT 1
                """, arguments: [population]
        ).map { PrivacyCost(epsilonNano: $0["epsilon"], deltaAtto: $0["delta"]) }
    }

    func entries(_ database: Database) throws -> [LedgerEntry] {
        try Row.fetchAll(database, sql: "SELECT * FROM entries ORDER BY sequence").map {
            try LedgerSchema.entry($0, url: url)
        }
    }

    /// One transaction that takes the write lock first, so that what it read still holds when it writes.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try SQLite.translating(url) {
            try queue.writeWithoutTransaction { database in
                var result: Result?
                try database.inTransaction(.immediate) {
                    result = try body(database)
                    return .commit
                }
                guard let result else { throw PrivacyError.ledgerBroken(url, entry: 0) }
                return result
            }
        }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try SQLite.translating(url) { try queue.read(body) }
    }
}
