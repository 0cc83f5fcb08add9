public import LabDomain
public import LabSafeguards

/// One thing that can be done for a customer at a decision.
public struct EmoSeqAction: Hashable, Codable, Sendable {
    /// What the contact does; `nil` for waiting.
    public let creative: CreativeKind?
    /// What its creative is called; `nil` for waiting.
    public let creativeName: String?
    /// Index of the channel; `nil` for waiting.
    public let channel: Int?
    /// Periods until the next decision: the contact's own and quiet ones after it.
    public let periods: Int

    /// For example `promote/1`, `promote/1 +3` (three quiet periods follow) or `wait 4`.
    public var name: String {
        guard let creativeName, let channel else { return "wait \(periods)" }
        return periods == 1 ? "\(creativeName)/\(channel)" : "\(creativeName)/\(channel) +\(periods - 1)"
    }
}

extension EmoSeqParameters {
    /// The action space in order: creative × channel × length (length fastest), then the waits.
    public var actions: [EmoSeqAction] {
        zip(creatives, creativeNames).flatMap { creative, name in
            (0..<channelCount).flatMap { channel in
                contactPeriods.map {
                    EmoSeqAction(creative: creative, creativeName: name, channel: channel, periods: $0)
                }
            }
        } + waits.map { EmoSeqAction(creative: nil, creativeName: nil, channel: nil, periods: $0) }
    }

    /// What can be done in one period beside nothing, creative × channel: preset S has 9, L 16.
    public var contactCount: Int { creatives.count * channelCount }
    public var actionCount: Int { contactCount * contactPeriods.count + waits.count }

    /// What an action does in its first period: a contact, or `contactCount` for none.
    @inlinable
    public func option(ofAction action: Int) -> Int { min(action / contactPeriods.count, contactCount) }

    /// What the safeguards are told of the actions.
    public var actionTable: ActionTable {
        get throws { try ActionTable(kinds: actions.map(\.creative)) }
    }

    /// What an observation's numbers mean: 22 informative ones in preset S (24 in L) and the nuisance.
    public var schema: StateSchema {
        var names = (0..<segmentCount).map { "segment.proxy.\($0)" }
        names += Sentiment.allCases.map { "reading.\($0.name)" }
        names += [
            "sentiment.smoothed", "engagement.smoothed", "spend.smoothed", "recency", "contacts.smoothed",
            "since.contact",
        ]
        names += ["creative.last.none"] + creativeNames.map { "creative.last.\($0)" }
        names += ["channel.last.none"] + (0..<channelCount).map { "channel.last.\($0)" }
        names += ["time"]
        names += (0..<nuisanceCount).map { "nuisance.\($0)" }
        return StateSchema(name: name, version: 1, features: names)
    }
}
