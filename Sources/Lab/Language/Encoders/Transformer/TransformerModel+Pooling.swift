public import LabNumerics

/// How a text's tokens become one row.
public enum TextPooling: String, Sendable, Codable, CaseIterable {
    /// The mean over all tokens, special ones included, as sentence-transformers do.
    case mean
    /// The first token, `[CLS]` or `<s>`.
    case cls
    /// The first token through BERT's own layer with tanh.
    case pooler

    /// The kind of `Pooling` that it begins with.
    var tokens: Pooling { self == .mean ? .mean : .first }
}

extension TransformerModel {
    /// One row for each text, [texts, width].
    ///
    /// - Throws: as `hidden(_:)`, and `LanguageError.unsupportedModel` where the model has no pooler and one is asked for.
    public func pooled(_ ids: [[Int32]], by pooling: TextPooling) throws -> Matrix {
        let (tokens, sequences) = try hidden(ids)
        let rows = sequences.pooling(tokens, by: pooling.tokens)
        guard pooling == .pooler else { return rows }
        try requirePooler()
        guard let place = layout.pooler else { return rows }
        let layer = Linear(weight: parameters[place].value, bias: parameters[place + 1].value)
        let tape = Tape()
        return tape.value(of: tape.tanh(tape.constant(layer(rows))))
    }

    func requirePooler() throws {
        guard hasPooler else {
            throw LanguageError.unsupportedModel(
                file: "the model", what: "its pooler, which it has not",
                supported: "a pooler, or mean or cls as pooling")
        }
    }
}
