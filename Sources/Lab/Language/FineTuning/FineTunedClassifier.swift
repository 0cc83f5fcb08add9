public import LabNumerics

/// A trained encoder with its head: what it says of texts, as logits or probabilities.
public struct FineTunedClassifier: Sendable {
    public let encoder: TransformerModel
    public let head: Linear
    public let pooling: TextPooling
    /// The names of classes or labels, in the order of columns.
    public let labels: [String]
    /// Whether several labels may hold at once: then each has a probability of its own.
    public let isMultiLabel: Bool

    /// How many tokens are read together, about.
    private static let tokensTogether = 4096

    public init(
        encoder: TransformerModel, head: Linear, pooling: TextPooling, labels: [String], isMultiLabel: Bool = false
    ) {
        precondition(
            head.weight.columns == encoder.shape.width && head.weight.rows == labels.count,
            "a head reads what the encoder gives and has a row for each label")
        self.encoder = encoder
        self.head = head
        self.pooling = pooling
        self.labels = labels
        self.isMultiLabel = isMultiLabel
    }

    /// The head's output for texts' ids, [texts, labels], in the same order.
    ///
    /// - Throws: `LanguageError.badTokeniser` for ids that the encoder cannot read.
    public func logits(_ ids: [[Int32]]) throws -> Matrix {
        var result = Matrix(rows: ids.count, columns: labels.count)
        // Alike lengths together keep the memory that attention needs small.
        let order = ids.indices.sorted { (ids[$0].count, $0) < (ids[$1].count, $1) }
        var start = 0
        while start < order.count {
            var (end, tokens) = (start, 0)
            while end < order.count, end == start || tokens + ids[order[end]].count <= Self.tokensTogether {
                tokens += ids[order[end]].count
                end += 1
            }
            let places = order[start..<end]
            let rows = head(try encoder.pooled(places.map { ids[$0] }, by: pooling))
            for (row, place) in places.enumerated() {
                for column in 0..<labels.count { result[place, column] = rows[row, column] }
            }
            start = end
        }
        return result
    }

    /// The same of texts.
    ///
    /// - Parameter limit: the most ids of a text; what is longer is cut off.
    public func logits(_ texts: [String], tokeniser: any SubwordTokeniser, limit: Int = 128) throws -> Matrix {
        try logits(texts.map { tokeniser.encode($0, limit: min(limit, encoder.shape.longest)) })
    }

    /// The probabilities of classes, which sum to 1, or of labels, each on its own.
    public func probabilities(ofLogits logits: Matrix) -> Matrix {
        guard isMultiLabel else { return logits.softmaxOfRows() }
        let tape = Tape()
        return tape.value(of: tape.sigmoid(tape.constant(logits)))
    }
}
