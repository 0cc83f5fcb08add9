import Foundation
import LabDomain
import LabNumerics
import LabSafeguards
import Testing

@testable import LabSimulation

@Suite struct QMDPTests {
    /// The reference: 23.147 ± 0.274 over 8,000 customers.
    @Test func reachesThePublishedValue() throws {
        let known = try EmoSeqCase()
        let ours = meanAndError(try known.rollout(known.policy(.qmdp), customers: 4_000).values)
        #expect(abs(ours.mean - 23.147) < 3.5 * (ours.error * ours.error + 0.274 * 0.274).squareRoot(), "\(ours)")
    }

    @Test func lowerThanTheOptimumAndAboveWhatRemembersNothing() throws {
        for (preset, switches) in [("L", [] as EmoSeqSwitches), ("S", [.exploitable, .nonStationary])] {
            let known = try EmoSeqCase(preset, switches)
            let qmdp = meanAndError(
                try known.rollout(known.policy(.qmdp, guarded: true), guarded: true, customers: 1_500).values)
            let logging = meanAndError(
                try known.rollout(known.policy(.logging, guarded: true), guarded: true, customers: 1_500).values)
            #expect(qmdp.mean + 3 * qmdp.error < known.guarded.value)
            #expect(qmdp.mean - 3 * qmdp.error > logging.mean + 3 * logging.error)
        }
    }

    /// The factored filter against the sum over all pairs of states, written out.
    @Test(arguments: EmoSeqParameters.presetNames) func theFilterIsBayesRule(preset: String) throws {
        let known = try EmoSeqCase(preset, [.exploitable, .nonStationary])
        let (parameters, kernel) = (known.parameters, known.kernel)
        let filter = EmoSeqFilter(kernel)
        let living = parameters.stateCount
        var stream = RandomStream(seed: 3, name: "beliefs")
        var belief = [SIMD8<Float>](repeating: SIMD8(), count: filter.cellCount)
        var scratch = belief
        let proxies: [Float] = [0.3, 1.2, -0.4, 0.1]
        let first = SIMD3<Float>(0.5, 0.3, 0.2)
        belief.withUnsafeMutableBufferPointer { belief in
            guard let belief = belief.baseAddress else { return }
            proxies.withUnsafeBufferPointer {
                guard let proxies = $0.baseAddress else { return }
                filter.begin(belief, proxies: proxies, reading: first)
            }
        }
        var plain = parameters.initialDistribution.enumerated().map { index, share in
            let state = parameters.state(index)
            return share * exp(Double(proxies[state.segment])) * Double(first[state.emotion])
                / parameters.emotionShares[state.emotion]
        }
        for period in 0..<12 {
            let option = stream.nextInt(below: kernel.optionCount)
            let outcome = period == 5 ? 4 : stream.nextInt(below: 4)
            let draws = SIMD3<Float>(stream.nextFloat() + 0.1, stream.nextFloat() + 0.1, stream.nextFloat() + 0.1)
            let reading = draws / draws.sum()
            belief.withUnsafeMutableBufferPointer { belief in
                scratch.withUnsafeMutableBufferPointer { scratch in
                    guard let belief = belief.baseAddress, let scratch = scratch.baseAddress else { return }
                    filter.follow(
                        belief, scratch: scratch, option: option, outcome: outcome, period: period, reading: reading)
                }
            }
            var next = [Double](repeating: 0, count: living)
            for index in 0..<living where plain[index] > 0 {
                for (target, share) in Self.joint(parameters, index, option, outcome, period) {
                    next[target] += plain[index] * share
                }
            }
            for index in 0..<living {
                let emotion = parameters.state(index).emotion
                next[index] *= Double(reading[emotion]) / parameters.emotionShares[emotion]
            }
            let total = next.reduce(0, +)
            plain = next.map { $0 / total }
            for index in 0..<living {
                let ours = Double(belief[index % filter.cellCount][index / filter.cellCount])
                #expect(abs(ours - plain[index]) < 2e-5)
            }
        }
    }

    /// Next states with the joint probability of them and of what was seen.
    static func joint(
        _ parameters: EmoSeqParameters, _ index: Int, _ option: Int, _ outcome: Int, _ period: Int
    ) -> [(Int, Double)] {
        let state = parameters.state(index)
        let rates = parameters.rates(state, option: option, period: period)
        let (converted, engaged, complained) = (outcome >= 4, outcome % 4 >= 2, outcome % 2 == 1)
        let seen =
            (converted ? rates.conversion : 1 - rates.conversion) * (engaged ? rates.engagement : 1 - rates.engagement)
        let complaint = complained ? rates.complaint * (1 - rates.complaintChurn) : 1 - rates.complaint
        let stages: [(Int, Double)] =
            converted
            ? [(1, 1)]
            : engaged
                ? [(min(state.funnel + 1, 3), 1)]
                : [(max(state.funnel - 1, 0), rates.funnelDecay), (state.funnel, 1 - rates.funnelDecay)]
        let fatigues = [
            (min(state.fatigue + 1, 4), rates.fatigueRise), (max(state.fatigue - 1, 0), rates.fatigueFall),
            (state.fatigue, 1 - rates.fatigueRise - rates.fatigueFall),
        ]
        var result: [(Int, Double)] = []
        for (funnel, first) in stages {
            for (fatigue, second) in fatigues {
                for emotion in 0..<3 {
                    let next = EmoSeqState(segment: state.segment, emotion: emotion, funnel: funnel, fatigue: fatigue)
                    let share = first * second * rates.emotion[emotion]
                    result.append((parameters.index(next), seen * complaint * (1 - rates.churn) * share))
                }
            }
        }
        return result
    }

    /// Followed by periods or by decisions, the same actions bring the same customers the same.
    @Test func steppingByPeriodsChangesNothing() throws {
        struct Following: SimulationPolicy {
            let schema = EmoSeqParameters.presetL.schema
            let actionCount = 49
            let followsPeriods: Bool
            func decide(_ decision: DecisionView) -> ActionProbabilities {
                ActionProbabilities(
                    acting: (0..<decision.permitted.count).map {
                        $0 % 49 == (5 * Int(decision.periods[$0 / 49]) + 2) % 49 ? 1 : 0
                    })
            }
        }
        let known = try EmoSeqCase("L", .exploitable)
        let whole = try known.rollout(
            Following(followsPeriods: false), customers: 300, keepsJourneys: true)
        let parts = try known.rollout(Following(followsPeriods: true), customers: 300, keepsJourneys: true)
        #expect(zip(whole.values, parts.values).allSatisfy { abs($0 - $1) < 1e-9 })
        #expect(whole.conversions == parts.conversions && whole.complaints == parts.complaints)
        #expect(whole.journeys?.elapsed == parts.journeys?.elapsed)
        #expect(whole.journeys?.readings == parts.journeys?.readings)
        #expect(whole.contacts == parts.contacts && whole.decisions == parts.decisions)
    }
}
