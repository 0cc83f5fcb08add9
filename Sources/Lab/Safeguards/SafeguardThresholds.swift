/// Where an assessment turns, as calibrated probabilities in [0, 1].
///
/// The defaults err towards protection: a reading counts as distress as soon as it is likelier than not. The bounds
/// cannot be passed, so that no configuration switches the safeguard off.
public struct SafeguardThresholds: Hashable, Codable, Sendable {
    /// At or above this probability of negative sentiment a reading is `.distressed`.
    public let distress: Double
    /// At or above this probability of sadness and fear together a reading is `.distressed`, where emotions are read.
    public let distressEmotion: Double
    /// Below this probability of the likeliest sentiment a reading is `.unknown`.
    public let confidence: Double

    /// Above this a distress threshold would let clear distress pass.
    public static let highestDistress = 0.75
    /// Three sentiments always give a confidence of 1/3: at or below it the threshold would never act.
    public static let lowestConfidence = 0.35

    /// `distress` 0.5, `distressEmotion` 0.5, `confidence` 0.45.
    public static let standard = SafeguardThresholds(unchecked: 0.5, distressEmotion: 0.5, confidence: 0.45)

    /// Throws `SafeguardsError.thresholdOutOfBounds` beyond the bounds above.
    public init(distress: Double = 0.5, distressEmotion: Double = 0.5, confidence: Double = 0.45) throws {
        try Self.check("distress", distress, in: 0...Self.highestDistress)
        try Self.check("distressEmotion", distressEmotion, in: 0...Self.highestDistress)
        try Self.check("confidence", confidence, in: Self.lowestConfidence...1)
        self.init(unchecked: distress, distressEmotion: distressEmotion, confidence: confidence)
    }

    private init(unchecked distress: Double, distressEmotion: Double, confidence: Double) {
        self.distress = distress
        self.distressEmotion = distressEmotion
        self.confidence = confidence
    }

    // A decoded configuration must not pass the bounds either.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            distress: values.decode(Double.self, forKey: .distress),
            distressEmotion: values.decode(Double.self, forKey: .distressEmotion),
            confidence: values.decode(Double.self, forKey: .confidence))
    }

    private static func check(_ name: String, _ value: Double, in bounds: ClosedRange<Double>) throws {
        // Written so that a NaN fails too.
        guard bounds.contains(value) else {
            throw SafeguardsError.thresholdOutOfBounds(
                name: name, value: value, lowest: bounds.lowerBound, highest: bounds.upperBound)
        }
    }
}
