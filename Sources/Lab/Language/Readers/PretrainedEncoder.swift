public import Foundation

/// An encoder as readers begin with it: ready for reading and, where it is a transformer, as the model from which training begins.
public struct PretrainedEncoder: Sendable {
    /// Where its files lie; `nil` for one that was given as it is.
    public let folder: URL?
    public let sentences: any SentenceEncoder

    public var name: String { sentences.name }
    public var digest: String { sentences.digest }
    /// The same where it can be trained further; `nil` where it only gives vectors.
    public var transformer: TransformerSentenceEncoder? { sentences as? TransformerSentenceEncoder }

    /// The encoder in a folder: the Universal Sentence Encoder where its weights lie there and no transformer's, else a
    /// transformer.
    ///
    /// - Parameter name: under which runs record it; the folder's without one.
    /// - Throws: `LanguageError.badWeights`, `.badTokeniser` or `.unsupportedModel`.
    public init(folder: URL, name: String? = nil) throws {
        func has(_ file: String) -> Bool { TextFile.missing(folder.appending(path: file)) == nil }
        self.folder = folder
        sentences =
            has(UniversalSentenceEncoder.weightsFile) && !has(TransformerModel.weightsFile)
            ? try UniversalSentenceEncoder(folder: folder, name: name ?? folder.lastPathComponent)
            : try TransformerSentenceEncoder(folder: folder, name: name)
    }

    /// An encoder of another kind, for heads on vectors that stay as they are.
    public init(_ sentences: any SentenceEncoder) {
        folder = nil
        self.sentences = sentences
    }

    /// All parameters of a transformer, read anew from the folder.
    ///
    /// - Throws: `LanguageError.unsupportedModel` where it only gives vectors.
    public func model() throws -> TransformerModel {
        guard transformer != nil, let folder else {
            throw LanguageError.unsupportedModel(
                file: name, what: "training the encoder itself", supported: "the shape of BERT, RoBERTa or DistilBERT")
        }
        return try TransformerModel(folder: folder)
    }
}
