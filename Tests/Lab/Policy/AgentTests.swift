import Foundation
import LabDomain
import LabNumerics
import LabSafeguards
import LabSimulation
import Testing

@testable import LabPolicy

@Suite struct AgentTests {
    /// A corridor of 4 places: action 1 goes on, action 0 stays and pays 0.2, action 2 pays 5 but is forbidden, action 3
    /// waits 2 periods. Reaching the end pays 3 and ends the episode.
    static let schema = StateSchema(name: "corridor", version: 1, features: ["p0", "p1", "p2", "p3", "time"])
    static let horizon = 6
    static let discount = 0.9

    static func observation(_ place: Int, _ time: Int) -> [Float] {
        (0..<4).map { $0 == place ? 1 : 0 } + [Float(time) / Float(horizon)]
    }

    static func step(_ place: Int, _ time: Int, _ action: Int) -> (
        place: Int, elapsed: Int, reward: Double, ended: Bool
    ) {
        switch action {
        case 1: (place + 1, 1, place == 3 ? 3 : 0, place == 3)
        case 3: (place, min(2, horizon - time), 0, false)
        default: (place, 1, action == 2 ? 5 : 0.2, false)
        }
    }

    static func log(_ episodes: Int, seed: UInt64) throws -> JourneyLog {
        var log = JourneyLog(schema: schema, actionCount: 4, discount: discount)
        let permitted = [true, true, false, true]
        for episode in 0..<episodes {
            var stream = RandomStream(seed: seed, name: "corridor").child(episode)
            var (place, time, ended) = (stream.nextInt(below: 4), 0, false)
            var decisions: [JourneyDecision] = []
            while time < horizon, !ended {
                let action = [0, 1, 3][stream.nextInt(below: 3)]
                let next = step(place, time, action)
                decisions.append(
                    JourneyDecision(
                        observation: observation(place, time), action: Int32(action), reward: next.reward,
                        elapsed: Int32(next.elapsed), propensity: 1.0 / 3, permitted: permitted))
                (place, time, ended) = (min(next.place, 3), time + next.elapsed, next.ended)
            }
            try log.append(
                customer: Int32(episode), segment: 0, decisions: decisions, ending: observation(place, time),
                terminal: ended)
        }
        return log
    }

    /// Optimal values under the mask, [time][place].
    static var optimum: [[Double]] {
        var values = [[Double]](repeating: Array(repeating: 0, count: 4), count: horizon + 1)
        for time in stride(from: horizon - 1, through: 0, by: -1) {
            for place in 0..<4 {
                values[time][place] =
                    [0, 1, 3].map { action in
                        let next = step(place, time, action)
                        let following = next.ended ? 0 : values[time + next.elapsed][min(next.place, 3)]
                        return next.reward + (0..<next.elapsed).reduce(1.0) { factor, _ in factor * discount }
                            * following
                    }.max() ?? 0
            }
        }
        return values
    }

    static func settings(hidden: [Int] = [32], steps: Int, batchSize: Int = 64, learningRate: Double = 2e-3)
        -> TrainingSettings
    {
        var settings = TrainingSettings()
        settings.hidden = hidden
        settings.steps = steps
        settings.batchSize = batchSize
        settings.learningRate = learningRate
        settings.averagedShare = 0.2
        settings.weightDecay = 0
        settings.rewardScale = 1
        return settings
    }

