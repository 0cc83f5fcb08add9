/// Exact finite-horizon values of EmoSeq with the latent state known, by dynamic programming over the semi-MDP: an
/// action of w periods is a contact or none, then quiet periods without a decision, cut off at the horizon.
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

    /// The same for the customers of one segment.
    public func value(segment: Int) -> Double {
        let share = parameters.segmentShares[segment]
        guard share > 0 else { return 0 }
        let perSegment = parameters.stateCount / parameters.segmentCount
        let states = segment * perSegment..<(segment + 1) * perSegment
        let initial = parameters.initialDistribution
        return states.reduce(0) { $0 + initial[$1] * values[0][$1] } / share
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

    /// The optimum under safeguards: the latent state is known to the policy, while what it may do is decided by a noisy
    /// reading.
    ///
    /// Given the emotion, the assessment at a decision is independent of everything before. So the value of a state is
    /// Σ P(assessment | emotion) · max over the permitted actions of their value: exact up to the error of `odds`.
    public static func optimum(_ kernel: EmoSeqKernel, under rules: AssessedActions) -> EmoSeqSolution {
        let states = EmoSeqKernelStates(kernel)
        return solve(kernel) { _, state, candidates in
            rules.expectation(emotion: states.emotions[state]) { permitted in
                var best = -Double.infinity
                for action in candidates.indices where permitted[action] { best = max(best, candidates[action][state]) }
                return best
            }
        }
    }

    /// The value of a policy that sees the latent state: `probabilities(period, state)` gives one number an action.
    public static func evaluate(
        _ kernel: EmoSeqKernel, probabilities: (_ period: Int, _ state: Int) -> [Double]
    ) -> EmoSeqSolution {
        solve(kernel) { period, state, candidates in mean(probabilities(period, state), candidates, state) }
    }

    /// The value under safeguards of a policy that sees the latent state and what is permitted.
    public static func evaluate(
        _ kernel: EmoSeqKernel, under rules: AssessedActions,
        probabilities: (_ period: Int, _ state: Int, _ permitted: [Bool]) -> [Double]
    ) -> EmoSeqSolution {
        let states = EmoSeqKernelStates(kernel)
        return solve(kernel) { period, state, candidates in
            rules.expectation(emotion: states.emotions[state]) {
                mean(probabilities(period, state, $0), candidates, state)
            }
        }
    }

    private static func mean(_ probabilities: [Double], _ candidates: [[Double]], _ state: Int) -> Double {
        var sum = 0.0
        for (action, probability) in probabilities.enumerated() where probability > 0 {
            sum += probability * candidates[action][state]
        }
        return sum
    }

    private static func solve(
        _ kernel: EmoSeqKernel, choose: (_ period: Int, _ state: Int, _ candidates: [[Double]]) -> Double
    ) -> EmoSeqSolution {
        let parameters = kernel.parameters
        let (horizon, churned) = (parameters.horizon, kernel.size - 1)
        let actions = parameters.actions
        var values = [[Double]](repeating: Array(repeating: 0, count: kernel.size), count: horizon + 1)
        var actionValues: [[[Double]]] = Array(repeating: [], count: horizon)
        for period in stride(from: horizon - 1, through: 0, by: -1) {
            // What the quiet periods after the first one make of the values, by length: contacts and waits share it.
            var quiet: [Int: [Double]] = [:]
            let candidates = actions.indices.map { action in
                let length = min(actions[action].periods, horizon - period)
                let rest = quiet[length] ?? afterQuiet(length, period, values, kernel)
                quiet[length] = rest
                return kernel.backup(option: parameters.option(ofAction: action), values: rest, period: period)
            }
            values[period] = (0..<kernel.size).map { $0 == churned ? 0 : choose(period, $0, candidates) }
            actionValues[period] = candidates
        }
        return EmoSeqSolution(parameters: parameters, values: values, actionValues: actionValues)
    }

    private static func afterQuiet(
        _ length: Int, _ period: Int, _ values: [[Double]], _ kernel: EmoSeqKernel
    ) -> [Double] {
        var rest = values[period + length]
        for later in stride(from: period + length - 1, to: period, by: -1) {
            rest = kernel.backup(option: kernel.optionCount - 1, values: rest, period: later)
        }
        return rest
    }
}

/// What the solutions ask of each latent state.
private struct EmoSeqKernelStates {
    /// By state; the churned one counts as neutral, where nothing depends on it.
    let emotions: [Int]

    init(_ kernel: EmoSeqKernel) {
        let parameters = kernel.parameters
        emotions = (0..<parameters.stateCount).map { parameters.state($0).emotion } + [1]
    }
}
