/// What one decision led to until the next, undiscounted: what reward functions are made of.
///
/// NaN stands for what a log does not know.
public struct JourneyOutcome: Sendable, Equatable {
    /// Clicks.
    public var engagements: Float
    /// Purchases.
    public var conversions: Float
    /// Complaints about an ad.
    public var complaints: Float
    /// Currency units paid.
    public var revenue: Float
    /// Currency units that contacts cost.
    public var cost: Float

    public init(engagements: Float, conversions: Float, complaints: Float, revenue: Float, cost: Float) {
        self.engagements = engagements
        self.conversions = conversions
        self.complaints = complaints
        self.revenue = revenue
        self.cost = cost
    }

    /// Nothing is known.
    public static let unknown = JourneyOutcome(
        engagements: .nan, conversions: .nan, complaints: .nan, revenue: .nan, cost: .nan)

    /// Numbers of one outcome in a log.
    public static let width = 5

    /// In the order in which logs keep them.
    public var numbers: [Float] { [engagements, conversions, complaints, revenue, cost] }

    /// The outcome at a place of a log's numbers.
    init(_ numbers: [Float], at decision: Int) {
        let start = decision * Self.width
        self.init(
            engagements: numbers[start], conversions: numbers[start + 1], complaints: numbers[start + 2],
            revenue: numbers[start + 3], cost: numbers[start + 4])
    }
}
