import LabNumerics

/// Transitions in flat arrays: what agents learn from. States and masks are rows of two tables, to which transitions point,
/// so that the successor of one decision and the state of the next are kept once.
public struct Transitions: Sendable {
    public let featureCount: Int
    public let actionCount: Int
    /// Row-major [rows, features], normalised.
    var observations: [Float] = []
    /// Row-major [rows, actions]; a row that ends an episode permits everything, since nothing is decided there.
    var permitted: [Bool] = []
    /// The row of each transition's state; shape [transitions].
    var stateRows: [Int32] = []
    /// The row of its successor.
    var nextRows: [Int32] = []
    var actions: [Int32] = []
    /// In units of the reward scale.
    var rewards: [Float] = []
    /// γ to the power of the elapsed periods, 0 where the episode ends.
    var discounts: [Float] = []

    public init(featureCount: Int, actionCount: Int) {
        self.featureCount = featureCount
        self.actionCount = actionCount
    }

    public var count: Int { actions.count }
    var rowCount: Int { permitted.count / max(actionCount, 1) }

    /// Adds a row to the tables and returns its number.
    mutating func appendRow(_ observation: some Sequence<Float>, permitted mask: some Sequence<Bool>) -> Int32 {
        let row = Int32(rowCount)
        observations += observation
        permitted += mask
        return row
    }

    mutating func append(state: Int32, action: Int32, reward: Float, discount: Float, next: Int32) {
        stateRows.append(state)
        nextRows.append(next)
        actions.append(action)
        rewards.append(reward)
        discounts.append(discount)
    }

    /// Only the transitions at `places`, with the same tables.
    func selecting(_ places: [Int]) -> Transitions {
        var result = self
        result.stateRows = places.map { stateRows[$0] }
        result.nextRows = places.map { nextRows[$0] }
        result.actions = places.map { actions[$0] }
        result.rewards = places.map { rewards[$0] }
        result.discounts = places.map { discounts[$0] }
        return result
    }
}
