import LabDomain
import LabNumerics
import LabSafeguards
import Testing

@testable import LabSimulation

@Suite struct SimulationPolicyTests {
    /// Any policy, whatever it would like: the mask holds in every decision, the record is a probability.
    @Test(arguments: EmoSeqPolicyName.allCases) func noPolicyPassesTheSafeguards(name: EmoSeqPolicyName) throws {
        for (preset, switches) in [("S", [.exploitable, .confounded] as EmoSeqSwitches), ("L", .exploitable)] {
            let known = try EmoSeqCase(preset, switches)
            let exploring = try ExploringPolicy(known.policy(name, guarded: true), share: 0.3)
            let result = try known.rollout(exploring, guarded: true, customers: 150, keepsJourneys: true)
            #expect(result.promotionsToDistressed == 0)
            let log = try #require(result.journeys)
            let (kinds, safeguard) = (try known.parameters.actionTable.kinds, Safeguard())
            for decision in 0..<log.decisionCount {
                let reading = (0..<3).map { Double(log.readings[3 * decision + $0]) }
                let assessment = safeguard.assess(negative: reading[0], neutral: reading[1], positive: reading[2])
                if let kind = kinds[Int(log.actions[decision])] {
                    #expect(assessment.permittedKinds.contains(kind))
                }
                #expect(log.propensities[decision] > 0 && log.propensities[decision] <= 1.0001)
            }
            #expect(result.decisions.reduce(0, +) == Int32(result.decisionCount))
        }
    }

    /// Policies drawn at random, which put all their mass anywhere: what is forbidden is refused, never played.
    @Test func randomPoliciesCannotBreakTheMask() throws {
        struct Wild: PolicyScorer {
            let schema = EmoSeqParameters.presetS.schema
            let actionCount = 12
            let seed: UInt64
            func probabilities(states: [Float], permitted: [Bool]) -> [Float] {
                var stream = RandomStream(seed: seed, name: "\(states.count)")
                var result = [Float](repeating: 0, count: permitted.count)
                for row in 0..<permitted.count / 12 { result[row * 12 + stream.nextInt(below: 12)] = 1 }
                return result
            }
        }
        let known = try EmoSeqCase()
        for seed in 0..<20 as Range<UInt64> {
            #expect(throws: SimulationError.self) {
                try known.rollout(ObservedPolicy(Wild(seed: seed)), guarded: true, customers: 200)
            }
        }
    }

    @Test func publishedValuesOfPoliciesThatSeeTheState() throws {
        let known = try EmoSeqCase()
        let fixture = try EmoSeqFixture.load()
        let myopic = meanAndError(try known.rollout(known.policy(.myopic), customers: 8_000).values)
        #expect(abs(myopic.mean - 8.630) < 4 * myopic.error)
        #expect(abs(myopic.mean - fixture.myopic) < 3.5 * myopic.error)
        for (name, value) in [(EmoSeqPolicyName.promote, 5.996), (.hold, 5.035)] {
            let simulated = meanAndError(try known.rollout(known.policy(name), customers: 8_000).values)
            #expect(abs(simulated.mean - value) < 3.5 * (simulated.error * simulated.error + 0.0066).squareRoot())
        }
    }

    @Test func boltzmannFollowsTheMyopicReward() throws {
        let (cold, hot) = (
            try BoltzmannPolicy(.presetS, temperature: 0.001), try BoltzmannPolicy(.presetS, temperature: 1e6)
        )
        var state = [Float](repeating: 0, count: 64)
        // Surely of the third segment, surely positive.
        (state[2], state[6]) = (30, 30)
        let all = [Bool](repeating: true, count: 12)
        let sure = try cold.probabilities(states: state, permitted: all)
        // Promotion by the cheapest channel has the highest reward at once.
        #expect(sure[7] > 0.99)
        let even = try hot.probabilities(states: state, permitted: all)
        #expect(even.allSatisfy { abs($0 - 1 / 12) < 1e-4 })
        var masked = all
        for action in 6..<9 { masked[action] = false }
        #expect(try cold.probabilities(states: state, permitted: masked)[6..<9].allSatisfy { $0 == 0 })
        #expect(throws: SimulationError.self) { try BoltzmannPolicy(.presetS, temperature: 0) }
    }

    @Test func missedDistressIsCountedAgainstTheHiddenTruth() throws {
        let known = try EmoSeqCase("S", .noisy)
        let result = try known.rollout(known.policy(.uniform), guarded: true, customers: 2_000)
        let (missed, negative) = (result.missed.reduce(0, +), result.hiddenNegative.reduce(0, +))
        let rate = Double(missed) / Double(negative)
        #expect(abs(rate - known.rules.odds.missedRate) < 0.02)
        #expect(result.promotionsToMissed.reduce(0, +) > 0)
        #expect(result.promotionsToDistressed == 0)
    }

    @Test func aShareOutsideOfTheUnitIntervalIsRefused() throws {
        let known = try EmoSeqCase()
        #expect(throws: SimulationError.self) { try ExploringPolicy(known.policy(.uniform), share: 1.5) }
        #expect(throws: SimulationError.unknownPolicy("best")) { try EmoSeqPolicyName(named: "best") }
    }
}
