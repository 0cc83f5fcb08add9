public import Foundation
public import LabNumerics

/// Sentence vectors of a BERT-shaped model in a folder as sentence-transformers and `transformers` leave it, such as the dataset
/// `minilm-l6`.
///
/// Source: Reimers and Gurevych, arXiv 1908.10084, section 3.
public struct TransformerSentenceEncoder: SentenceEncoder {
    public let name: String
    public let digest: String
    public let settings: SentenceSettings
    /// How many threads compute at once; vectors are the same for any number.
    public var threads = 1
    /// About how many tokens are computed together.
    public var tokenBudget = PackedTransformer.tokenBudget
    public let model: PackedTransformer
    public let tokeniser: any SubwordTokeniser

    public var width: Int { model.shape.width }
    public var depth: Int? { model.shape.depth }
    /// The most tokens that are read of a text, special ones included.
    public var longest: Int { min(settings.longest ?? .max, model.shape.longest) }

    /// The encoder in a folder with `config.json`, `model.safetensors` and a tokeniser's files.
    ///
    /// - Parameter name: under which runs record it; the folder's without one.
    /// - Throws: `LanguageError.badWeights`, `.badTokeniser` or `.unsupportedModel`.
    public init(folder: URL, name: String? = nil) throws {
        try self.init(
            model: PackedTransformer(folder: folder), tokeniser: Tokeniser.load(folder: folder),
            settings: SentenceSettings(folder: folder), name: name ?? folder.lastPathComponent,
            digest: EncoderDigest.of(folder))
    }

    /// An encoder of parts, such as a fine-tuned model with the tokeniser that it began with.
    ///
    /// - Throws: `LanguageError.badTokeniser` where the tokeniser gives ids that the model does not have.
    public init(
        model: PackedTransformer, tokeniser: any SubwordTokeniser, settings: SentenceSettings, name: String,
        digest: String
    ) throws {
        guard tokeniser.vocabularySize <= model.shape.vocabulary else {
            throw LanguageError.badTokeniser(
                file: name,
                reason: "it has \(tokeniser.vocabularySize) entries, the model \(model.shape.vocabulary)")
        }
        self.model = model
        self.tokeniser = tokeniser
        self.settings = settings
        self.name = name
        self.digest = digest
    }

    /// The ids of texts as the model reads them: never empty, never longer than `longest`.
    public func ids(_ texts: [String]) -> [[Int32]] {
        let longest = longest
        return texts.map { text in
            let ids = tokeniser.encode(text, limit: longest)
            return ids.isEmpty ? [Int32(model.shape.padding)] : ids
        }
    }

    public func embed(_ texts: [String]) throws -> Matrix {
        var vectors = try model.pooled(
            ids(texts), by: settings.pooling, budget: tokenBudget, threads: threads)
        if settings.isNormalised { vectors.normaliseRows() }
        return vectors
    }

    /// Pooled values of chosen layers side by side, without normalisation, for heads that read more than the last:
    /// [texts, width · layers]. Layer 0 is what goes into the first block, `model.shape.depth` the last.
    public func embed(_ texts: [String], layers: [Int]) throws -> Matrix {
        try model.pooled(
            ids(texts), by: settings.pooling, layers: layers, budget: tokenBudget, threads: threads)
    }
}

extension Matrix {
    /// Each row divided by its length; a row of zeros stays one.
    mutating func normaliseRows() {
        let (rows, columns) = (rows, columns)
        elements.withUnsafeMutableBufferPointer { elements in
            guard let start = elements.baseAddress else { return }
            Elementwise.normaliseRows(start, rows: rows, columns: columns, least: 1e-24)
        }
    }
}
