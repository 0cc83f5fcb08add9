import LabDomain
import LabNumerics
import LabSafeguards
import Testing

@testable import LabSimulation

@Suite struct EmoSeqEnvironmentTests {
    /// Plays one action always, safeguards or not.
    struct Constant: PolicyScorer {
        let schema = EmoSeqParameters.presetS.schema
        let actionCount = 12
        let action: Int
        func probabilities(states: [Float], permitted: [Bool]) -> [Float] {
            (0..<permitted.count).map { $0 % 12 == action ? 1 : 0 }
        }
    }

    static func environment(_ seed: UInt64 = 5) throws -> EmoSeqEnvironment {
        try EmoSeqEnvironment(stream: RandomStream(seed: seed, name: "customers"))
    }

    /// Mean and standard error of a policy's value.
    static func value(_ policy: any PolicyScorer, customers: Int = 20_000) throws -> (mean: Double, error: Double) {
        let result = try Rollout(safeguard: nil).run(
            environment(), policy: policy, customers: 0..<customers, stream: RandomStream(seed: 5, name: "actions"))
        let mean = result.values.reduce(0, +) / Double(customers)
        let variance = result.values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(customers - 1)
        return (mean, (variance / Double(customers)).squareRoot())
    }

    @Test func simulationAgreesWithExactAndPublishedValues() throws {
        let known = try EmoSeqFixture.load()
        let schema = EmoSeqParameters.presetS.schema
        for (policy, exact, published, error) in [
            (UniformPolicy(schema: schema, actionCount: 12) as any PolicyScorer, known.uniform, 8.008, 0.102),
            (Constant(action: 9), known.never, 5.035, 0.081),
            (Constant(action: 7), known.promote7, 5.996, 0.076),
        ] {
            let ours = try Self.value(policy)
            #expect(abs(ours.mean - exact) < 3.5 * ours.error)
            #expect(abs(ours.mean - published) < 3.5 * (ours.error * ours.error + error * error).squareRoot())
        }
        // Its value depends on the noisy observation, so there is only the published simulation.
        let logging = try Self.value(EmoSeqLoggingPolicy())
        #expect(abs(logging.mean - 7.892) < 3.5 * (logging.error * logging.error + 0.097 * 0.097).squareRoot())
    }

    @Test func latentOptimalPolicyReachesTheOptimum() throws {
        let kernel = EmoSeqKernel(.presetS)
        let optimum = EmoSeqSolution.optimum(kernel)
        var environment = try Self.environment()
        var batch = EnvironmentBatch(count: 4_000, featureCount: 64)
        environment.reset(customers: 0..<4_000, into: &batch)
        var values = [Double](repeating: 0, count: 4_000)
        var factors = [Double](repeating: 1, count: 4_000)
        while (0..<4_000).contains(where: { !batch.ended($0) }) {
            let actions = (0..<4_000).map { place -> Int32 in
                let period = min(Int(batch.periods[place]), 39)
                let state = environment.latentState(place)
                let gains = optimum.actionValues[period].map { $0[state] }
                return Int32(gains.indices.max { gains[$0] < gains[$1] } ?? 0)
            }
            try environment.step(actions: actions, into: &batch)
            for place in 0..<4_000 {
                values[place] += factors[place] * batch.rewards[place]
                for _ in 0..<batch.elapsed[place] { factors[place] *= 0.98 }
            }
        }
        let mean = values.reduce(0, +) / 4_000
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3_999
        #expect(abs(mean - optimum.value) < 3.5 * (variance / 4_000).squareRoot())
    }

