import LabDomain
import LabNumerics
import LabSafeguards
import LabSimulation
import Testing

@testable import LabPolicy

@Suite struct PromotionGateTests {
    /// The hand-written candidate of the reference's gate study.
    struct HandWritten: PolicyScorer {
        let schema = EmoSeqParameters.presetS.schema
        let actionCount = 12
        func probabilities(states: [Float], permitted: [Bool]) -> [Float] {
            let channels = EmoSeqParameters.presetS.channelEffect.map { row in
                row.indices.max { row[$0] < row[$1] } ?? 0
            }
            var result = [Float](repeating: 0, count: permitted.count)
            for row in 0..<states.count / 64 {
                let state = states[row * 64..<(row + 1) * 64]
                let first = state.startIndex
                let segment = (0..<4).max { state[first + $0] < state[first + $1] } ?? 0
                let channel = channels[segment]
                let (sentiment, warmth, contacts) = (state[first + 7], state[first + 8], state[first + 11])
                var action = sentiment < -0.15 ? 3 + channel : warmth > 0.25 ? 6 + channel : channel
                if contacts > 1.2 { action = 11 } else if contacts > 0.8 { action = 10 }
                result[row * 12 + action] = 1
            }
            return result
        }
    }

    static func log(
        _ customers: Range<Int>, _ parameters: EmoSeqParameters = .presetS, safeguard: Safeguard? = nil,
        seed: UInt64 = 5
    ) throws -> JourneyLog {
        let environment = try EmoSeqEnvironment(parameters, stream: RandomStream(seed: seed, name: "customers"))
        var rollout = Rollout(safeguard: safeguard, keepsJourneys: true)
        rollout.batchSize = 256
        return try #require(
            try rollout.run(
                environment, policy: EmoSeqLoggingPolicy(schema: parameters.schema), customers: customers,
                stream: RandomStream(seed: seed, name: "actions")
            ).journeys)
    }

    /// The reference: λ .05 gives .670 ± .076 with 9,754 effective customers of 20,000, the truth being .71.
    @Test func smallSharesHaveTheReferencesSupport() throws {
        let log = try Self.log(0..<20_000)
        var gate = PromotionGate()
        gate.estimator = .perDecision
        let verdict = try gate.judge(JourneyEvaluation(log, policy: HandWritten()))
        let smallest = try #require(verdict.mixtures.last)
        #expect(smallest.share == 0.05)
        #expect(abs(smallest.gain - 0.71) < 4 * 0.076)
        #expect(abs(smallest.standardError - 0.076) < 0.015)
        #expect(abs(smallest.support.effectiveSampleSize - 9_754) < 700)
        #expect(abs(smallest.support.meanWeight - 1) < 0.02)
        let tenth = verdict.mixtures[verdict.mixtures.count - 2]
        #expect(abs(tenth.support.effectiveSampleSize / 1_100 - 1) < 0.5)
        #expect(verdict.accepted && verdict.exposure >= 0.05 && verdict.exposure <= 0.3)
        // The whole candidate has no support, whatever its estimate says, and was never tested.
        let whole = try #require(verdict.mixtures.first)
        #expect(whole.share == 1 && whole.support.effectiveSampleSize < 50 && !whole.tested && !whole.passed)
    }

    @Test func theBehaviourPolicyItselfIsRefused() throws {
        let log = try Self.log(0..<400, safeguard: Safeguard())
        let same = try JourneyEvaluation(log, policy: EmoSeqLoggingPolicy())
        #expect(same.ratios(share: 0.3).allSatisfy { $0 == 1 })
        for estimator in PromotionGate.Estimator.allCases {
            var gate = PromotionGate()
            gate.estimator = estimator
            let model = ModelValues(values: log.permitted.map { $0 ? 3 : 1 })
            let verdict = try gate.judge(same, behavior: same, model: model)
            #expect(!verdict.accepted && verdict.exposure == 0 && !verdict.reasons.isEmpty)
        }
    }

    /// Channels that make no difference: a candidate that only prefers another channel is worth exactly as much as the
    /// behaviour policy, and may pass in at most 5 % of logs.
    @Test func anEqualCandidatePassesSeldom() throws {
        struct OneChannel: PolicyScorer {
            let behavior: EmoSeqLoggingPolicy
            var schema: StateSchema { behavior.schema }
            let actionCount = 12
            func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
                var result = try behavior.probabilities(states: states, permitted: permitted)
                for start in stride(from: 0, to: result.count, by: 3) where start % 12 < 9 {
                    result[start] += result[start + 1] + result[start + 2]
                    result[start + 1] = 0
                    result[start + 2] = 0
                }
                return result
            }
        }
        var parameters = EmoSeqParameters.presetS
        parameters.channelEffect = Array(repeating: [0, 0, 0], count: 4)
        parameters.contactCost = [0.05, 0.05, 0.05]
        parameters.fatigueRise = [0.7, 0.7, 0.7]
        let behavior = EmoSeqLoggingPolicy(schema: parameters.schema)
        let (logs, customers) = (120, 400)
        let whole = try Self.log(0..<logs * customers, parameters)
        var gate = PromotionGate()
        gate.estimator = .perDecision
        gate.minimumEffectiveSample = 50
        var passed = 0
        for number in 0..<logs {
            let part = whole.selecting(Array(number * customers..<(number + 1) * customers))
            let seen = try JourneyEvaluation(part, policy: OneChannel(behavior: behavior))
            passed += try gate.judge(seen).accepted ? 1 : 0
        }
        // 6 are expected at most; 14 or more would happen in one of 400 such tests.
        #expect(passed < 14, "\(passed) of \(logs) logs promoted a candidate without any gain")
    }

    /// In simulation this candidate loses 0.51 a customer already at λ = 0.05.
    @Test func aWorseCandidateIsRefusedWithReasons() throws {
        let log = try Self.log(0..<3_000, safeguard: Safeguard())
        let nuisance = FixedPolicy(schema: log.schema, actionCount: 12, preferences: [2, 9])
        let candidate = try JourneyEvaluation(log, policy: nuisance)
        var gate = PromotionGate()
        gate.estimator = .perDecision
        let verdict = try gate.judge(candidate)
        #expect(!verdict.accepted)
        #expect(verdict.reasons.contains { $0.contains("is not above") })
        #expect(verdict.mixtures.last?.tested == true && verdict.mixtures.first?.tested == false)
    }

    @Test func wrongSettingsAreNamed() throws {
        let log = try Self.log(0..<20)
        let seen = try JourneyEvaluation(log, policy: HandWritten())
        var gate = PromotionGate()
        #expect(throws: PolicyError.self) { try gate.judge(seen) }
        gate.shares = [0.5, 0.1]
        let wanted = PolicyError.invalidSetting(
            name: "shares", value: "[0.5, 0.1]", requirement: "ascending within (0, 1]")
        #expect(throws: wanted) { try gate.judge(seen) }
    }
}
