public import LabNumerics

/// An encoder that was trained for a task, with its head, made ready for reading.
public struct TunedPart: ReadingPart {
    public let classifier: FineTunedClassifier
    public let tokeniser: any SubwordTokeniser
    public let preparation: TextPreparation
    /// The most ids of a text.
    public let limit: Int
    private let packed: PackedTransformer

    public var partKind: ReadingPartKind { .tuned }
    public var classCount: Int { classifier.labels.count }

    public init(
        _ classifier: FineTunedClassifier, tokeniser: any SubwordTokeniser, preparation: TextPreparation, limit: Int
    ) {
        self.classifier = classifier
        self.tokeniser = tokeniser
        self.preparation = preparation
        self.limit = min(limit, classifier.encoder.shape.longest)
        packed = PackedTransformer(classifier.encoder)
    }

    public func logits(_ texts: [String]) throws -> Matrix {
        let ids = Self.ids(texts, tokeniser, preparation, limit: limit)
        // BERT's own layer behind the first token is no part of the packed form.
        guard classifier.pooling != .pooler else { return try classifier.logits(ids) }
        return classifier.head(try packed.pooled(ids, by: classifier.pooling == .mean ? .mean : .first))
    }

    /// The ids of prepared texts, of each at least one.
    public static func ids(
        _ texts: [String], _ tokeniser: any SubwordTokeniser, _ preparation: TextPreparation, limit: Int
    ) -> [[Int32]] {
        texts.map { text in
            let ids = tokeniser.encode(preparation.prepare(text), limit: limit)
            return ids.isEmpty ? [0] : ids
        }
    }
}
