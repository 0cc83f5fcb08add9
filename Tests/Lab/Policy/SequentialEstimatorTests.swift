import LabNumerics
import LabStatistics
import LabTestKit
import Testing

@testable import LabPolicy

/// A small MDP with its log and the reference's estimates.
struct SmallMDP: Decodable {
    let horizon: Int
    let gamma: Double
    let transitions: [[[Double]]]
    let rewards: [[Double]]
    let initial: [Double]
    let behavior: [[Double]]
    let evaluated: [[Double]]
    let trueValue: Double
    let timeIndexedQ: [[[Double]]]
    let timeIndexedValue: Double
    let stationaryQ: [[Double]]
    let stationaryValue: Double
    let withTrueQ: [String: Double]
    let withFittedQ: [String: Double]
    /// Episode, time, state, action, reward, next state, done.
    let steps: [[Int]]

    static func load(_ name: String) throws -> SmallMDP { try Fixture.json("Policy/\(name).json") }

    /// Q of the evaluated policy, [time][state][action], by dynamic programming.
    var trueQ: [[[Double]]] {
        var result = [[[Double]]](repeating: [], count: horizon)
        var following = [Double](repeating: 0, count: initial.count)
        for time in stride(from: horizon - 1, through: 0, by: -1) {
            result[time] = rewards.indices.map { state in
                rewards[state].indices.map { action in
                    rewards[state][action] + gamma
                        * zip(transitions[state][action], following).reduce(0) { $0 + $1.0 * $1.1 }
                }
            }
            following = zip(result[time], evaluated).map { zip($0, $1).reduce(0) { $0 + $1.0 * $1.1 } }
        }
        return result
    }

    func log(_ model: [[[Double]]]) throws -> OffPolicyLog {
        let count = (steps.last?[0] ?? 0) + 1
        var offsets = [0]
        for episode in 0..<count { offsets.append(offsets[episode] + steps.count { $0[0] == episode }) }
        var factors = [1.0]
        for _ in 0..<horizon { factors.append((factors.last ?? 1) * gamma) }
        return try OffPolicyLog(
            offsets: offsets, discounts: steps.map { factors[$0[1]] }, rewards: steps.map { Double($0[4]) },
            ratios: steps.map { evaluated[$0[2]][$0[3]] / behavior[$0[2]][$0[3]] },
            actionValues: steps.map { model[$0[1]][$0[2]][$0[3]] },
            stateValues: steps.map { step in
                zip(model[step[1]][step[2]], evaluated[step[2]]).reduce(0) { $0 + $1.0 * $1.1 }
            })
    }

    var tabularSteps: [TabularFittedQ.Step] {
        steps.map {
            TabularFittedQ.Step(
                time: $0[1], state: $0[2], action: $0[3], reward: Double($0[4]), next: $0[5], ended: $0[6] == 1)
        }
    }

    func value(_ values: [[Double]]) -> Double {
        zip(initial, zip(values, evaluated)).reduce(0) { sum, state in
            sum + state.0 * zip(state.1.0, state.1.1).reduce(0) { $0 + $1.0 * $1.1 }
        }
    }
}

@Suite struct SequentialEstimatorTests {
    static let names: [(OffPolicyEstimator, String)] = [
        (.trajectory, "TIS"), (.weightedTrajectory, "SNTIS(WIS)"), (.perDecision, "PDIS"),
        (.weightedPerDecision, "SNPDIS(CWPDIS)"), (.doublyRobust, "DR"), (.weightedDoublyRobust, "WDR(SNDR)"),
    ]

    @Test(arguments: ["mdpA", "mdpB"]) func estimatesAreTheReferences(name: String) throws {
        let mdp = try SmallMDP.load(name)
        #expect(abs(mdp.value(mdp.trueQ[0]) - mdp.trueValue) < 1e-9)
        for (model, expected) in [(mdp.trueQ, mdp.withTrueQ), (mdp.timeIndexedQ, mdp.withFittedQ)] {
            let log = try mdp.log(model)
            for (estimator, key) in Self.names {
                let sums = try estimator.sums(log)
                let value = try #require(expected[key])
                #expect(abs(sums.value - value) < 1e-9, "\(name) \(key)")
                let contributions = sums.contributions
                #expect(abs(contributions.reduce(0, +) / Double(contributions.count) - value) < 1e-9)
                let influences = sums.influences
                #expect(abs(influences.reduce(0, +) / Double(influences.count) - value) < 1e-9)
            }
            let support = WeightSupport(log)
            #expect(abs(support.effectiveSampleSize - (try #require(expected["ESS_trajectory"]))) < 1e-9)
            #expect(abs(support.maximumWeight - (try #require(expected["max_weight"]))) < 1e-9)
        }
    }

