import Foundation
public import LabDomain
import LabStorage

/// Reads the sentiment of posts: hashed n-grams, a linear softmax, a temperature.
public struct SentimentModel: PostReader, Sendable {
    public let extractor: FeatureExtractor
    public let linear: LinearSoftmax
    /// Divides the logits; fitted on posts that the weights were not fitted to.
    public let temperature: Double
    public let thresholds: SentimentThresholds
    /// SHA-256 of the model's description, which itself names the digest of its weights.
    public let digest: String

    /// - Throws: `LanguageError.badModel` where the parts do not fit each other.
    public init(
        extractor: FeatureExtractor, linear: LinearSoftmax, temperature: Double,
        thresholds: SentimentThresholds = SentimentThresholds()
    ) throws {
        guard linear.width == extractor.width, linear.classes == Sentiment.allCases.count else {
            throw LanguageError.badModel(file: SentimentModel.weightsFile, reason: "its shape does not fit the recipe")
        }
        guard temperature.isFinite, temperature > 0 else { throw LanguageError.notFinite(what: "the temperature") }
        guard (linear.weights + linear.bias).allSatisfy(\.isFinite) else {
            throw LanguageError.notFinite(what: "a weight of the model")
        }
        self.extractor = extractor
        self.linear = linear
        self.temperature = temperature
        self.thresholds = thresholds
        let weights = try SentimentModel.encode(linear)
        digest = Digest.sha256(
            try SentimentDescription(
                extractor: extractor, temperature: temperature, thresholds: thresholds,
                weights: Digest.sha256(weights)
            ).encoded())
    }

    /// Logits before calibration in the order of `Sentiment.allCases`.
    public func logits(_ text: String) -> [Double] { linear.logits(extractor.features(text)) }

    /// Calibrated probabilities in the order of `Sentiment.allCases`.
    ///
    /// A text without any token gets the bias' probabilities: what is usual, and nothing about the text.
    public func probabilities(_ text: String) -> [Double] { softmax(logits(text), temperature: temperature) }

    public func read(_ posts: [Post]) throws -> [Reading] {
        posts.map { Reading(sentiment: probabilities($0.textWithMedia), model: digest) }
    }
}
