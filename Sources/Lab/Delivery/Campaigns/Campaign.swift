public import Foundation
public import LabDomain

/// What an advertiser wants delivered: where, when, for how much, and how often at most to one person.
public struct Campaign: Hashable, Codable, Sendable, Identifiable {
    public let id: String
    public let name: String
    public let platforms: [Platform]
    /// UTC; the first moment at which ads may be shown.
    public let start: Date
    /// UTC; the first moment at which none may be shown any more.
    public let end: Date
    /// IANA name of the account's time zone, in which days and budgets are counted.
    public let timeZone: String
    /// Never exceeded.
    public let budget: Money
    public let pacing: Pacing
    /// All hold at once.
    public let frequencyCaps: [FrequencyCap]

    /// How fast the budget may be spent.
    public enum Pacing: String, Codable, Sendable, CaseIterable, Hashable {
        /// In proportion to the time that has passed.
        case even
        /// As demand comes, until it is used up.
        case asap
    }

    /// Throws `DeliveryError.invalidCampaign`.
    public init(
        id: String, name: String, platforms: [Platform], start: Date, end: Date, timeZone: String = "UTC",
        budget: Money, pacing: Pacing = .even, frequencyCaps: [FrequencyCap]
    ) throws {
        func require(_ holds: Bool, _ reason: String) throws {
            guard holds else { throw DeliveryError.invalidCampaign(id: id, reason: reason) }
        }
        try require(!id.isEmpty, "it has no id")
        try require(!platforms.isEmpty && !platforms.contains(.unknown), "it needs platforms that are known")
        try require(end > start, "it ends before it starts")
        try require(TimeZone(identifier: timeZone) != nil, "'\(timeZone)' is no time zone")
        try require(budget.micros >= 0, "its budget is negative")
        try require(!frequencyCaps.isEmpty, "it has no frequency cap; nobody is to be shown ads without end")
        try require(frequencyCaps.allSatisfy { $0.limit >= 0 && $0.window > 0 }, "a frequency cap has no window")
        self.id = id
        self.name = name
        self.platforms = platforms
        self.start = start
        self.end = end
        self.timeZone = timeZone
        self.budget = budget
        self.pacing = pacing
        self.frequencyCaps = frequencyCaps
    }

    /// Milliseconds that the campaign lasts.
    public var duration: Int64 { Int64(((end.timeIntervalSince1970 - start.timeIntervalSince1970) * 1000).rounded()) }
}
