public import Foundation
import LabNumerics

/// The entries of a `config.json` of Hugging Face's `transformers`, under the names of all families.
private struct Configuration: Decodable {
    var modelType: String?
    var vocabSize: Int
    var maxPositionEmbeddings: Int
    var typeVocabSize: Int?
    var padTokenId: Int?
    var hiddenSize: Int?
    var numHiddenLayers: Int?
    var numAttentionHeads: Int?
    var intermediateSize: Int?
    var hiddenAct: String?
    var layerNormEps: Double?
    var hiddenDropoutProb: Float?
    var attentionProbsDropoutProb: Float?
    var positionEmbeddingType: String?
    var isDecoder: Bool?
    // DistilBERT's names of the same.
    var dim: Int?
    var nLayers: Int?
    var nHeads: Int?
    var hiddenDim: Int?
    var activation: String?
    var dropout: Float?
    var attentionDropout: Float?
}

extension TransformerShape {
    /// What a model's `config.json` says.
    ///
    /// - Throws: `LanguageError.unsupportedModel`, which names what is not supported, `.badWeights` for a file that is no
    ///   configuration or one whose numbers do not fit each other.
    public init(configuration url: URL) throws {
        let file = url.path
        func unsupported(_ what: String, _ supported: String) -> LanguageError {
            .unsupportedModel(file: file, what: what, supported: supported)
        }
        let found: Configuration
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            found = try decoder.decode(Configuration.self, from: try Data(contentsOf: url))
        } catch let error as DecodingError {
            throw LanguageError.badWeights(file: file, reason: Self.reason(error))
        } catch {
            throw LanguageError.badWeights(file: file, reason: error.localizedDescription)
        }
        let family: Family
        switch found.modelType {
        case "bert": family = .bert
        case "roberta", "xlm-roberta", "camembert": family = .roberta
        case "distilbert": family = .distilbert
        case let other:
            throw unsupported("a model of type '\(other ?? "none")'", "the type bert, roberta or distilbert")
        }
        let isDistil = family == .distilbert
        if let kind = found.positionEmbeddingType, kind != "absolute" {
            throw unsupported("position embeddings of type '\(kind)'", "learned positions (absolute)")
        }
        if found.isDecoder == true { throw unsupported("a decoder", "an encoder that sees all tokens") }
        func number(_ value: Int?, _ name: String) throws -> Int {
            guard let value else { throw LanguageError.badWeights(file: file, reason: "it has no \(name)") }
            return value
        }
        self.init(
            family: family, vocabulary: found.vocabSize, positions: found.maxPositionEmbeddings,
            types: isDistil ? 0 : found.typeVocabSize ?? 2,
            padding: found.padTokenId ?? (family == .roberta ? 1 : 0),
            width: try number(isDistil ? found.dim : found.hiddenSize, "hidden_size"),
            depth: try number(isDistil ? found.nLayers : found.numHiddenLayers, "num_hidden_layers"),
            heads: try number(isDistil ? found.nHeads : found.numAttentionHeads, "num_attention_heads"),
            inner: try number(isDistil ? found.hiddenDim : found.intermediateSize, "intermediate_size"),
            epsilon: Float(found.layerNormEps ?? 1e-12),
            hiddenDropout: (isDistil ? found.dropout : found.hiddenDropoutProb) ?? 0.1,
            attentionDropout: (isDistil ? found.attentionDropout : found.attentionProbsDropoutProb) ?? 0.1)
        switch (isDistil ? found.activation : found.hiddenAct) ?? "gelu" {
        case "gelu": activation = .gelu
        case "gelu_new", "gelu_pytorch_tanh": activation = .geluTanh
        case "relu": activation = .relu
        case let other: throw unsupported("the activation '\(other)'", "the activation gelu, gelu_new or relu")
        }
        if let problem { throw LanguageError.badWeights(file: file, reason: problem) }
    }

    /// What keeps its numbers from being a model; `nil` where they are one.
    var problem: String? {
        let sides = [vocabulary, width, depth, heads, inner]
        if let side = sides.first(where: { $0 < 1 }) { return "it has a size of \(side)" }
        // Far beyond any model of these families: a table of such a size is a damaged file.
        if let side = (sides + [positions, types]).first(where: { $0 > 1 << 24 }) { return "it has a size of \(side)" }
        if width % heads != 0 { return "\(heads) heads do not divide the width \(width)" }
        if types < 0 || (family != .distilbert && types == 0) { return "it has \(types) token types" }
        if padding < 0 || padding >= vocabulary { return "its padding \(padding) is no entry of the vocabulary" }
        if longest < 1 { return "its \(positions) positions leave no room for a token" }
        if !(0..<1).contains(hiddenDropout) || !(0..<1).contains(attentionDropout) {
            return "a probability of dropout is not in 0 ..< 1"
        }
        if !(epsilon >= 0 && epsilon < 1) { return "its layer_norm_eps is \(epsilon)" }
        return nil
    }

    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "it has no \(snakeCase(key))"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "its \(context.codingPath.last.map(snakeCase) ?? "content") has the wrong type"
        default: "it is no JSON object"
        }
    }
    /// The name as the file has it.
    private static func snakeCase(_ key: any CodingKey) -> String {
        key.stringValue.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }
}
