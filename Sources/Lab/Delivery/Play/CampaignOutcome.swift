/// What came of a campaign; one entry a customer, in their order, unless it says otherwise.
public struct CampaignOutcome: Sendable {
    /// The simulator's segment.
    public var segments: [Int32] = []
    /// Ads shown.
    public var impressions: [Int32] = []
    /// Ads shown that promote.
    public var promotions: [Int32] = []
    /// Engagements in periods with an ad.
    public var clicks: [Int32] = []
    /// Purchases, with or without an ad just before.
    public var conversions: [Int32] = []
    /// Revenue less cost of contacts, discounted to the start, in currency units.
    public var values: [Double] = []
    /// Undiscounted, in currency units.
    public var revenue: [Double] = []
    /// Micros.
    public var cost: [Int64] = []
    public var churned: [Bool] = []
    /// Decisions asked of the policy.
    public var decisions: [Int32] = []
    /// Of these, on a reading assessed as distressed.
    public var distressed: [Int32] = []
    /// Of these, on a reading assessed as unknown.
    public var unknown: [Int32] = []

    /// Promotions on a reading assessed as distressed, of all customers: 0 under a safeguard.
    public var promotionsToDistressed = 0
    /// Wishes that a frequency cap refused.
    public var capped = 0
    /// Wishes that waited for their time.
    public var throttled = 0
    /// Wishes after the budget was used up.
    public var exhausted = 0
    /// Micros spent in all.
    public var spent: Int64 = 0
    /// Micros spent by the end of each period.
    public var spentByPeriod: [Int64] = []
    /// How often each creative was shown, in the order of the shelf.
    public var shown: [Int] = []
    public var log = DeliveryLog()

    public init() {}

    public var customerCount: Int { values.count }
}
