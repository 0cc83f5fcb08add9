public import LabNumerics

/// What a pretrained encoder of the BERT family looks like: everything of its `config.json` that its values hang on.
public struct TransformerShape: Sendable, Equatable, Codable {
    /// Families whose tensors have names of their own.
    public enum Family: String, Sendable, Codable, CaseIterable {
        /// Token types, positions from 0. Source: Devlin et al., arXiv 1810.04805.
        case bert
        /// Positions count from behind the padding entry. Source: Liu et al., arXiv 1907.11692; also XLM-RoBERTa, BERTweet
        /// and CamemBERT.
        case roberta
        /// No token types and no pooler. Source: Sanh et al., arXiv 1910.01108.
        case distilbert
    }

    public var family: Family
    /// Entries of the vocabulary.
    public var vocabulary: Int
    /// Rows of the table of positions.
    public var positions: Int
    /// Rows of the table of token types; 0 where there is none. Every token here is of type 0.
    public var types: Int
    /// The entry that stands for padding, behind which RoBERTa counts positions.
    public var padding: Int
    public var width: Int
    public var depth: Int
    public var heads: Int
    /// The columns inside the feed-forward part.
    public var inner: Int
    public var activation: Activation
    /// What layer normalisation adds to the variance.
    public var epsilon: Float
    /// The probability of 0 behind embeddings, attention and feed-forward part while training.
    public var hiddenDropout: Float
    /// The probability of 0 of what a token sees of another while training.
    public var attentionDropout: Float

    public init(
        family: Family = .bert, vocabulary: Int, positions: Int, types: Int = 2, padding: Int = 0, width: Int,
        depth: Int, heads: Int, inner: Int, activation: Activation = .gelu, epsilon: Float = 1e-12,
        hiddenDropout: Float = 0.1, attentionDropout: Float = 0.1
    ) {
        self.family = family
        self.vocabulary = vocabulary
        self.positions = positions
        self.types = types
        self.padding = padding
        self.width = width
        self.depth = depth
        self.heads = heads
        self.inner = inner
        self.activation = activation
        self.epsilon = epsilon
        self.hiddenDropout = hiddenDropout
        self.attentionDropout = attentionDropout
    }

    /// The position of a sequence's first token.
    public var firstPosition: Int { family == .roberta ? padding + 1 : 0 }
    /// The most tokens of a sequence, special ones included.
    public var longest: Int { positions - firstPosition }

    /// The shape of its blocks, which normalise behind each sum.
    public var block: TransformerSettings {
        TransformerSettings(
            width: width, heads: heads, inner: inner, activation: activation, order: .after, epsilon: epsilon)
    }

    /// Where the position of each of a sequence's tokens stands in the table.
    func positions(of ids: [Int32]) -> [Int] {
        guard family == .roberta else { return Array(ids.indices) }
        // Padding inside a text keeps the position of padding and is not counted.
        var next = firstPosition
        return ids.map { id in
            if Int(id) == padding { return padding }
            defer { next += 1 }
            return next
        }
    }
}