    /// One period from a fixed state, compared with the exact row by Pearson's chi-square.
    @Test(arguments: [(0, 100), (5, 37), (7, 3), (9, 222)])
    func frequenciesFollowTheKernel(option: Int, start: Int) throws {
        let parameters = EmoSeqParameters.presetS
        let kernel = EmoSeqKernelTests.kernel
        let draws = 20_000
        var environment = try EmoSeqEnvironment(parameters, stream: RandomStream(seed: 9, name: "chi-square"))
        var batch = EnvironmentBatch(count: draws, featureCount: 64)
        environment.reset(customers: 0..<draws, into: &batch)
        for place in 0..<draws { environment.place(place, in: start) }
        try environment.stepPeriod(options: Array(repeating: Int32(option), count: draws), into: &batch)
        var counts = [Int](repeating: 0, count: kernel.size)
        for place in 0..<draws { counts[environment.latentState(place)] += 1 }
        var (statistic, cells, restExpected, restCount) = (0.0, 0, 0.0, 0)
        let row = kernel.row(option: option, state: start)
        for next in 0..<kernel.size {
            let expected = Double(draws) * row[next]
            if expected == 0 { #expect(counts[next] == 0) }
            if expected < 5 {
                restExpected += expected
                restCount += counts[next]
            } else {
                statistic += (Double(counts[next]) - expected) * (Double(counts[next]) - expected) / expected
                cells += 1
            }
        }
        if restExpected > 0 {
            statistic += (Double(restCount) - restExpected) * (Double(restCount) - restExpected) / restExpected
            cells += 1
        }
        // Wilson and Hilferty's approximation of the 99.9 % quantile of chi-square.
        let freedom = Double(cells - 1)
        let root = 1 - 2 / (9 * freedom) + 3.0902 * (2 / (9 * freedom)).squareRoot()
        #expect(statistic < freedom * root * root * root)
    }

    @Test func customersDoNotDependOnTheBatch() throws {
        let environment = try Self.environment()
        let stream = RandomStream(seed: 1, name: "actions")
        var rollout = Rollout(safeguard: Safeguard(), keepsJourneys: true)
        let whole = try rollout.run(environment, policy: EmoSeqLoggingPolicy(), customers: 0..<60, stream: stream)
        rollout.batchSize = 7
        let small = try rollout.run(environment, policy: EmoSeqLoggingPolicy(), customers: 0..<60, stream: stream)
        let later = try rollout.run(environment, policy: EmoSeqLoggingPolicy(), customers: 40..<60, stream: stream)
        #expect(whole.values == small.values)
        #expect(whole.journeys == small.journeys)
        #expect(Array(whole.values[40...]) == later.values)
        #expect(whole.journeys?.selecting(Array(40..<60)) == later.journeys)
    }

    @Test func waitsSkipDecisionsAndStopAtTheHorizon() throws {
        var environment = try Self.environment()
        var batch = EnvironmentBatch(count: 50, featureCount: 64)
        environment.reset(customers: 0..<50, into: &batch)
        for _ in 0..<9 { try environment.step(actions: Array(repeating: 11, count: 50), into: &batch) }
        try environment.step(actions: Array(repeating: 10, count: 50), into: &batch)
        #expect((0..<50).allSatisfy { batch.terminal[$0] || batch.periods[$0] == 38 })
        try environment.step(actions: Array(repeating: 11, count: 50), into: &batch)
        #expect((0..<50).allSatisfy { batch.terminal[$0] || (batch.truncated[$0] && batch.elapsed[$0] == 2) })
        #expect((0..<50).contains { batch.truncated[$0] })
        try environment.step(actions: Array(repeating: 0, count: 50), into: &batch)
        #expect(batch.rewards.allSatisfy { $0 == 0 } && batch.elapsed.allSatisfy { $0 == 0 })
    }

    @Test func wrongActionsAreNamed() throws {
        var environment = try Self.environment()
        var batch = EnvironmentBatch(count: 2, featureCount: 64)
        environment.reset(customers: 0..<2, into: &batch)
        #expect(throws: SimulationError.unknownAction(action: 12, customer: 1, count: 12)) {
            try environment.step(actions: [0, 12], into: &batch)
        }
        #expect(throws: SimulationError.wrongActionCount(given: 1, needed: 2)) {
            try environment.step(actions: [0], into: &batch)
        }
    }
}

extension EmoSeqEnvironment {
    /// Puts a customer into a hidden state.
    mutating func place(_ place: Int, in number: Int) {
        let old = customers[place]
        customers[place] = EmoSeqCustomer(row: old.row, state: parameters.state(number), number: number)
    }
}
