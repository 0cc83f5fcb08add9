/// What came of a policy tried on customers; one entry a customer, in their order.
public struct RolloutResult: Sendable {
    /// Discounted value, currency units.
    public var values: [Double] = []
    public var segments: [Int32] = []
    /// Ads shown.
    public var contacts: [Int32] = []
    /// Clicks.
    public var engagements: [Int32] = []
    /// Purchases.
    public var conversions: [Int32] = []
    /// Complaints about ads.
    public var complaints: [Int32] = []
    /// Currency units paid, undiscounted.
    public var revenue: [Double] = []
    /// Currency units spent on contacts, undiscounted.
    public var cost: [Double] = []
    public var churned: [Bool] = []
    public var periods: [Int32] = []
    /// Decisions taken.
    public var decisions: [Int32] = []
    /// Decisions at which the hidden emotion was negative; all 0 where the environment does not tell.
    public var hiddenNegative: [Int32] = []
    /// Those of them that were not assessed as distressed.
    public var missed: [Int32] = []
    /// Those of the missed at which a promotion was shown.
    public var promotionsToMissed: [Int32] = []
    /// Decisions taken for all customers together.
    public var decisionCount = 0
    /// Decisions whose reading a safeguard assessed as distressed, unknown, clear.
    public var assessments = [0, 0, 0]
    /// Promotions shown on a reading assessed as distressed.
    public var promotionsToDistressed = 0
    /// Decisions by action.
    public var actions: [Int] = []
    /// The journeys, where they were asked for.
    public var journeys: JourneyLog?

    public var customerCount: Int { values.count }
}
