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
}
