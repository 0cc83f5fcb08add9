import Foundation

/// `model.json`: everything about a sentiment model but its weights.
struct SentimentDescription: Codable, Equatable {
    static let currentFormat = 1

    var format = SentimentDescription.currentFormat
    var kind = "sentiment/linear-softmax"
    /// In the order of the weights' columns.
    var classes = ["negative", "neutral", "positive"]
    var recipe: FeatureRecipe
    var temperature: Double
    var thresholds: SentimentThresholds
    /// SHA-256 of `model.safetensors`.
    var weights: String
    /// Only where the recipe uses one: a reader must not depend on a file that is elsewhere.
    var lexicon: VaderLexicon?
    /// What protects the training posts: nothing does, so their words can show in the weights.
    var epsilon = "none"

    init(extractor: FeatureExtractor, temperature: Double, thresholds: SentimentThresholds, weights: String) {
        recipe = extractor.recipe
        lexicon = extractor.lexicon?.lexicon
        self.temperature = temperature
        self.thresholds = thresholds
        self.weights = weights
    }

    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return try encoder.encode(self)
    }
}
