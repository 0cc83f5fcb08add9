import Crypto
public import Foundation
import GRDB
public import LabDomain
import LabStorage

/// The keys under which an owner's customers' texts are sealed, one random 256-bit key a customer.
///
/// They lie in `<home>/keys/<owner>.customers.sqlite`, readable by its user alone and each wrapped by a key derived from
/// the owner's master key. Destroying a customer's key takes the person out of every run that was ever sealed, without
/// changing a byte of it. Safe for several processes at once; nothing is kept in memory, so that an erasure by
/// another process holds from the next text on.
public final class CustomerVault: Sendable {
    public let owner: String
    public let url: URL
    let queue: DatabaseQueue
    let wrapping: KeyWrapping
    /// For what belongs to no customer's key.
    let fingerprintKey: SymmetricKey

    /// Opens the owner's vault, making it if there is none.
    ///
    /// Throws `PrivacyError` for an unfit name or a file open to others, `StorageError` for the disk.
    public init(home: URL, owner: String) throws {
        let store = KeyStore(home: home)
        wrapping = KeyWrapping(key: try store.derivedKey(owner: owner, purpose: "customer-keys"))
        fingerprintKey = try store.derivedKey(owner: owner, purpose: "record-fingerprint")
        let url = store.folder.appendingPathComponent("\(owner).customers.sqlite")
        try PrivateFile.createOnce(url, Data())
        try PrivateFile.check(url)
        self.owner = owner
        self.url = url
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            // No write-ahead log, which would hold a destroyed key until its next checkpoint; freed bytes become zeros.
            try database.execute(
                sql: "PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL")
        }
        queue = try SQLite.translating(url) { try DatabaseQueue(path: url.path, configuration: configuration) }
        try write { try VaultSchema.prepare($0, url: url) }
    }

    /// Makes a key for each customer who has none and was not erased, in one transaction; on disk when it returns.
    ///
    /// `seal` makes a missing key as well; many customers at once are quicker this way.
    public func prepare(_ customers: some Sequence<CustomerID>) throws {
        let wanted = Set(customers).sorted()
        let missing = try read { database in
            try wanted.filter { try self.wrapped(database, $0) == nil && !(try self.isErased(database, $0)) }
        }
        guard !missing.isEmpty else { return }
        try write { database in
            // Another process may have come first, with a key or with an erasure: what is there holds.
            for customer in missing where try !self.isErased(database, customer) {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO keys (customer, wrapped) VALUES (?, ?)",
                    arguments: [customer.rawValue, try self.wrapping.wrap(.random(), of: customer)])
            }
        }
    }

    /// The customer's key.
    ///
    /// Throws `PrivacyError.erased`, `.noCustomerKey`, or `.customerKeyDamaged` where the owner's master key does not fit.
    func key(of customer: CustomerID) throws -> CustomerKey {
        try read { database in
            guard try !self.isErased(database, customer) else { throw PrivacyError.erased(customer) }
            guard let wrapped = try self.wrapped(database, customer) else {
                throw PrivacyError.noCustomerKey(customer)
            }
            guard let key = self.wrapping.unwrap(wrapped, of: customer) else {
                throw PrivacyError.customerKeyDamaged(self.url, customer)
            }
            return key
        }
    }

    private func wrapped(_ database: Database, _ customer: CustomerID) throws -> Data? {
        try Data.fetchOne(
            database.cachedStatement(sql: "SELECT wrapped FROM keys WHERE customer = ?"), arguments: [customer.rawValue]
        )
    }

    func isErased(_ database: Database, _ customer: CustomerID) throws -> Bool {
        try Bool.fetchOne(
            database.cachedStatement(sql: "SELECT 1 FROM erased WHERE customer = ?"), arguments: [customer.rawValue])
            ?? false
    }

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try SQLite.translating(url) { try queue.read(body) }
    }

    func write(_ body: (Database) throws -> Void) throws {
        try SQLite.translating(url) {
            try queue.writeWithoutTransaction { database in
                try database.inTransaction(.immediate) {
                    try body(database)
                    return .commit
                }
            }
        }
    }
}