    @Test func doubleDQNFindsTheOptimalValuesUnderAMask() throws {
        let dataset = OfflineDataset(try Self.log(600, seed: 1), rewardScale: 1)
        var losses: [Double] = []
        let policy = try DQN().train(
            Self.settings(hidden: [32, 32], steps: 2_500), on: dataset, stream: RandomStream(seed: 1, name: "agent")
        ) { losses.append($0.loss) }
        #expect(try #require(losses.last) < 0.5 * (try #require(losses.first)))
        let network = try #require(policy as? GreedyPolicy).network
        let optimum = Self.optimum
        for time in 0..<Self.horizon {
            for place in 0..<4 {
                let row = try network.values(Self.observation(place, time))
                let best = [0, 1, 3].map { Double(row[0, $0]) }.max() ?? 0
                #expect(abs(best - optimum[time][place]) < 0.25, "time \(time), place \(place)")
            }
        }
        // The forbidden action is never chosen, however the network values it.
        let greedy = GreedyPolicy(network, epsilon: 0.1)
        let states = (0..<4).flatMap { Self.observation($0, 0) }
        let mask = Array(repeating: [true, true, false, true], count: 4).flatMap { $0 }
        let probabilities = try greedy.probabilities(states: states, permitted: mask)
        for row in 0..<4 {
            #expect(probabilities[row * 4 + 2] == 0)
            #expect(abs(probabilities[row * 4..<row * 4 + 4].reduce(0, +) - 1) < 1e-6)
        }
        #expect(throws: PolicyError.nothingPermitted(row: 0)) {
            try greedy.probabilities(states: Self.observation(0, 0), permitted: [false, false, false, false])
        }
    }

    @Test func trainingIsTheSameTwice() throws {
        let dataset = OfflineDataset(try Self.log(60, seed: 2), rewardScale: 1)
        let stream = RandomStream(seed: 3, name: "agent")
        let settings = Self.settings(steps: 40)
        let first = try DQN().train(settings, on: dataset, stream: stream)
        let second = try DQN().train(settings, on: dataset, stream: stream)
        let networks = try [first, second].map { try #require($0 as? GreedyPolicy).network.network.parameters }
        #expect(networks[0] == networks[1])
    }

    @Test func fittedQEvaluationFindsTheValueOfThePolicyThatLogged() throws {
        let log = try Self.log(800, seed: 4)
        let dataset = OfflineDataset(log, rewardScale: 1)
        var evaluation = FittedQEvaluation()
        evaluation.hidden = [32]
        evaluation.batchSize = 128
        evaluation.steps = 1_200
        evaluation.learningRate = 3e-3
        let policy = UniformPolicy(schema: Self.schema, actionCount: 4)
        let network = try evaluation.fit(policy, on: dataset, stream: RandomStream(seed: 1, name: "fqe"))
        let seen = try JourneyEvaluation(log, policy: policy)
        let direct = seen.directValue(try ModelValues(network, on: log))
        let value = direct.reduce(0, +) / Double(direct.count)
        let returns = log.returns
        #expect(abs(value - returns.reduce(0, +) / Double(returns.count)) < 4 * standardError(of: returns) + 0.05)
    }

    @Test func theConservativeWeightKeepsCloseToTheLog() throws {
        let dataset = OfflineDataset(try Self.log(200, seed: 5), rewardScale: 1)
        func gap(_ weight: Double) throws -> Double {
            var agent = CQL()
            agent.weight = weight
            let policy = try agent.train(
                Self.settings(steps: 400, learningRate: 5e-4), on: dataset, stream: RandomStream(seed: 1, name: "agent")
            )
            let network = try #require(policy as? GreedyPolicy).network
            let values = try ModelValues(network, on: dataset.log).values
            return (0..<dataset.count).reduce(0.0) { sum, decision in
                let row = [0, 1, 3].map { values[decision * 4 + $0] }
                return sum + (row.max() ?? 0) - values[decision * 4 + Int(dataset.log.actions[decision])]
            } / Double(dataset.count)
        }
        #expect(try gap(3) < gap(0))
    }

    @Test func savedPoliciesDecideTheSame() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "policy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let weights = folder.appending(path: SavedPolicy.weightsFile)
        let description = folder.appending(path: SavedPolicy.descriptionFile)
        let dataset = OfflineDataset(try Self.log(30, seed: 6), rewardScale: 2)
        let settings = Self.settings(steps: 10)
        let stream = RandomStream(seed: 1, name: "a")
        let greedy = try #require(try DQN().train(settings, on: dataset, stream: stream) as? GreedyPolicy)
        let learned = GreedyPolicy(greedy.network, epsilon: 0.2)
        let constrained = try BCQ().train(settings, on: dataset, stream: stream)
        let segmented = try SegmentedPolicy(
            rule: SegmentRule(features: [0, 1], margin: 0.5), segments: [learned, nil],
            fallback: SoftmaxPolicy(greedy.network, temperature: 0.7))
        let states = dataset.log.decisionObservations
        let schema = EmoSeqParameters.presetS.schema
        let emoseq = [Float](repeating: 0.5, count: 64)
        let all = [Bool](repeating: true, count: 12)
        for (policy, states, mask) in [
            (learned, states, dataset.log.permitted), (constrained, states, dataset.log.permitted),
            (segmented, states, dataset.log.permitted), (EmoSeqLoggingPolicy(), emoseq, all),
            (FixedPolicy.alwaysPromote(schema: schema), emoseq, all),
        ] as [(any PolicyScorer, [Float], [Bool])] {
            try SavedPolicy.write(policy, weights: weights, description: description)
            let again = try SavedPolicy.read(weights: weights, description: description)
            #expect(again.schema == policy.schema)
            #expect(
                try again.probabilities(states: states, permitted: mask)
                    == policy.probabilities(states: states, permitted: mask))
        }
        // A flipped byte of the weights, and a schema that is not the one of the digest.
        try SavedPolicy.write(learned, weights: weights, description: description)
        var spoiled = try Data(contentsOf: weights)
        spoiled[spoiled.count - 1] ^= 1
        try spoiled.write(to: weights)
        #expect(throws: PolicyError.self) { try SavedPolicy.read(weights: weights, description: description) }
        try SavedPolicy.write(learned, weights: weights, description: description)
        let text = try String(contentsOf: description, encoding: .utf8)
        try text.replacingOccurrences(of: "\"corridor\"", with: "\"other\"").write(
            to: description, atomically: true, encoding: .utf8)
        #expect(throws: PolicyError.self) { try SavedPolicy.read(weights: weights, description: description) }
    }

    @Test func evaluationRefusesAForeignPolicy() throws {
        let log = try Self.log(5, seed: 7)
        #expect(throws: PolicyError.self) { try JourneyEvaluation(log, policy: EmoSeqLoggingPolicy()) }
    }

    @Test func mixturesAreWeightedSums() throws {
        let uniform = UniformPolicy(schema: Self.schema, actionCount: 4)
        let fixed = FixedPolicy(schema: Self.schema, actionCount: 4, preferences: [2, 1])
        let mixed = try MixturePolicy(fixed, share: 0.25, behavior: uniform)
        let mask = [true, true, false, true]
        let probabilities = try mixed.probabilities(states: Self.observation(0, 0), permitted: mask)
        for (ours, expected) in zip(probabilities, [0.25, 0.5, 0, 0.25] as [Float]) {
            #expect(abs(ours - expected) < 1e-6)
        }
    }
}
