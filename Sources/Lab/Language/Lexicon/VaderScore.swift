/// What the lexicon and its rules say about a text.
public struct VaderScore: Hashable, Sendable {
    /// Normalised sum of valences, in -1…1.
    public let compound: Double
    /// Shares of the text's words that speak for, against and neither way; they sum to 1, or are all 0 without words.
    public let positive: Double
    public let negative: Double
    public let neutral: Double

    static let empty = VaderScore(compound: 0, positive: 0, negative: 0, neutral: 0)
}
