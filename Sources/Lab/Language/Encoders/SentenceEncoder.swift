public import LabNumerics

/// Gives each text a vector: the ability that heads stand on.
public protocol SentenceEncoder: Sendable {
    /// The name under which runs record it, such as `minilm-l6`.
    var name: String { get }
    /// Numbers of one text's vector.
    var width: Int { get }
    /// SHA-256 of the weights and of what prepares a text, in hexadecimal.
    var digest: String { get }

    /// One row for each text, [texts, width], in the same order; equal texts give equal rows.
    func embed(_ texts: [String]) throws -> Matrix
}
