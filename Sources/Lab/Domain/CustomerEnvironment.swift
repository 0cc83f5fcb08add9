/// A world of customers that answer decisions: a simulator, or a replayed log.
///
/// Steps many customers at once. A step is one *decision*, which may last several periods (waiting is an action), so
/// customers of one batch may stand at different periods.
public protocol CustomerEnvironment: Sendable {
    /// What the numbers of an observation mean.
    var schema: StateSchema { get }
    var actionCount: Int { get }
    /// Periods after which every episode ends.
    var horizon: Int { get }
    /// Discount a period, in (0, 1].
    var discount: Double { get }

    /// Starts one episode for each of `customers`; what happens to a customer depends on their number alone, never on
    /// who shares the batch.
    mutating func reset(customers: Range<Int>, into batch: inout EnvironmentBatch)

    /// Plays one action for each customer; customers whose episode has ended stay as they are.
    ///
    /// - Parameter actions: one a customer, in 0 ..< `actionCount`.
    mutating func step(actions: [Int32], into batch: inout EnvironmentBatch) throws
}

/// What a batch of customers shows after a reset or a step; owned by the caller and used again, so that stepping
/// allocates nothing.
public struct EnvironmentBatch: Sendable {
    /// Customers in the batch.
    public let count: Int
    /// Numbers in one observation.
    public let featureCount: Int
    /// Row-major [count, featureCount].
    public var observations: [Float]
    /// What the language model read last, row-major [count, 3] in the order of `Sentiment`; safeguards look at this.
    public var readings: [Float]
    /// Which post was read last; −1 where the voice speaks no posts.
    public var posts: [Int32]
    /// Currency units during the last step, each period discounted to the step's start.
    public var rewards: [Double]
    /// Periods that the last step took; 0 for an episode that had ended.
    public var elapsed: [Int32]
    /// Periods since the episode began.
    public var periods: [Int32]
    /// The customer has churned.
    public var terminal: [Bool]
    /// The horizon was reached with the customer still there.
    public var truncated: [Bool]
    /// The customer's segment, known to the simulator only.
    public var segments: [Int32]
    /// Clicks during the last step.
    public var engagements: [Int32]
    /// Purchases during the last step.
    public var conversions: [Int32]
    /// Complaints during the last step.
    public var complaints: [Int32]
    /// Currency units paid during the last step, undiscounted.
    public var revenue: [Double]
    /// Currency units that contacts cost during the last step, undiscounted.
    public var cost: [Double]

    /// Room for `count` customers with `featureCount` numbers each.
    public init(count: Int, featureCount: Int) {
        self.count = count
        self.featureCount = featureCount
        observations = Array(repeating: 0, count: count * featureCount)
        readings = Array(repeating: 0, count: count * 3)
        posts = Array(repeating: -1, count: count)
        rewards = Array(repeating: 0, count: count)
        elapsed = Array(repeating: 0, count: count)
        periods = Array(repeating: 0, count: count)
        terminal = Array(repeating: false, count: count)
        truncated = Array(repeating: false, count: count)
        segments = Array(repeating: 0, count: count)
        engagements = Array(repeating: 0, count: count)
        conversions = Array(repeating: 0, count: count)
        complaints = Array(repeating: 0, count: count)
        revenue = Array(repeating: 0, count: count)
        cost = Array(repeating: 0, count: count)
    }

    /// Whether this customer's episode has ended.
    public func ended(_ customer: Int) -> Bool { terminal[customer] || truncated[customer] }
}
