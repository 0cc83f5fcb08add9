public import Foundation
import GRDB
public import LabDomain

extension CustomerVault {
    /// What an erasure found.
    public enum Erasure: String, Sendable, Codable, CaseIterable {
        /// A key was destroyed: what it sealed can be read by nobody any more.
        case destroyed
        /// There was no key; the customer will get none.
        case hadNoKey = "had-no-key"
        /// Nothing changed.
        case already
    }

    /// Destroys the customer's key for good and remembers that they were erased, in one transaction.
    ///
    /// The file holds zeros where the key was. Copies of the file made before, such as backups, are beyond its reach.
    /// Erasing again changes nothing.
    ///
    /// - Parameter time: kept with the tombstone, as proof of when; the first erasure's stays.
    @discardableResult
    public func erase(_ customer: CustomerID, at time: Date) throws -> Erasure {
        var outcome = Erasure.already
        try write { database in
            guard try !self.isErased(database, customer) else { return }
            try database.execute(sql: "DELETE FROM keys WHERE customer = ?", arguments: [customer.rawValue])
            outcome = database.changesCount == 0 ? .hadNoKey : .destroyed
            try database.execute(
                sql: "INSERT INTO erased (customer, time) VALUES (?, ?)",
                arguments: [customer.rawValue, Int64(time.timeIntervalSince1970.rounded(.down))])
        }
        return outcome
    }

    /// Whether the customer was erased.
    public func isErased(_ customer: CustomerID) throws -> Bool { try read { try self.isErased($0, customer) } }

    /// How many customers have a key, and how many were erased.
    public func counts() throws -> (kept: Int, erased: Int) {
        try read { database in
            (
                try Int.fetchOne(database, sql: "SELECT count(*) FROM keys") ?? 0,
                try Int.fetchOne(database, sql: "SELECT count(*) FROM erased") ?? 0
            )
        }
    }
}
