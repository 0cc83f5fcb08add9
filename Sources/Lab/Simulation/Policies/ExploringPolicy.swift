public import LabDomain

/// Another policy, with a share of the mass spread evenly over the permitted actions: an ε-mixture, whose propensities are
/// known and bounded from below.
public struct ExploringPolicy: SimulationPolicy {
    private var base: any SimulationPolicy
    /// ε, in [0, 1].
    public let share: Double
    public var schema: StateSchema { base.schema }
    public var actionCount: Int { base.actionCount }
    public var followsPeriods: Bool { base.followsPeriods }

    /// Throws `SimulationError.invalidParameters` for a share outside of [0, 1].
    public init(_ base: any SimulationPolicy, share: Double) throws {
        guard (0...1).contains(share) else {
            throw SimulationError.invalidParameters("the exploration's share must be in 0...1")
        }
        self.base = base
        self.share = share
    }

    public mutating func begin(_ batch: EnvironmentBatch) { base.begin(batch) }

    public mutating func follow(options: [Int32], _ batch: EnvironmentBatch) { base.follow(options: options, batch) }

    public mutating func decide(_ decision: DecisionView) throws -> ActionProbabilities {
        let given = try base.decide(decision)
        let count = actionCount
        func mixed(_ probabilities: [Float]) -> [Float] {
            var result = probabilities
            for row in decision.places.indices {
                let places = row * count..<(row + 1) * count
                let even = Float(share) / Float(max(places.count { decision.permitted[$0] }, 1))
                for place in places {
                    result[place] = Float(1 - share) * result[place] + (decision.permitted[place] ? even : 0)
                }
            }
            return result
        }
        return ActionProbabilities(acting: mixed(given.acting), recorded: given.recorded.map(mixed))
    }
}