    @Test(arguments: ["mdpA", "mdpB"]) func tabularFittedQIsTheReferences(name: String) throws {
        let mdp = try SmallMDP.load(name)
        let timed = TabularFittedQ.timeIndexed(
            mdp.tabularSteps, policy: mdp.evaluated, horizon: mdp.horizon, discount: mdp.gamma)
        for (ours, theirs) in zip(timed.values.joined().joined(), mdp.timeIndexedQ.joined().joined()) {
            #expect(abs(ours - theirs) < 1e-9)
        }
        #expect(abs(mdp.value(timed.values[0]) - mdp.timeIndexedValue) < 1e-9)
        let stationary = TabularFittedQ.stationary(mdp.tabularSteps, policy: mdp.evaluated, discount: mdp.gamma)
        for (ours, theirs) in zip(stationary.values.joined().joined(), mdp.stationaryQ.joined()) {
            #expect(abs(ours - theirs) < 1e-9)
        }
        #expect(abs(mdp.value(stationary.values[0]) - mdp.stationaryValue) < 1e-9)
    }

    /// Over many logs of 100 episodes: unbiased estimators are, standard errors are honest, intervals cover.
    @Test func estimatesAreUnbiasedAndIntervalsCover() throws {
        let mdp = try SmallMDP.load("mdpA")
        let model = mdp.trueQ
        let root = RandomStream(seed: 17, name: "logs")
        var values: [OffPolicyEstimator: [Double]] = [:]
        var covered = 0
        let logs = 150
        for number in 0..<logs {
            var stream = root.child(number)
            let log = try Self.simulate(mdp, episodes: 100, model: model, stream: &stream)
            for estimator in [OffPolicyEstimator.perDecision, .doublyRobust, .weightedDoublyRobust] {
                values[estimator, default: []].append(try estimator.sums(log).value)
            }
            let estimate = try OffPolicyEstimate(.weightedDoublyRobust, log, resamples: 100, stream: stream)
            covered += estimate.estimate.interval.contains(mdp.trueValue) ? 1 : 0
        }
        for estimator in [OffPolicyEstimator.perDecision, .doublyRobust] {
            let sample = values[estimator] ?? []
            let mean = sample.reduce(0, +) / Double(logs)
            #expect(abs(mean - mdp.trueValue) < 4 * standardError(of: sample), "\(estimator)")
        }
        let spread = { standardError(of: values[$0] ?? []) }
        #expect(spread(.weightedDoublyRobust) < spread(.doublyRobust))
        #expect(spread(.doublyRobust) < spread(.perDecision))
        // Heavy tails cost the bootstrap some coverage; far less than this would be a fault.
        #expect(covered > logs * 80 / 100)
    }

    static func simulate(
        _ mdp: SmallMDP, episodes: Int, model: [[[Double]]], stream: inout RandomStream
    ) throws -> OffPolicyLog {
        var (offsets, discounts, rewards, ratios) = ([0], [Double](), [Double](), [Double]())
        var (actionValues, stateValues) = ([Double](), [Double]())
        for _ in 0..<episodes {
            var state = stream.choose(weights: mdp.initial)
            var factor = 1.0
            for time in 0..<mdp.horizon {
                let action = stream.choose(weights: mdp.behavior[state])
                discounts.append(factor)
                rewards.append(stream.nextDouble() < mdp.rewards[state][action] ? 1 : 0)
                ratios.append(mdp.evaluated[state][action] / mdp.behavior[state][action])
                actionValues.append(model[time][state][action])
                stateValues.append(zip(model[time][state], mdp.evaluated[state]).reduce(0) { $0 + $1.0 * $1.1 })
                state = stream.choose(weights: mdp.transitions[state][action])
                factor *= mdp.gamma
            }
            offsets.append(rewards.count)
        }
        return try OffPolicyLog(
            offsets: offsets, discounts: discounts, rewards: rewards, ratios: ratios, actionValues: actionValues,
            stateValues: stateValues)
    }

    @Test func brokenLogsAreRefused() {
        #expect(throws: PolicyError.self) {
            try OffPolicyLog(offsets: [0, 0], discounts: [], rewards: [], ratios: [])
        }
        #expect(throws: PolicyError.inconsistentEvaluation("the ratio of decision 0 is nan")) {
            try OffPolicyLog(offsets: [0, 1], discounts: [1], rewards: [1], ratios: [.nan])
        }
        #expect(throws: PolicyError.self) {
            try OffPolicyEstimator.doublyRobust.sums(
                OffPolicyLog(offsets: [0, 1], discounts: [1], rewards: [1], ratios: [1]))
        }
    }
}
