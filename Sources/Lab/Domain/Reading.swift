/// The direction of feeling in a text.
public enum Sentiment: Int, Codable, Sendable, CaseIterable, Hashable {
    case negative = 0
    case neutral = 1
    case positive = 2

    /// The name used in tables and files.
    public var name: String {
        switch self {
        case .negative: "negative"
        case .neutral: "neutral"
        case .positive: "positive"
        }
    }
}

/// Ekman's six basic emotions.
public enum Emotion: String, Codable, Sendable, CaseIterable, Hashable {
    case anger
    case disgust
    case fear
    case joy
    case sadness
    case surprise
}

/// What a model read out of one post. Never a fact about a person: probabilities, calibrated on held-out data.
public struct Reading: Hashable, Codable, Sendable {
    /// Calibrated probabilities in the order of `Sentiment.allCases`; they sum to 1.
    public let sentiment: [Double]
    /// Calibrated probabilities by emotion where the model has that head.
    public let emotion: [Emotion: Double]?
    /// SHA-256 of the model that read, in hexadecimal.
    public let model: String

    public init(sentiment: [Double], emotion: [Emotion: Double]? = nil, model: String) {
        self.sentiment = sentiment
        self.emotion = emotion
        self.model = model
    }

    /// The most probable sentiment; of equals the first.
    public var mostProbable: Sentiment {
        var best = 0
        for index in sentiment.indices where sentiment[index] > sentiment[best] { best = index }
        return Sentiment(rawValue: best) ?? .neutral
    }

    /// The calibrated probability of `mostProbable`.
    public var confidence: Double { sentiment.max() ?? 0 }
}

/// Reads posts: the ability of `LabLanguage` that other stages use.
public protocol PostReader: Sendable {
    /// One reading for each post, in the same order.
    func read(_ posts: [Post]) throws -> [Reading]
}
