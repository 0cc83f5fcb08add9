public import LabDomain

/// Every permitted action with the same probability: the floor that a policy has to beat.
public struct UniformPolicy: PolicyScorer {
    public let schema: StateSchema
    public let actionCount: Int

    public init(schema: StateSchema, actionCount: Int) {
        self.schema = schema
        self.actionCount = actionCount
    }

    public func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
        var result = [Float](repeating: 0, count: permitted.count)
        for row in 0..<permitted.count / actionCount {
            let actions = row * actionCount..<(row + 1) * actionCount
            let count = actions.count { permitted[$0] }
            guard count > 0 else { throw SimulationError.policyDoesNotFit("row \(row) permits no action") }
            for action in actions where permitted[action] { result[action] = 1 / Float(count) }
        }
        return result
    }
}
