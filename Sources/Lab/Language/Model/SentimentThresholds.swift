public import LabDomain

/// Which mean human ratings count as negative, neutral and positive.
public struct SentimentThresholds: Hashable, Codable, Sendable {
    /// Ratings nearer to 0 than this are neutral.
    ///
    /// .5 on the scale from -4 to 4: single ratings of such corpora scatter with a standard deviation of about 1, so the
    /// mean of 20 raters has a standard error of about .22, and a mean nearer than .5 (2.2 standard errors) cannot be
    /// told from no feeling. Of the 4,200 VADER tweets 26 % are then negative, 18 % neutral, 56 % positive.
    public var neutral = 0.5

    public init() {}

    public init(neutral: Double) { self.neutral = neutral }

    /// - Parameter rating: from -4 to 4.
    public func sentiment(_ rating: Double) -> Sentiment {
        if rating <= -neutral { return .negative }
        return rating < neutral ? .neutral : .positive
    }
}
