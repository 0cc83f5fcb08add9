import LabDomain
import LabNumerics
import LabSafeguards
import Testing

@testable import LabSimulation

@Suite struct ConfoundedLoggingTests {
    /// The value of promoting by the second channel, by importance sampling from a log of one period.
    static func estimate(_ log: JourneyLog) -> (mean: Double, error: Double) {
        meanAndError(
            (0..<log.episodeCount).map { episode in
                var (weight, value, factor) = (1.0, 0.0, 1.0)
                for decision in log.decisions(episode) {
                    weight *= log.actions[decision] == 7 ? 1 / log.propensities[decision] : 0
                    value += weight * factor * log.rewards[decision]
                    factor *= 0.98
                }
                return value
            })
    }

    @Test(arguments: [false, true]) func recordsMisleadWhereTheLoggerSeesMore(confounded: Bool) throws {
        var parameters = try EmoSeqParameters.preset(named: "S", switches: confounded ? [.noisy, .confounded] : .noisy)
        parameters.horizon = 1
        let known = try EmoSeqCase(parameters)
        let exact = EmoSeqSolution.evaluate(known.kernel) { _, _ in (0..<12).map { $0 == 7 ? 1 : 0 } }.value
        let result = try known.rollout(known.policy(.logging), customers: 150_000, keepsJourneys: true)
        let seen = Self.estimate(try #require(result.journeys))
        let distance = (seen.mean - exact) / seen.error
        if confounded {
            #expect(distance > 5, "\(seen) against \(exact)")
        } else {
            #expect(abs(distance) < 3.5, "\(seen) against \(exact)")
        }
    }

    /// The record is a distribution, its weights average 1, so the usual check of a log does not see the bias.
    @Test func recordsLookSound() throws {
        let known = try EmoSeqCase("S", .confounded)
        let result = try known.rollout(known.policy(.logging), customers: 3_000, keepsJourneys: true)
        let log = try #require(result.journeys)
        var weights: [Double] = []
        for episode in 0..<log.episodeCount {
            weights.append(1 / 12 / log.propensities[log.decisions(episode).lowerBound])
        }
        let mean = meanAndError(weights)
        #expect(abs(mean.mean - 1) < 3.5 * mean.error)
        var policy = ConfoundedLogging(known.parameters)
        let view = DecisionView(
            places: [0], states: Array(log.observations[0..<64]), readings: [0.2, 0.5, 0.3], periods: [0],
            permitted: Array(repeating: true, count: 12), hiddenStates: [0], hiddenEmotions: [0])
        let given = try policy.decide(view)
        #expect(abs((given.recorded ?? []).reduce(0, +) - 1) < 1e-5)
        #expect(given.acting[7] < (given.recorded?[7] ?? 0))
    }

    @Test func itRefusesAWorldThatHidesNothing() throws {
        var policy = ConfoundedLogging(.presetS)
        let view = DecisionView(
            places: [0], states: Array(repeating: 0, count: 64), readings: [0.2, 0.5, 0.3], periods: [0],
            permitted: Array(repeating: true, count: 12), hiddenStates: [], hiddenEmotions: [])
        #expect(throws: SimulationError.self) { try policy.decide(view) }
    }
}
