/// The language that a text was found to be in.
public struct IdentifiedLanguage: Hashable, Codable, Sendable {
    /// ISO 639-1, or the model's own code where that norm has none; `nil` where a guess would be all there is.
    public let code: String?
    /// The share of the evidence that speaks for `code`, or for the best guess where that was not good enough: 0…1.
    public let confidence: Double

    public init(code: String?, confidence: Double) {
        self.code = code
        self.confidence = confidence
    }
}
