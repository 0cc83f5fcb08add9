import LabDomain
import LabNumerics
import LabSafeguards
import Testing

@testable import LabSimulation

@Suite struct SafeguardedOptimumTests {
    @Test(arguments: [0.7, 1.4, 0.05]) func oddsAreThoseOfTheVoice(noise: Double) throws {
        var parameters = EmoSeqParameters.presetS
        parameters.emotionNoise = noise
        let safeguard = Safeguard()
        let exact = AssessmentOdds(parameters, safeguard: safeguard)
        let finer = AssessmentOdds(parameters, safeguard: safeguard, points: 601)
        let drawn = AssessmentOdds(
            GaussianVoice(parameters), safeguard: safeguard, draws: 40_000,
            stream: RandomStream(seed: 1, name: "odds"))
        for emotion in 0..<3 {
            #expect(abs(exact.probabilities[emotion].reduce(0, +) - 1) < 1e-12)
            for assessment in 0..<3 {
                let probability = exact.probabilities[emotion][assessment]
                #expect(abs(probability - finer.probabilities[emotion][assessment]) < 1e-4)
                let error = (max(probability * (1 - probability), 1e-5) / 40_000).squareRoot()
                #expect(abs(probability - drawn.probabilities[emotion][assessment]) < 4 * error)
            }
        }
    }

    @Test func oddsFollowTheThresholds() throws {
        let wary = Safeguard(thresholds: try SafeguardThresholds(distress: 0.2, confidence: 0.6))
        let drawn = AssessmentOdds(
            GaussianVoice(.presetS), safeguard: wary, draws: 40_000, stream: RandomStream(seed: 2, name: "odds"))
        let exact = AssessmentOdds(.presetS, safeguard: wary)
        for emotion in 0..<3 {
            for assessment in 0..<3 {
                #expect(
                    abs(exact.probabilities[emotion][assessment] - drawn.probabilities[emotion][assessment]) < 0.011)
            }
        }
        #expect(exact.missedRate < AssessmentOdds(.presetS, safeguard: Safeguard()).missedRate)
    }

    /// With readings that never err, the rules are a mask on the hidden emotion.
    @Test func cleanReadingsMakeTheLatentMask() throws {
        let known = try EmoSeqCase("S", .easy)
        let parameters = known.parameters
        let masked = EmoSeqSolution.optimum(known.kernel) { state, action in
            guard state < parameters.stateCount, parameters.state(state).emotion == 0 else { return true }
            let creative = parameters.actions[action].creative
            return creative == nil || creative == .inform
        }
        #expect(abs(masked.value - known.guarded.value) < 1e-6)
    }

    @Test func uniformUnderSafeguardsIsExactToo() throws {
        let known = try EmoSeqCase()
        let exact = EmoSeqSolution.evaluate(known.kernel, under: known.rules) { _, _, permitted in
            let share = 1 / Double(permitted.count { $0 })
            return permitted.map { $0 ? share : 0 }
        }
        let simulated = meanAndError(
            try known.rollout(known.policy(.uniform, guarded: true), guarded: true, customers: 8_000).values)
        #expect(abs(simulated.mean - exact.value) < 3.5 * simulated.error)
        let segments = (0..<4).map { exact.value(segment: $0) * known.parameters.segmentShares[$0] }
        #expect(abs(segments.reduce(0, +) - exact.value) < 1e-9)
    }

    /// What cannot be done cannot be worth more: more noise means fewer masks and a lower price.
    @Test func thePriceIsPositiveAndFallsWithBlindness() throws {
        let prices = try [EmoSeqSwitches.easy, [], .noisy].map { switches in
            let known = try EmoSeqCase("S", switches)
            return known.free.value - known.guarded.value
        }
        #expect(prices[0] > prices[1] && prices[1] > prices[2] && prices[2] > 0)
    }
}
