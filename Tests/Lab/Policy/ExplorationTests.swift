import LabDomain
import LabNumerics
import LabSimulation
import RealModule
import Testing

@testable import LabPolicy

@Suite struct ExplorationTests {
    private static func frequencies(
        _ exploration: Exploration, _ scores: [Float], _ permitted: [Bool], progress: Double, draws: Int = 40_000
    ) -> [Double] {
        var stream = RandomStream(seed: 4, name: "exploration")
        var counts = [Int](repeating: 0, count: scores.count)
        for _ in 0..<draws {
            let chosen = scores.withUnsafeBufferPointer { scores in
                permitted.withUnsafeBufferPointer {
                    exploration.choose(scores, permitted: $0, progress: progress, stream: &stream)
                }
            }
            counts[chosen] += 1
        }
        return counts.map { Double($0) / Double(draws) }
    }

    @Test func epsilonGreedySpreadsOverWhatIsPermitted() {
        let exploration = Exploration()
        for (progress, level) in [(0, 1), (0.25, 0.525), (0.5, 0.05), (0.8, 0.05)] {
            #expect(abs(exploration.level(at: progress) - level) < 1e-12)
        }
        let found = Self.frequencies(exploration, [1, 3, 2, 9], [true, true, true, false], progress: 0.25)
        let share = 0.525 / 3
        // Four standard errors of a frequency of 40,000 draws are below 0.01.
        for (mine, expected) in zip(found, [share, share + 0.475, share, 0]) { #expect(abs(mine - expected) < 0.01) }
        #expect(found[3] == 0)
    }

    @Test func boltzmannFollowsTheExponentials() {
        var exploration = Exploration()
        exploration.kind = .boltzmann
        exploration.start = 2
        exploration.end = 0.5
        let found = Self.frequencies(exploration, [1, 2, 9, 0], [true, true, false, true], progress: 1)
        let weights = [1.0, 2, 0].map { Double.exp($0 / 0.5) }
        let sum = weights.reduce(0, +)
        for (mine, expected) in zip(found, [weights[0] / sum, weights[1] / sum, 0, weights[2] / sum]) {
            #expect(abs(mine - expected) < 0.01)
        }
    }

    @Test func aConservativeBudgetNeverBreaksItsPromise() throws {
        // Exploring is bad, at times as bad as can be; several customers are under way at once.
        for seed in 0..<20 {
            var stream = RandomStream(seed: UInt64(seed), name: "budget")
            var budget = try ConservativeBudget(allowance: 0.1, baseline: 8, worst: -2)
            var underWay = 0
            for _ in 0..<2_000 {
                if budget.begin() { underWay += 1 }
                while underWay > stream.nextInt(below: 5) {
                    budget.settle(stream.nextDouble() < 0.5 ? -2 : 9 * stream.nextDouble())
                    underWay -= 1
                }
                #expect(budget.reserve >= -1e-9)
            }
            // It explores, and far less than it could without a promise.
            #expect(budget.explored > 50 && budget.explored < budget.served)
        }
        // Where exploring pays, nearly everybody is explored on in the end.
        var budget = try ConservativeBudget(allowance: 0.1, baseline: 8, worst: -2)
        for _ in 0..<2_000 where budget.begin() { budget.settle(10) }
        #expect(budget.explored > 1_900)
        #expect(throws: PolicyError.self) { try ConservativeBudget(allowance: 1, baseline: 8, worst: 0) }
        #expect(throws: PolicyError.self) { try ConservativeBudget(allowance: 0.1, baseline: -1, worst: -2) }
    }

    @Test func anAgentThatActsLearnsToBalance() throws {
        // A short form: the kept study trains for 500,000 decisions.
        var online = OnlineSettings()
        online.decisions = 20_000
        online.learningStarts = 500
        online.trainInterval = 2
        var settings = AgentTests.settings(hidden: [64], steps: 1, batchSize: 64, learningRate: 1e-3)
        settings.targetInterval = 200
        var training = try OnlineTraining(
            DQN(), settings, online: online, in: CartPole(stream: RandomStream(seed: 1, name: "pole")),
            horizonEnds: false, stream: RandomStream(seed: 2, name: "agent"))
        while !training.isFinished { _ = try training.step() }
        let first = training.values.prefix(50).reduce(0, +) / 50
        let last = training.values.suffix(20).reduce(0, +) / 20
        #expect(last > 1.8 * first, "from \(first) to \(last)")
    }
}
