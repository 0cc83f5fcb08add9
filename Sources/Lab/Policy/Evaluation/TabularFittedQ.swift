/// Fitted Q evaluation with one number a state and action: least squares is then a mean over counts, and the result is
/// the value of the policy in the MDP that the log suggests. Source: Le, Voloshin and Yue, ICML 2019.
public struct TabularFittedQ: Sendable {
    /// One logged step.
    public struct Step: Sendable {
        /// Index in the episode, from 0.
        public var time: Int
        public var state: Int
        public var action: Int
        public var reward: Double
        public var next: Int
        /// Nothing follows: the next state is worth 0.
        public var ended: Bool

        public init(time: Int, state: Int, action: Int, reward: Double, next: Int, ended: Bool) {
            self.time = time
            self.state = state
            self.action = action
            self.reward = reward
            self.next = next
            self.ended = ended
        }
    }

    /// [time][state][action]; state and action that were never logged are worth 0.
    public let values: [[[Double]]]

    /// The finite-horizon value of `policy` ([state][action]) by backward induction.
    public static func timeIndexed(
        _ steps: [Step], policy: [[Double]], horizon: Int, discount: Double
    ) -> TabularFittedQ {
        let (states, actions) = (policy.count, policy.first?.count ?? 0)
        var byTime = [[Step]](repeating: [], count: horizon)
        for step in steps where step.time < horizon { byTime[step.time].append(step) }
        var values = [[[Double]]](repeating: [], count: horizon)
        var following = [Double](repeating: 0, count: states)
        for time in stride(from: horizon - 1, through: 0, by: -1) {
            var sums = [[Double]](repeating: Array(repeating: 0, count: actions), count: states)
            var counts = sums
            for step in byTime[time] {
                sums[step.state][step.action] += step.reward + (step.ended ? 0 : discount * following[step.next])
                counts[step.state][step.action] += 1
            }
            values[time] = zip(sums, counts).map { zip($0, $1).map { $1 > 0 ? $0 / $1 : 0 } }
            following = zip(values[time], policy).map { zip($0, $1).reduce(0) { $0 + $1.0 * $1.1 } }
        }
        return TabularFittedQ(values: values)
    }

    /// The infinite-horizon fixed point, all times pooled; one entry in `values`.
    public static func stationary(_ steps: [Step], policy: [[Double]], discount: Double) -> TabularFittedQ {
        let (states, actions) = (policy.count, policy.first?.count ?? 0)
        var counts = [[Double]](repeating: Array(repeating: 0, count: actions), count: states)
        for step in steps { counts[step.state][step.action] += 1 }
        var values = [[Double]](repeating: Array(repeating: 0, count: actions), count: states)
        for _ in 0..<10_000 {
            let following = zip(values, policy).map { zip($0, $1).reduce(0) { $0 + $1.0 * $1.1 } }
            var sums = [[Double]](repeating: Array(repeating: 0, count: actions), count: states)
            for step in steps {
                sums[step.state][step.action] += step.reward + (step.ended ? 0 : discount * following[step.next])
            }
            let next = zip(sums, counts).map { zip($0, $1).map { $1 > 0 ? $0 / $1 : 0 } }
            let change = zip(next, values).flatMap { zip($0, $1).map { abs($0 - $1) } }.max() ?? 0
            values = next
            if change < 1e-14 { break }
        }
        return TabularFittedQ(values: [values])
    }
}
