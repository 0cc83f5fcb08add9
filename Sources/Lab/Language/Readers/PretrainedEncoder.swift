public import Foundation

/// An encoder in a folder: ready for reading, and as the model from which training begins.
public struct PretrainedEncoder: Sendable {
    public let folder: URL
    public let sentences: TransformerSentenceEncoder

    public var name: String { sentences.name }
    public var digest: String { sentences.digest }

    /// - Parameter name: under which runs record it; the folder's without one.
    /// - Throws: `LanguageError.badWeights`, `.badTokeniser` or `.unsupportedModel`.
    public init(folder: URL, name: String? = nil) throws {
        self.folder = folder
        sentences = try TransformerSentenceEncoder(folder: folder, name: name)
    }

    /// All parameters, read anew from the folder.
    public func model() throws -> TransformerModel { try TransformerModel(folder: folder) }
}
