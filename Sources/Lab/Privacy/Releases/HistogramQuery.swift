import LabDomain
import LabStorage
import Foundation

/// Which two data sets differential privacy cannot tell apart.
public enum NeighbouringRelation: String, Sendable, Codable, CaseIterable, Hashable {
    /// One unit more or less: a count changes by 1.
    case addOrRemoveOne = "add-or-remove-one"
    /// One unit replaced by another: two counts change by 1.
    case replaceOne = "replace-one"
}

/// How many customers are in each cell; a customer is in one cell at most.
///
/// The unit of privacy is the customer with everything that is known of them. Since nobody is in two cells the L1
/// sensitivity is 1 under `addOrRemoveOne` and 2 under `replaceOne`.
public struct HistogramQuery: Hashable, Sendable {
    /// For example `emotion-by-segment`.
    public let name: String
    /// One label a cell; fixed before the data are looked at, since labels that appear only with somebody tell of them.
    public let cells: [String]
    public let relation: NeighbouringRelation
    public let epsilon: Rational

    public init(name: String, cells: [String], relation: NeighbouringRelation = .addOrRemoveOne, epsilon: Rational) {
        self.name = name
        self.cells = cells
        self.relation = relation
        self.epsilon = epsilon
    }

    public var sensitivity: Int { relation == .addOrRemoveOne ? 1 : 2 }

    /// The noise for one cell. Throws `PrivacyError.parameter` for an ε of 0.
    public func noise() throws -> DiscreteLaplace { try DiscreteLaplace(sensitivity: sensitivity, epsilon: epsilon) }

    /// What the ledger knows the query by.
    public var canonicalText: String {
        ([
            "histogram 1", name, "unit customer", relation.rawValue, "sensitivity \(sensitivity)",
            "discrete laplace epsilon \(epsilon)",
        ] + cells).joined(separator: "\n")
    }

    /// The true counts, shape [cells].
    ///
    /// Throws `PrivacyError.secondContribution` for a customer who appears twice, `.unknownCell` for a cell beyond the
    /// labels: either would break the stated sensitivity.
    func counts(_ members: [(customer: CustomerID, cell: Int)]) throws -> [Int] {
        var counts = [Int](repeating: 0, count: cells.count)
        var seen = Set<CustomerID>(minimumCapacity: members.count)
        for (customer, cell) in members {
            guard counts.indices.contains(cell) else { throw PrivacyError.unknownCell(cell, of: cells.count) }
            guard seen.insert(customer).inserted else { throw PrivacyError.secondContribution(customer) }
            counts[cell] += 1
        }
        return counts
    }

    /// SHA-256 of who is where, independent of order.
    func dataDigest(_ members: [(customer: CustomerID, cell: Int)]) -> String {
        let lines = members.map { "\($0.customer.rawValue) \($0.cell)" }.sorted()
        return Digest.sha256(Data(lines.joined(separator: "\n").utf8))
    }
}
