/// The shape of a transformer's block.
public struct TransformerSettings: Sendable, Equatable, Codable {
    /// Where a block normalises.
    public enum Order: String, Sendable, Codable {
        /// Behind each sum, as in BERT and the original paper.
        case after
        /// Before attention and before the feed-forward part, which trains more easily in deep stacks.
        case before
    }

    /// The columns of a token.
    public var width: Int
    /// How many heads attend; it divides `width`.
    public var heads: Int
    /// The columns inside the feed-forward part, usually 4 · width.
    public var inner: Int
    public var activation: Activation
    public var order: Order
    /// What layer normalisation adds to the variance; BERT's is 1e-12.
    public var epsilon: Float
    /// The probability of 0 behind attention, inside and behind the feed-forward part while training.
    public var dropout: Float
    /// Whether a token sees itself and what is before it only.
    public var isCausal: Bool

    public init(
        width: Int, heads: Int, inner: Int, activation: Activation = .gelu, order: Order = .after,
        epsilon: Float = 1e-5, dropout: Float = 0, isCausal: Bool = false
    ) {
        self.width = width
        self.heads = heads
        self.inner = inner
        self.activation = activation
        self.order = order
        self.epsilon = epsilon
        self.dropout = dropout
        self.isCausal = isCausal
    }

    func check() {
        precondition(width > 0 && heads > 0 && inner > 0, "a transformer has positive widths and heads")
        precondition(width % heads == 0, "attention's width is a multiple of its heads")
        precondition(0 <= dropout && dropout < 1 && epsilon >= 0, "dropout is in 0 ..< 1, epsilon not negative")
    }
}
