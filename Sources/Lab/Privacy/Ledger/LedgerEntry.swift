import Foundation
import LabStorage

/// One line of a ledger; each holds the digest of the one before, so that no line can be altered or left out between.
public struct LedgerEntry: Hashable, Sendable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// Sets what may be spent on a population; the last one holds.
        case budget
        /// Spends, before anything is computed.
        case charge
        /// The value that a charge paid for has been stored.
        case value
    }

    /// 1, 2, 3, … without gaps.
    public let sequence: Int64
    public let kind: Kind
    /// Whose data: costs add up within a population.
    public let population: String
    /// The query with everything that determines its answer's distribution, as canonical text.
    public let query: String
    /// SHA-256 of the data that was asked, in hexadecimal.
    public let dataDigest: String
    /// Zero for values.
    public let cost: PrivacyCost
    /// For values: SHA-256 of the stored bytes; else empty.
    public let valueDigest: String
    /// UTC, in seconds since 1970.
    public let time: Int64
    /// The digest of the entry before; 64 zeros for the first.
    public let previous: String

    /// SHA-256 over every field, each with its length in front.
    public var digest: String {
        let fields = [
            "lab.ledger.1", String(sequence), kind.rawValue, population, query, dataDigest, String(cost.epsilonNano),
            String(cost.deltaAtto), valueDigest, String(time), previous,
        ]
        return Digest.sha256(Data(fields.map { "\($0.utf8.count):\($0)" }.joined().utf8))
    }

    static let origin = String(repeating: "0", count: 64)
}
