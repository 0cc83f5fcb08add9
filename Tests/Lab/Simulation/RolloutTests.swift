import LabDomain
import LabNumerics
import LabSafeguards
import Testing

@testable import LabSimulation

@Suite struct RolloutTests {
    static func journeys(_ customers: Int, voice: (any CustomerVoice)? = nil) throws -> RolloutResult {
        let environment = try EmoSeqEnvironment(voice: voice, stream: RandomStream(seed: 3, name: "customers"))
        return try Rollout(safeguard: Safeguard(), keepsJourneys: true).run(
            environment, policy: EmoSeqLoggingPolicy(), customers: 0..<customers,
            stream: RandomStream(seed: 3, name: "actions"))
    }

    @Test func nobodyReadAsDistressedIsPromotedTo() throws {
        let result = try Self.journeys(2_000)
        #expect(result.promotionsToDistressed == 0)
        #expect(result.assessments[Assessment.distressed.rawValue] > 1_000)
        let environment = try EmoSeqEnvironment(stream: RandomStream(seed: 3, name: "customers"))
        let unguarded = try Rollout(safeguard: nil).run(
            environment, policy: EmoSeqLoggingPolicy(), customers: 0..<2_000,
            stream: RandomStream(seed: 3, name: "actions"))
        #expect(unguarded.promotionsToDistressed > 100)
    }

    @Test func journeysAddUpToTheValues() throws {
        let result = try Self.journeys(300)
        let log = try #require(result.journeys)
        #expect(log.episodeCount == 300)
        #expect(log.decisionCount == result.decisionCount)
        #expect(log.observations.count == (log.decisionCount + 300) * 64)
        for (sum, value) in zip(log.returns, result.values) { #expect(abs(sum - value) < 1e-9) }
        for episode in 0..<300 {
            let rows = log.decisions(episode)
            #expect(log.elapsed[rows].reduce(0, +) == result.periods[episode])
            #expect(log.terminal[rows].last == result.churned[episode])
        }
    }

    @Test func propensitiesAreThePolicysProbabilities() throws {
        let log = try #require(try Self.journeys(50).journeys)
        let all = try EmoSeqLoggingPolicy().probabilities(states: log.decisionObservations, permitted: log.permitted)
        for decision in 0..<log.decisionCount {
            #expect(log.propensities[decision] == Double(all[decision * 12 + Int(log.actions[decision])]))
            let row = all[decision * 12..<(decision + 1) * 12]
            #expect(abs(row.reduce(0, +) - 1) < 1e-6)
            #expect((0..<12).allSatisfy { log.permitted[decision * 12 + $0] || row[row.startIndex + $0] == 0 })
        }
    }

    @Test func recordedVoiceSpeaksPostsOfTheEmotion() throws {
        let labels: [Int32] = [0, 1, 2, 0, 1, 2]
        let probabilities: [Float] = [
            0.8, 0.1, 0.1, 0.2, 0.6, 0.2, 0.1, 0.2, 0.7, 0.3, 0.4, 0.3, 0.1, 0.8, 0.1, 0.05, 0.05, 0.9,
        ]
        let voice = try RecordedVoice(labels: labels, probabilities: probabilities, indexes: [10, 11, 12, 13, 14, 15])
        var stream = RandomStream(seed: 1, name: "voice")
        for emotion in 0..<3 {
            for _ in 0..<20 {
                let said = voice.speak(emotion: emotion, words: stream.fourWords())
                #expect(labels[Int(said.post) - 10] == Int32(emotion))
                #expect(said.features == said.reading)
            }
        }
        let log = try #require(try Self.journeys(20, voice: voice).journeys)
        for decision in 0..<log.decisionCount {
            let post = Int(log.posts[decision]) - 10
            #expect(log.readings[3 * decision] == probabilities[3 * post])
        }
        #expect(throws: SimulationError.silentVoice(emotion: "neutral")) {
            try RecordedVoice(labels: [0, 2], probabilities: [1, 0, 0, 0, 0, 1])
        }
    }

    @Test func gaussianReadingsAreCalibratedAtTheStart() {
        let parameters = EmoSeqParameters.presetS
        let voice = GaussianVoice(parameters)
        var stream = RandomStream(seed: 4, name: "calibration")
        var (claimed, right, count) = (0.0, 0.0, 0)
        for _ in 0..<20_000 {
            let emotion = stream.choose(weights: parameters.emotionShares)
            let reading = voice.speak(emotion: emotion, words: stream.fourWords()).reading
            guard reading[0] > 0.6 else { continue }
            claimed += Double(reading[0])
            right += emotion == 0 ? 1 : 0
            count += 1
        }
        #expect(count > 1_000)
        #expect(abs(claimed - right) / Double(count) < 0.03)
    }

    @Test func contradictionsInALogAreNamed() throws {
        var log = JourneyLog(schema: StateSchema(name: "s", version: 1, features: ["x"]), actionCount: 2, discount: 1)
        let good = JourneyDecision(
            observation: [1], action: 0, reward: 1, propensity: 0.5, permitted: [true, false])
        try log.append(customer: 0, segment: 0, decisions: [good], ending: [0], terminal: true)
        for (spoil, reason) in [
            ({ $0.action = 1 }, "action 1 was taken though it is not permitted"),
            ({ $0.propensity = 0 }, "the propensity 0.0 is not in (0, 1]"),
            ({ $0.reward = .nan }, "the reward is not a number"),
            ({ $0.elapsed = 0 }, "no time passes until the next decision"),
        ] as [((inout JourneyDecision) -> Void, String)] {
            var bad = good
            spoil(&bad)
            #expect(throws: SimulationError.inconsistentLog("episode 1, decision 1: \(reason)")) {
                try log.append(customer: 1, segment: 0, decisions: [good, bad], ending: [0], terminal: true)
            }
        }
        #expect(log.episodeCount == 1 && log.decisionCount == 1)
    }
}

extension RandomStream {
    mutating func fourWords() -> SIMD4<UInt32> { SIMD4(nextUInt32(), nextUInt32(), nextUInt32(), nextUInt32()) }
}
