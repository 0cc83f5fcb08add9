public import LabDomain

/// A policy that knows the hidden state and takes the permitted action of the highest value there: a reference that no
/// policy without that knowledge can reach.
public struct LatentPolicy: SimulationPolicy {
    public let schema: StateSchema
    public let actionCount: Int
    /// [period][action][state]; the last period counts for later ones.
    private let values: [[[Double]]]

    /// Greedy over the values of an exact solution: the optimum under the rules for which it was solved.
    public init(_ solution: EmoSeqSolution) {
        schema = solution.parameters.schema
        actionCount = solution.parameters.actionCount
        values = solution.actionValues
    }

    /// Greedy over the expected reward of the next period alone; of equals the first.
    public init(myopic kernel: EmoSeqKernel) {
        let parameters = kernel.parameters
        schema = parameters.schema
        actionCount = parameters.actionCount
        values = (0..<kernel.phaseCount).map { period in
            (0..<parameters.actionCount).map { action in
                (0..<kernel.size).map {
                    kernel.reward(option: parameters.option(ofAction: action), state: $0, period: period)
                }
            }
        }
    }

    public mutating func decide(_ decision: DecisionView) throws -> ActionProbabilities {
        guard decision.hiddenStates.count == decision.places.count else {
            throw SimulationError.policyDoesNotFit("it looks at hidden states, which this environment does not tell")
        }
        var result = [Float](repeating: 0, count: decision.permitted.count)
        for row in decision.places.indices {
            let period = min(Int(decision.periods[row]), values.count - 1)
            let state = Int(decision.hiddenStates[row])
            var (best, value) = (-1, -Double.infinity)
            for action in 0..<actionCount where decision.permitted[row * actionCount + action] {
                let candidate = values[period][action][state]
                if candidate > value { (best, value) = (action, candidate) }
            }
            guard best >= 0 else { throw SimulationError.policyDoesNotFit("row \(row) permits no action") }
            result[row * actionCount + best] = 1
        }
        return ActionProbabilities(acting: result)
    }

    /// What it does in each hidden state at a period, for exact evaluation; shape [actions].
    func probabilities(period: Int, state: Int, permitted: [Bool]) -> [Double] {
        let values = values[min(period, values.count - 1)]
        var (best, value) = (-1, -Double.infinity)
        for action in values.indices where permitted[action] && values[action][state] > value {
            (best, value) = (action, values[action][state])
        }
        return values.indices.map { $0 == best ? 1 : 0 }
    }
}
