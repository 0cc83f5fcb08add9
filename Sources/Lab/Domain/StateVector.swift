/// Names, in order, the numbers of a customer's state. Two states compare only under equal digests.
public struct StateSchema: Hashable, Codable, Sendable {
    /// For example `emoseq.s`.
    public let name: String
    public let version: Int
    /// One name a feature, in the order of the vector.
    public let features: [String]

    public init(name: String, version: Int, features: [String]) {
        self.name = name
        self.version = version
        self.features = features
    }

    /// What the digest of the schema is taken over: name, version and features, one a line.
    public var canonicalText: String { ([name, String(version)] + features).joined(separator: "\n") }
}

/// A customer's state at one decision, as policies see it.
public struct StateVector: Hashable, Codable, Sendable {
    /// Shape [features], in the order of the schema.
    public let values: [Float]
    /// SHA-256 of `StateSchema.canonicalText`, in hexadecimal.
    public let schemaDigest: String

    public init(values: [Float], schemaDigest: String) {
        self.values = values
        self.schemaDigest = schemaDigest
    }
}

/// Turns what is known of a customer into a state: the ability of `LabProfiles` that policies use.
public protocol StateEncoder: Sendable {
    var schema: StateSchema { get }
    /// The state of one customer, or `nil` for an unknown one.
    func state(of customer: CustomerID) throws -> StateVector?
}
