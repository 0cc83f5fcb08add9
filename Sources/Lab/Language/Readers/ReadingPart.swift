public import LabNumerics

/// One way from texts to logits; a `TextReader` weighs one or several.
public protocol ReadingPart: Sendable {
    var partKind: ReadingPartKind { get }
    /// Columns of the logits.
    var classCount: Int { get }

    /// Unnormalised log-probabilities, [texts, classes], in the same order.
    func logits(_ texts: [String]) throws -> Matrix
}

/// What a part is made of.
public enum ReadingPartKind: String, Sendable, Codable, CaseIterable {
    /// A linear model over hashed n-grams.
    case ngrams
    /// The same with what a lexicon of ratings says as further features.
    case lexiconNGrams = "lexicon-ngrams"
    /// A linear model over the vectors of an encoder that stays as it was pretrained.
    case frozen
    /// An encoder that was trained for the task with a head on it.
    case tuned
}

extension NGramClassifier: ReadingPart {
    public var partKind: ReadingPartKind { .ngrams }
    public var classCount: Int { classes.count }
}
