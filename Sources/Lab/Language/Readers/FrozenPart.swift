public import LabNumerics

/// A linear softmax over what a pretrained encoder gives: the pooled values of chosen layers, or a text's one vector.
public struct FrozenPart: ReadingPart {
    public let encoder: any SentenceEncoder
    /// 0 is what goes into the first block, the encoder's depth what comes out of the last; none where it has no layers to choose
    /// from.
    public let layers: [Int]
    public let preparation: TextPreparation
    public let head: DenseSoftmax

    public var partKind: ReadingPartKind { .frozen }
    public var classCount: Int { head.classes }

    /// - Throws: `LanguageError.badModel` where the encoder has no such layers or the head does not read what they give.
    public init(
        encoder: any SentenceEncoder, layers: [Int], preparation: TextPreparation, head: DenseSoftmax
    ) throws {
        func bad(_ reason: String) -> LanguageError { .badModel(file: "the head", reason: reason) }
        if let depth = encoder.depth {
            guard !layers.isEmpty, layers.allSatisfy((0...depth).contains) else {
                throw bad("it reads the layers \(layers), the encoder has those from 0 to \(depth)")
            }
            guard head.width == encoder.width * layers.count else {
                throw bad(
                    "it reads \(head.width) numbers, the encoder gives \(layers.count) layers of \(encoder.width)")
            }
        } else {
            guard layers.isEmpty else { throw bad("it reads the layers \(layers), the encoder has none") }
            guard head.width == encoder.width else {
                throw bad("it reads \(head.width) numbers, the encoder gives \(encoder.width)")
            }
        }
        self.encoder = encoder
        self.layers = layers
        self.preparation = preparation
        self.head = head
    }

    public func logits(_ texts: [String]) throws -> Matrix {
        head.logits(try Self.features(texts, encoder, layers, preparation))
    }

    /// What a head learns from, [texts, width · layers], or [texts, width] without layers to choose from.
    public static func features(
        _ texts: [String], _ encoder: any SentenceEncoder, _ layers: [Int], _ preparation: TextPreparation
    ) throws -> Matrix {
        try encoder.embed(texts.map(preparation.prepare), layers: layers)
    }
}
