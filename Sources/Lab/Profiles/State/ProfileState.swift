public import LabDomain
import Foundation
import LabStorage

/// The profiles of all customers after a number of events.
public struct ProfileState: Sendable {
    public let rules: ProfileRules
    /// The number of the last event that went in; 0 for none.
    public internal(set) var sequence: Int64 = 0
    var indexes: [CustomerID: Int] = [:]
    /// In the order in which they first appeared.
    public internal(set) var customers: [CustomerID] = []
    var profiles: [CustomerProfile] = []

    public init(rules: ProfileRules = .standard) { self.rules = rules }

    public var count: Int { customers.count }

    public subscript(customer: CustomerID) -> CustomerProfile? { indexes[customer].map { profiles[$0] } }

    /// The profile of the customer at a place in `customers`.
    public subscript(place: Int) -> CustomerProfile { profiles[place] }

    /// The state after one more event.
    public mutating func apply(_ record: ProfileRecord) {
        sequence += 1
        profiles[place(of: record.customer)].apply(record.event, at: record.time, rules)
    }

    mutating func place(of customer: CustomerID) -> Int {
        if let known = indexes[customer] { return known }
        indexes[customer] = customers.count
        customers.append(customer)
        profiles.append(CustomerProfile())
        return customers.count - 1
    }

    /// SHA-256 of rules, sequence and every profile in the order of the pseudonyms: equal for equal states only.
    public var digest: String {
        var writer = ProfileEncoding()
        writer.append(rules.canonicalText)
        writer.append(sequence)
        for place in customers.indices.sorted(by: { customers[$0] < customers[$1] }) {
            writer.append(customers[place].rawValue)
            writer.append(profiles[place])
        }
        return Digest.sha256(writer.data)
    }
}
