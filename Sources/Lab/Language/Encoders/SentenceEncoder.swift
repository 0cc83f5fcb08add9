public import LabNumerics

/// Gives each text a vector: the ability that heads stand on.
public protocol SentenceEncoder: Sendable {
    /// The name under which runs record it, such as `minilm-l6`.
    var name: String { get }
    /// Numbers of one text's vector.
    var width: Int { get }
    /// SHA-256 of the weights and of what prepares a text, in hexadecimal.
    var digest: String { get }
    /// The number of the last of the layers that a head may choose from, 0 being what goes into the first block; `nil` where a
    /// text has one vector and nothing to choose.
    var depth: Int? { get }

    /// One row for each text, [texts, width], in the same order; equal texts give equal rows.
    func embed(_ texts: [String]) throws -> Matrix
    /// Chosen layers side by side, [texts, width · layers]; where there is nothing to choose, the texts' vectors.
    func embed(_ texts: [String], layers: [Int]) throws -> Matrix
}

extension SentenceEncoder {
    public var depth: Int? { nil }

    public func embed(_ texts: [String], layers: [Int]) throws -> Matrix { try embed(texts) }
}
