import LabDomain

/// What is known of one customer: a pure fold over their events.
///
/// Every field stands for one attribute of the safeguards' closed list of what may be stored.
public struct CustomerProfile: Hashable, Sendable {
    public internal(set) var journey = EmotionalJourney()
    public internal(set) var events: Int64 = 0
    /// Ads shown, in the order of `CreativeKind`.
    public internal(set) var impressions: SIMD3<Int64> = .zero
    public internal(set) var engagements: Int64 = 0
    public internal(set) var purchases: Int64 = 0
    /// Millionths of the account's currency.
    public internal(set) var revenueMicros: Int64 = 0
    /// Periods that it was decided to wait.
    public internal(set) var waits: Int64 = 0
    /// −1 before the first.
    public internal(set) var lastContact: Int64 = -1
    /// −1 before the first.
    public internal(set) var lastEngagement: Int64 = -1
    /// −1 before the first.
    public internal(set) var lastCreativeKind: Int64 = -1
    /// −1 before the first.
    public internal(set) var lastChannel: Int64 = -1
    /// The time of the newest event.
    public internal(set) var lastTime: Int64 = 0
    public internal(set) var churned = false
    public internal(set) var objected = false

    init() {}

    /// The profile after one more event. Events of one customer come in the order of their times; one that comes late
    /// counts, but does not turn the clock back.
    mutating func apply(_ event: ProfileEvent, at time: Int64, _ rules: ProfileRules) {
        events += 1
        lastTime = max(lastTime, time)
        switch event {
        case .reading(let reading): journey.add(reading, rules)
        case .impression(let kind, let channel):
            impressions[kind.rawValue] += 1
            lastContact = max(lastContact, time)
            lastCreativeKind = Int64(kind.rawValue)
            lastChannel = Int64(channel)
        case .engagement(let count):
            engagements += Int64(count)
            lastEngagement = max(lastEngagement, time)
        case .purchase(let amount):
            purchases += 1
            revenueMicros = revenueMicros.addingReportingOverflow(amount.micros).partialValue
        case .wait(let periods): waits += Int64(periods)
        case .churn: churned = true
        case .objection(let objects): objected = objects
        }
    }

    /// The rule-based segment that the profile falls into now.
    public var segment: ObservedSegment { ObservedSegment(self) }
}
