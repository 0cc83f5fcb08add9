import Foundation
import LabDomain
import LabNumerics
import LabSafeguards
import LabStorage
import LabTestKit
import Testing

@testable import LabSimulation

@Suite final class JourneyLogStreamTests {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lab-logs-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: folder) }

    func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

    static func log(_ customers: Range<Int>) throws -> JourneyLog {
        let environment = try EmoSeqEnvironment(stream: RandomStream(seed: 3, name: "customers"))
        let result = try Rollout(safeguard: Safeguard(), keepsJourneys: true).run(
            environment, policy: EmoSeqLoggingPolicy(), customers: customers,
            stream: RandomStream(seed: 3, name: "actions"))
        return try #require(result.journeys)
    }

    @Test func piecesGiveTheWholeAndPiecesAgain() throws {
        let log = try Self.log(0..<60)
        let writer = try JourneyLogWriter(
            file("a.h5"), schema: log.schema, actionCount: log.actionCount, discount: log.discount)
        for start in stride(from: 0, to: 60, by: 25) {
            try writer.append(log.selecting(Array(start..<min(60, start + 25))))
        }
        try writer.close()
        #expect(try JourneyLog(contentsOf: file("a.h5")) == log)
        let reader = try JourneyLogReader(file("a.h5"))
        #expect(reader.schema == log.schema && reader.actionCount == log.actionCount && reader.discount == log.discount)
        #expect(reader.episodeCount == 60 && reader.decisionCount == log.decisionCount && reader.offsets == log.offsets)
        #expect(try reader.read(episodes: 30..<50) == log.selecting(Array(30..<50)))
        #expect(try JourneyFormats.read(file("a.h5")) == log)
    }

    @Test func aContradictionIsNamedByFileEpisodeAndStep() throws {
        let log = try Self.log(0..<10)
        let writer = try JourneyLogWriter(
            file("a.h5"), schema: log.schema, actionCount: log.actionCount, discount: log.discount)
        try writer.append(log)
        var broken = log
        let place = broken.offsets[3] + 1
        broken.rewards[place] = .nan
        #expect(
            throws: SimulationError.inconsistentJourney(
                file: "a.h5", episode: 13, step: 1, reason: "the reward is nan")
        ) { try writer.append(broken) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)

        func reason(_ spoil: (inout JourneyLog) -> Void) throws -> String? {
            var broken = log
            spoil(&broken)
            try broken.write(to: file("b.h5"))
            do {
                _ = try JourneyLog(contentsOf: file("b.h5"))
                return nil
            } catch SimulationError.inconsistentJourney("b.h5", 3, 1, let reason) {
                return reason
            }
        }
        let count = log.actionCount
        #expect(try reason { $0.actions[place] = 99 } == "action 99 is unknown: actions are 0 ..< \(count)")
        #expect(
            try reason { for action in 0..<count { $0.permitted[place * count + action] = false } }
                == "the mask forbids every action")
        #expect(
            try reason { $0.permitted[place * count + Int($0.actions[place])] = false }
                == "action \(log.actions[place]) was taken though it is not permitted")
        #expect(try reason { $0.propensities[place] = 1.5 } == "the propensity 1.5 is not in (0, 1]")
        #expect(try reason { $0.elapsed[place] = 0 } == "no time passes until the next decision")
        #expect(try reason { $0.terminal[place] = true } == "the episode goes on though it ended here")
        let row = (place + 3) * log.featureCount
        #expect(
            try reason { $0.observations[row] = .infinity } == "feature \(log.schema.features[0]) is inf")
        #expect(try reason { _ in } == nil)
    }

    @Test(arguments: [JourneyFormat.minari, .d4rl, .d3rlpy])
    func ownLogsComeBackFromOtherForms(_ format: JourneyFormat) throws {
        let log = try Self.log(0..<20)
        let url = file(format.rawValue)
        try JourneyFormats.write(log, as: format, to: url, name: "ads/test-v0")
        let place = format == .minari ? url.appendingPathComponent("ads/test-v0") : url
        #expect(try JourneyFormat(of: place) == format)
        let back = try JourneyFormats.read(place)
        #expect(back.schema == log.schema && back.actionCount == log.actionCount && back.discount == log.discount)
        #expect(back.actions == log.actions && back.offsets == log.offsets && back.terminal == log.terminal)
        if format == .d3rlpy {
            #expect(back.propensities.allSatisfy(\.isNaN) && back.permitted.allSatisfy(\.self))
            #expect(zip(back.rewards, log.rewards).allSatisfy { abs($0 - $1) < 1e-5 })
        } else {
            #expect(back.observations == log.observations && back.rewards == log.rewards)
            #expect(back.propensities == log.propensities && back.permitted == log.permitted)
            #expect(back.elapsed == log.elapsed && back.segments == log.segments && back.customers == log.customers)
            #expect(back.outcomes == log.outcomes && back.posts == log.posts)
        }
    }

    @Test func whatAForeignFileDoesNotSayIsAssumed() throws {
        let log = try JourneyFormats.read(
            Fixture.file("Journeys/d3rlpy.h5"), assuming: .init(discount: 0.9, actionCount: 5))
        #expect(log.actionCount == 5 && log.discount == 0.9 && log.schema.features.last == "feature3")
        #expect(log.propensities.allSatisfy(\.isNaN) && log.elapsed.allSatisfy { $0 == 1 })
        #expect(log.permitted.count == 50 && log.permitted.allSatisfy(\.self))
        let minari = try JourneyFormats.read(Fixture.file("Journeys/minari/ads/bid-v0"))
        #expect(minari.actionCount == 3 && minari.propensities == [Double](repeating: 1.0 / 3, count: 10))
    }

    /// What is wrong in a foreign file is named by its episode and step, before anything is made of it.
    @Test func foreignContradictionsAreNamed() throws {
        func reason(_ change: (inout Journey) -> Void) throws -> String? {
            var journeys = Journeys(width: 1)
            let good = Journey(
                observations: [0, 1, 2], actions: [0, 1], rewards: [1, 2],
                infos: [
                    "action_mask": JourneyInfo(.step, width: 2, .int64s([1, 1, 1, 1])),
                    "propensity": JourneyInfo(.step, .floats([0.5, 0.5])),
                    "elapsed": JourneyInfo(.step, .floats([1, 2])),
                ])
            var bad = good
            change(&bad)
            try journeys.append(good)
            try journeys.append(bad)
            try JourneyFile.exportD4RL(journeys, to: file("a.h5"))
            do {
                _ = try JourneyFormats.read(file("a.h5"), assuming: .init(actionCount: 2))
                return nil
            } catch SimulationError.inconsistentJourney("a.h5", 1, 1, let reason) {
                return reason
            }
        }
        #expect(try reason { _ in } == nil)
        #expect(try reason { $0.rewards[1] = -.infinity } == "the reward is -inf")
        #expect(try reason { $0.actions[1] = 2 } == "action 2 is unknown: actions are 0 ..< 2")
        #expect(try reason { $0.actions[1] = -1 } == "action -1 is unknown: actions are 0 ..< 2")
        #expect(
            try reason { $0.infos["action_mask"]?.values = .int64s([1, 1, 0, 0]) } == "the mask forbids every action")
        #expect(
            try reason { $0.infos["propensity"]?.values = .floats([0.5, 2]) }
                == "the propensity 2.0 is not in (0, 1]")
        #expect(
            try reason { $0.infos["elapsed"]?.values = .floats([1, 1.5]) } == "elapsed is 1.5, not a whole number")
        #expect(try reason { $0.observations[1] = .nan } == "feature feature0 is nan")
    }

    @Test func aMaskOfTheWrongWidthOrTooManyActionsAreRefused() throws {
        var journeys = Journeys(width: 1)
        try journeys.append(
            Journey(
                observations: [0, 1], actions: [2_000_000], rewards: [1],
                infos: ["permitted": JourneyInfo(.step, width: 2, .flags([true, true]))]))
        try JourneyFile.exportD4RL(journeys, to: file("a.h5"))
        #expect(
            throws: SimulationError.inconsistentJourney(
                file: "a.h5", episode: 0, step: 0,
                reason: "action 2000000 would make 2000001 actions; between 1 and 65536 are possible")
        ) { try JourneyFormats.read(file("a.h5")) }
        #expect(
            throws: SimulationError.inconsistentLog(
                "the info 'permitted' of a.h5 is bool × 2 for each step, not 3 numbers")
        ) { try JourneyFormats.read(file("a.h5"), assuming: .init(actionCount: 3)) }
    }
}
