import LabDomain
import LabProfiles

/// One cell of the released histogram: an observed segment and the sentiment that was read last, or that none was.
struct EmotionCell {
    let segment: ObservedSegment
    /// `nil` where the last reading is unknown.
    let sentiment: Sentiment?

    init(_ profile: CustomerProfile) {
        segment = profile.segment
        sentiment = profile.journey.current
    }

    private init(segment: ObservedSegment, sentiment: Sentiment?) {
        self.segment = segment
        self.sentiment = sentiment
    }

    /// Every cell, in one order that does not depend on the data.
    static let all = ObservedSegment.allCases.flatMap { segment in
        (Sentiment.allCases.map(Optional.some) + [nil]).map { EmotionCell(segment: segment, sentiment: $0) }
    }

    var index: Int { segment.rawValue * 4 + (sentiment?.rawValue ?? 3) }
    var sentimentName: String { sentiment?.name ?? "unknown" }
    var label: String { "\(segment.name)/\(sentimentName)" }
}
