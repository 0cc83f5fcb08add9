public import Foundation
import LabNumerics

/// The entries of a `config.json` of Hugging Face's `transformers`, under the names of all families.
private struct Configuration: Decodable {
    var model_type: String?
    var vocab_size: Int
    var max_position_embeddings: Int
    var type_vocab_size: Int?
    var pad_token_id: Int?
    var hidden_size: Int?
    var num_hidden_layers: Int?
    var num_attention_heads: Int?
    var intermediate_size: Int?
    var hidden_act: String?
    var layer_norm_eps: Double?
    var hidden_dropout_prob: Float?
    var attention_probs_dropout_prob: Float?
    var position_embedding_type: String?
    var is_decoder: Bool?
    // DistilBERT's names of the same.
    var dim: Int?
    var n_layers: Int?
    var n_heads: Int?
    var hidden_dim: Int?
    var activation: String?
    var dropout: Float?
    var attention_dropout: Float?
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
            found = try JSONDecoder().decode(Configuration.self, from: try Data(contentsOf: url))
        } catch let error as DecodingError {
            throw LanguageError.badWeights(file: file, reason: Self.reason(error))
        } catch {
            throw LanguageError.badWeights(file: file, reason: error.localizedDescription)
        }
        let family: Family
        switch found.model_type {
        case "bert": family = .bert
        case "roberta", "xlm-roberta", "camembert": family = .roberta
        case "distilbert": family = .distilbert
        case let other:
            throw unsupported("a model of type '\(other ?? "none")'", "the type bert, roberta or distilbert")
        }
        let isDistil = family == .distilbert
        if let kind = found.position_embedding_type, kind != "absolute" {
            throw unsupported("position embeddings of type '\(kind)'", "learned positions (absolute)")
        }
        if found.is_decoder == true { throw unsupported("a decoder", "an encoder that sees all tokens") }
        func number(_ value: Int?, _ name: String) throws -> Int {
            guard let value else { throw LanguageError.badWeights(file: file, reason: "it has no \(name)") }
            return value
        }
        self.init(
            family: family, vocabulary: found.vocab_size, positions: found.max_position_embeddings,
            types: isDistil ? 0 : found.type_vocab_size ?? 2,
            padding: found.pad_token_id ?? (family == .roberta ? 1 : 0),
            width: try number(isDistil ? found.dim : found.hidden_size, "hidden_size"),
            depth: try number(isDistil ? found.n_layers : found.num_hidden_layers, "num_hidden_layers"),
            heads: try number(isDistil ? found.n_heads : found.num_attention_heads, "num_attention_heads"),
            inner: try number(isDistil ? found.hidden_dim : found.intermediate_size, "intermediate_size"),
            epsilon: Float(found.layer_norm_eps ?? 1e-12),
            hiddenDropout: (isDistil ? found.dropout : found.hidden_dropout_prob) ?? 0.1,
            attentionDropout: (isDistil ? found.attention_dropout : found.attention_probs_dropout_prob) ?? 0.1)
        switch (isDistil ? found.activation : found.hidden_act) ?? "gelu" {
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
        case .keyNotFound(let key, _): "it has no \(key.stringValue)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "its \(context.codingPath.last?.stringValue ?? "content") has the wrong type"
        default: "it is no JSON object"
        }
    }
}
