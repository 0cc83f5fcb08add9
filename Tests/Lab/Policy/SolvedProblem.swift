import Foundation
import LabDomain
import LabNumerics
import LabSimulation

@testable import LabPolicy

/// A finite decision process small enough to be solved exactly, with masks and waits of unequal length.
struct SolvedProblem {
    let name: String
    let stateCount: Int
    let actionCount: Int
    let horizon: Int
    let discount = 0.95
    /// [state][action] → probabilities of successors, mean reward; `stateCount` is the end.
    let transitions: [[[Double]]]
    let rewards: [[Double]]
    let permitted: [[Bool]]
    let elapsed: [Int]

    var schema: StateSchema {
        StateSchema(
            name: name, version: 1, features: (0..<stateCount).map { "state.\($0)" } + ["time"])
    }

    func observation(_ state: Int, _ time: Int) -> [Float] {
        (0..<stateCount).map { $0 == state ? 1 : 0 } + [Float(time) / Float(horizon)]
    }

    /// A random process: from each state and action three successors, one of them sometimes the end; the last action of
    /// each even state is forbidden although it pays best; one action takes two periods.
    /// Source: Archibald, McKinnon and Thomas, "On the generation of Markov decision processes" (Garnet), JORS 46 (1995).
    static func garnet(seed: UInt64, states: Int = 6, actions: Int = 4) -> SolvedProblem {
        var stream = RandomStream(seed: seed, name: "garnet")
        var transitions: [[[Double]]] = []
        var rewards: [[Double]] = []
        var permitted: [[Bool]] = []
        for state in 0..<states {
            transitions.append([])
            rewards.append([])
            permitted.append((0..<actions).map { $0 < actions - 1 || !state.isMultiple(of: 2) })
            for action in 0..<actions {
                var row = [Double](repeating: 0, count: states + 1)
                row[states] = 0.05
                let cut = stream.nextDouble()
                row[stream.nextInt(below: states)] += 0.95 * cut
                row[stream.nextInt(below: states)] += 0.95 * (1 - cut)
                transitions[state].append(row)
                rewards[state].append(stream.nextDouble() + (action == actions - 1 ? 1 : 0))
            }
        }
        return SolvedProblem(
            name: "garnet.\(seed)", stateCount: states, actionCount: actions, horizon: 8, transitions: transitions,
            rewards: rewards, permitted: permitted, elapsed: (0..<actions).map { $0 == 1 ? 2 : 1 })
    }

    /// A chain in which a small reward is at hand and a large one lies at the end, four steps on; leaving pays at once.
    static let chain: SolvedProblem = {
        let states = 5
        var transitions: [[[Double]]] = []
        var rewards: [[Double]] = []
        for state in 0..<states {
            func to(_ next: Int, _ slip: Double) -> [Double] {
                var row = [Double](repeating: 0, count: states + 1)
                row[next] += 1 - slip
                row[0] += slip
                return row
            }
            transitions.append([to(min(state + 1, states), 0.1), to(0, 0), to(states, 0)])
            rewards.append([state == states - 1 ? 4 : 0, 0.15, state == 0 ? 0.9 : 0.1])
        }
        return SolvedProblem(
            name: "chain", stateCount: states, actionCount: 3, horizon: 12, transitions: transitions, rewards: rewards,
            permitted: Array(repeating: [true, true, true], count: states), elapsed: [1, 1, 1])
    }()

    /// [time][state][action]: exact values of the best policy under the masks.
    var optimalActionValues: [[[Double]]] {
        solve { values, mask in
            zip(values, mask).filter(\.1).map(\.0).max() ?? 0
        }
    }

    private func solve(_ choose: ([Double], [Bool]) -> Double) -> [[[Double]]] {
        solve(probabilities: nil, choose)
    }

    private func solve(
        probabilities: [[[Double]]]?, _ choose: ([Double], [Bool]) -> Double
    ) -> [[[Double]]] {
        var values = [[Double]](repeating: Array(repeating: 0, count: stateCount + 1), count: horizon + 1)
        var result = [[[Double]]](repeating: [], count: horizon)
        for time in stride(from: horizon - 1, through: 0, by: -1) {
            for state in 0..<stateCount {
                let row = (0..<actionCount).map { action in
                    let length = min(elapsed[action], horizon - time)
                    let following = (0..<stateCount).reduce(0.0) {
                        $0 + transitions[state][action][$1] * values[time + length][$1]
                    }
                    return rewards[state][action] + pow(discount, Double(length)) * following
                }
                result[time].append(row)
                values[time][state] =
                    probabilities.map { zip($0[time][state], row).reduce(0) { $0 + $1.0 * $1.1 } }
                    ?? choose(row, permitted[state])
            }
        }
        return result
    }

    /// The exact value of a policy from a uniformly drawn state, in shares of the best policy's.
    func relativeValue(of policy: any PolicyScorer) throws -> Double {
        var probabilities: [[[Double]]] = []
        for time in 0..<horizon {
            let states = (0..<stateCount).flatMap { observation($0, time) }
            let row = try policy.probabilities(states: states, permitted: permitted.flatMap { $0 })
            probabilities.append(
                (0..<stateCount).map { state in
                    (0..<actionCount).map { Double(row[state * actionCount + $0]) }
                })
        }
        let values = solve(probabilities: probabilities) { _, _ in 0 }[0]
        let mine = zip(values, probabilities[0]).reduce(0.0) { sum, pair in
            sum + zip(pair.0, pair.1).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let best = zip(optimalActionValues[0], permitted).reduce(0.0) { sum, pair in
            sum + (zip(pair.0, pair.1).filter(\.1).map(\.0).max() ?? 0)
        }
        return mine / best
    }

    /// Episodes of a policy that takes the best permitted action with probability `skill` and else any permitted one.
    func log(_ episodes: Int, skill: Double, seed: UInt64) throws -> JourneyLog {
        let best = optimalActionValues
        var log = JourneyLog(schema: schema, actionCount: actionCount, discount: discount)
        for episode in 0..<episodes {
            var stream = RandomStream(seed: seed, name: name).child(episode)
            var (state, time) = (stream.nextInt(below: stateCount), 0)
            var decisions: [JourneyDecision] = []
            while time < horizon, state < stateCount {
                let open = (0..<actionCount).filter { permitted[state][$0] }
                let values = best[time][state]
                let greedy = open.max { values[$0] < values[$1] } ?? 0
                let action = stream.nextDouble() < skill ? greedy : open[stream.nextInt(below: open.count)]
                let share = (1 - skill) / Double(open.count) + (action == greedy ? skill : 0)
                let length = min(elapsed[action], horizon - time)
                decisions.append(
                    JourneyDecision(
                        observation: observation(state, time), action: Int32(action), reward: rewards[state][action],
                        elapsed: Int32(length), propensity: share, permitted: permitted[state]))
                state = stream.choose(weights: transitions[state][action])
                time += length
            }
            try log.append(
                customer: Int32(episode), segment: 0, decisions: decisions,
                ending: observation(min(state, stateCount - 1), time), terminal: state == stateCount)
        }
        return log
    }
}
