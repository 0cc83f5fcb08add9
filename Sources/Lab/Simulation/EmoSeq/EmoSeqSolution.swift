/// Exact finite-horizon values of EmoSeq with the latent state known, by dynamic programming over the semi-MDP: a wait
/// of w periods is w quiet periods without a decision, cut off at the horizon.
public struct EmoSeqSolution: Sendable {
    public let parameters: EmoSeqParameters
    /// [horizon + 1][state]: value to go from each period, churned state last.
    public let values: [[Double]]
    /// [horizon][action][state]: value of an action taken at each period and the policy followed after it.
    public let actionValues: [[[Double]]]

    /// Expected discounted value of one customer drawn from the initial distribution, currency units.
    public var value: Double {
        zip(parameters.initialDistribution, values[0]).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The optimum, where `permitted` says which actions a latent state allows (index of the state, of the action).
    public static func optimum(
        _ kernel: EmoSeqKernel, permitted: (_ state: Int, _ action: Int) -> Bool = { _, _ in true }
    ) -> EmoSeqSolution {
        solve(kernel) { _, state, candidates in
            var best = -Double.infinity
            for action in candidates.indices where permitted(state, action) {
                best = max(best, candidates[action][state])
            }
            return best
        }
    }

    /// The value of a policy that sees the latent state: `probabilities(period, state)` gives one number an action.
    public static func evaluate(
        _ kernel: EmoSeqKernel, probabilities: (_ period: Int, _ state: Int) -> [Double]
    ) -> EmoSeqSolution {
        solve(kernel) { period, state, candidates in
            var sum = 0.0
            for (action, probability) in probabilities(period, state).enumerated() where probability > 0 {
                sum += probability * candidates[action][state]
            }
            return sum
        }
    }

    private static func solve(
        _ kernel: EmoSeqKernel, choose: (_ period: Int, _ state: Int, _ candidates: [[Double]]) -> Double
    ) -> EmoSeqSolution {
        let parameters = kernel.parameters
        let (horizon, quiet, churned) = (parameters.horizon, parameters.contactCount, kernel.size - 1)
        var values = [[Double]](repeating: Array(repeating: 0, count: kernel.size), count: horizon + 1)
        var actionValues: [[[Double]]] = Array(repeating: [], count: horizon)
        for period in stride(from: horizon - 1, through: 0, by: -1) {
            var candidates = (0..<parameters.contactCount).map {
                kernel.backup(option: $0, values: values[period + 1])
            }
            for wait in parameters.waits {
                let length = min(wait, horizon - period)
                var value = values[period + length]
                for _ in 0..<length { value = kernel.backup(option: quiet, values: value) }
                candidates.append(value)
            }
            values[period] = (0..<kernel.size).map { $0 == churned ? 0 : choose(period, $0, candidates) }
            actionValues[period] = candidates
        }
        return EmoSeqSolution(parameters: parameters, values: values, actionValues: actionValues)
    }
}
