public import LabDomain

/// One thing that can be done for a customer at a decision.
public struct EmoSeqAction: Hashable, Codable, Sendable {
    /// `nil` for waiting.
    public let creative: CreativeKind?
    /// Index of the channel; `nil` for waiting.
    public let channel: Int?
    /// Periods until the next decision.
    public let periods: Int

    /// For example `promote/1` or `wait 4`.
    public var name: String {
        if let creative, let channel { "\(creative.name)/\(channel)" } else { "wait \(periods)" }
    }
}

extension EmoSeqParameters {
    /// The action space in order: creative × channel (channel fastest), then the waits.
    public var actions: [EmoSeqAction] {
        creatives.flatMap { creative in
            (0..<channelCount).map { EmoSeqAction(creative: creative, channel: $0, periods: 1) }
        } + waits.map { EmoSeqAction(creative: nil, channel: nil, periods: $0) }
    }

    /// Contacts, without the waits: preset S has 9.
    public var contactCount: Int { creatives.count * channelCount }
    public var actionCount: Int { contactCount + waits.count }

    /// What an observation's numbers mean: 22 informative ones and the nuisance.
    public var schema: StateSchema {
        var names = (0..<segmentCount).map { "segment.proxy.\($0)" }
        names += Sentiment.allCases.map { "reading.\($0.name)" }
        names += [
            "sentiment.smoothed", "engagement.smoothed", "spend.smoothed", "recency", "contacts.smoothed",
            "since.contact",
        ]
        names += ["creative.last.none"] + creatives.map { "creative.last.\($0.name)" }
        names += ["channel.last.none"] + (0..<channelCount).map { "channel.last.\($0)" }
        names += ["time"]
        names += (0..<nuisanceCount).map { "nuisance.\($0)" }
        return StateSchema(name: "emoseq.s", version: 1, features: names)
    }
}
