public import LabNumerics

extension SentimentModel: ReadingPart {
    public var partKind: ReadingPartKind { .lexiconNGrams }
    public var classCount: Int { linear.classes }

    public func logits(_ texts: [String]) throws -> Matrix {
        Matrix(
            rows: texts.count, columns: linear.classes,
            elements: texts.flatMap { text -> [Float] in logits(text).map { Float($0) } })
    }
}
