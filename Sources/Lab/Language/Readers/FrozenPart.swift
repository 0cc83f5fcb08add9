public import LabNumerics

/// A linear softmax over the pooled values of chosen layers of a pretrained encoder.
public struct FrozenPart: ReadingPart {
    public let encoder: TransformerSentenceEncoder
    /// 0 is what goes into the first block, the encoder's depth what comes out of the last.
    public let layers: [Int]
    public let preparation: TextPreparation
    public let head: DenseSoftmax

    public var partKind: ReadingPartKind { .frozen }
    public var classCount: Int { head.classes }

    /// - Throws: `LanguageError.badModel` where the encoder has no such layers or the head does not read what they give.
    public init(
        encoder: TransformerSentenceEncoder, layers: [Int], preparation: TextPreparation, head: DenseSoftmax
    ) throws {
        let depth = encoder.model.shape.depth
        guard !layers.isEmpty, layers.allSatisfy((0...depth).contains) else {
            throw LanguageError.badModel(
                file: "the head", reason: "it reads the layers \(layers), the encoder has those from 0 to \(depth)")
        }
        guard head.width == encoder.width * layers.count else {
            throw LanguageError.badModel(
                file: "the head",
                reason: "it reads \(head.width) numbers, the encoder gives \(layers.count) layers of "
                    + "\(encoder.width)")
        }
        self.encoder = encoder
        self.layers = layers
        self.preparation = preparation
        self.head = head
    }

    public func logits(_ texts: [String]) throws -> Matrix {
        head.logits(try Self.features(texts, encoder, layers, preparation))
    }

    /// What a head learns from, [texts, width · layers].
    public static func features(
        _ texts: [String], _ encoder: TransformerSentenceEncoder, _ layers: [Int], _ preparation: TextPreparation
    ) throws -> Matrix {
        try encoder.embed(texts.map(preparation.prepare), layers: layers)
    }
}
