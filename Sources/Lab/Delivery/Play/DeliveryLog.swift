public import LabStorage

/// Every decision of a campaign as columns, in the order of deciding.
public struct DeliveryLog: Sendable {
    /// The customer's number.
    public var customers: [Int32] = []
    /// Periods since the campaign's start.
    public var periods: [Int32] = []
    /// What was done, in the order of the action map.
    public var actions: [Int32] = []
    /// What the policy had chosen before caps and budget.
    public var wishes: [Int32] = []
    /// The probability of the wish under the policy and the safeguards.
    public var propensities: [Float] = []
    /// Place of the creative shown; −1 for none.
    public var creatives: [Int32] = []
    /// `Assessment.rawValue`.
    public var assessments: [Int32] = []
    /// The likeliest sentiment of the reading.
    public var readings: [Int32] = []
    /// Which post was read; −1 for none.
    public var posts: [Int32] = []
    public var clicked: [Bool] = []
    public var converted: [Bool] = []
    /// Micros of the campaign's currency.
    public var revenue: [Int64] = []
    /// Micros of the campaign's currency.
    public var cost: [Int64] = []

    public init() {}

    public var count: Int { customers.count }

    /// Writes the columns into a group of an open file.
    public func write(to file: HDF5File, group: String) throws {
        try file.makeGroup(group)
        try file.write(group + "/customer", customers, shape: [count], compression: .deflate(level: 4))
        try file.write(group + "/period", periods, shape: [count], compression: .deflate(level: 4))
        try file.write(group + "/action", actions, shape: [count], compression: .deflate(level: 4))
        try file.write(group + "/wish", wishes, shape: [count], compression: .deflate(level: 4))
        try file.write(group + "/propensity", propensities, shape: [count], compression: .deflate(level: 4))
        try file.write(group + "/creative", creatives, shape: [count], compression: .deflate(level: 4))
        try file.write(group + "/assessment", assessments, shape: [count], compression: .deflate(level: 4))
        try file.write(group + "/reading", readings, shape: [count], compression: .deflate(level: 4))
        try file.write(group + "/post", posts, shape: [count], compression: .deflate(level: 4))
        try file.write(group + "/clicked", clicked, shape: [count], compression: .deflate(level: 4))
        try file.write(group + "/converted", converted, shape: [count], compression: .deflate(level: 4))
        try file.write(group + "/revenue_micros", revenue, shape: [count], compression: .deflate(level: 4))
        try file.write(group + "/cost_micros", cost, shape: [count], compression: .deflate(level: 4))
    }
}
