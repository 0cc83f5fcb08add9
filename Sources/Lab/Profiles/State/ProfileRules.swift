import Foundation

/// How events become a profile; fixed for the life of a store, so that a replay gives the same profiles.
public struct ProfileRules: Hashable, Codable, Sendable {
    /// Below this probability of the likeliest sentiment a reading counts as unknown, as the safeguards count it.
    public let confidence: Double
    /// The weight of the newest reading in the moving average, in (0, 1].
    public let smoothing: Double
    /// The same for the slow average, against which the trend is taken.
    public let slowSmoothing: Double

    /// `confidence` 0.45, `smoothing` 0.3, `slowSmoothing` 0.1.
    public static let standard = ProfileRules(unchecked: 0.45, 0.3, 0.1)

    /// Throws `ProfilesError.rule` for a confidence outside of 1/3 … 1 or smoothing that is not 0 < slow ≤ fast ≤ 1.
    public init(confidence: Double = 0.45, smoothing: Double = 0.3, slowSmoothing: Double = 0.1) throws {
        guard confidence >= 1.0 / 3, confidence <= 1 else { throw ProfilesError.rule("confidence", confidence) }
        guard smoothing > 0, smoothing <= 1 else { throw ProfilesError.rule("smoothing", smoothing) }
        guard slowSmoothing > 0, slowSmoothing <= smoothing else {
            throw ProfilesError.rule("slowSmoothing", slowSmoothing)
        }
        self.init(unchecked: confidence, smoothing, slowSmoothing)
    }

    private init(unchecked confidence: Double, _ smoothing: Double, _ slowSmoothing: Double) {
        self.confidence = confidence
        self.smoothing = smoothing
        self.slowSmoothing = slowSmoothing
    }

    var canonicalText: String { "rules 1 \(confidence) \(smoothing) \(slowSmoothing)" }
}
