import Foundation
import Testing

@testable import LabStorage

@Suite struct JourneyFileTests {
    /// Episodes of 0 to 4 steps with one info of each scope.
    private func make(_ count: Int) throws -> Journeys {
        var journeys = Journeys(width: 3)
        journeys.attributes["environment"] = "simulation"
        for episode in 0..<count {
            let steps = episode % 5
            try journeys.append(
                Journey(
                    observations: (0..<((steps + 1) * 3)).map { Float(episode) + Float($0) / 8 },
                    actions: (0..<steps).map { Int32(($0 * 7 + episode) % 12) },
                    rewards: (0..<steps).map { Double($0) / 3 }, terminated: episode % 2 == 0,
                    truncated: episode % 2 == 1,
                    infos: [
                        "propensity": JourneyInfo(.step, .doubles((0..<steps).map { 1 / Double($0 + 2) })),
                        "permitted": JourneyInfo(
                            .observation, width: 2, .flags((0..<((steps + 1) * 2)).map { $0 % 3 == 0 })),
                        "customer": JourneyInfo(.episode, .texts(["customer \(episode)"])),
                    ]))
        }
        return journeys
    }

    @Test func journeysComeBack() throws {
        let scratch = try Scratch()
        let journeys = try make(23)
        try JourneyFile.write(journeys, to: scratch.file("j.h5"))
        let back = try JourneyFile.read(scratch.file("j.h5"))
        #expect(back == journeys)
        #expect(back.count == 23 && back.steps == journeys.actions.count)
        let seventh = back.journey(7)
        #expect(seventh.actions == [7, 2].map { Int32($0) })
        #expect(seventh.truncated && !seventh.terminated)
        #expect(seventh.infos["customer"]?.values == .texts(["customer 7"]))
        #expect(seventh.infos["permitted"]?.values.count == 6)
        #expect(Array(back.observation(row: back.observationRows(of: 7).lowerBound)) == [7, 7.125, 7.25])
    }

    @Test func equalJourneysGiveEqualBytes() throws {
        let scratch = try Scratch()
        try JourneyFile.write(make(9), to: scratch.file("1.h5"))
        try JourneyFile.write(make(9), to: scratch.file("2.h5"))
        #expect(try Data(contentsOf: scratch.file("1.h5")) == Data(contentsOf: scratch.file("2.h5")))
    }

    @Test func anEpisodeThatDoesNotFitIsRefused() throws {
        var journeys = try make(2)
        let before = journeys
        var journey = journeys.journey(1)
        journey.rewards.append(1)
        #expect(throws: StorageError.self) { try journeys.append(journey) }
        journey = journeys.journey(1)
        journey.infos["propensity"] = nil
        #expect(throws: StorageError.self) { try journeys.append(journey) }
        journey = journeys.journey(1)
        journey.infos["propensity"] = JourneyInfo(.step, .floats([0.5]))
        #expect(throws: StorageError.self) { try journeys.append(journey) }
        #expect(journeys == before)
    }

    @Test func filesOfAnotherKindAreRefused() throws {
        let scratch = try Scratch()
        let file = try HDF5File.create(scratch.file("a.h5"))
        try file.write("/offsets", [0, 3] as [Int64])
        try file.close()
        #expect(throws: StorageError.self) { try JourneyFile.read(scratch.file("a.h5")) }
        let update = try HDF5File.update(scratch.file("a.h5"))
        try update.setAttribute("format", "lab-journeys")
        try update.setAttribute("format_version", 9)
        try update.close()
        #expect(
            throws: StorageError.unsupportedFormat(path: scratch.file("a.h5").path, found: 9, supported: 1)
        ) { try JourneyFile.read(scratch.file("a.h5")) }
    }

    @Test func minariAndBack() throws {
        let scratch = try Scratch()
        let journeys = try make(12)
        try JourneyFile.exportMinari(
            journeys, to: scratch.url,
            MinariDescription(id: "ads/test-v0", actionCount: 12, algorithm: "test", summary: "a test", author: "lab"))
        let back = try JourneyFile.readMinari(scratch.file("ads/test-v0/data/main_data.hdf5"))
        #expect(back.observations == journeys.observations)
        #expect(back.actions == journeys.actions && back.rewards == journeys.rewards)
        #expect(back.offsets == journeys.offsets)
        #expect(back.terminations == journeys.terminations && back.truncations == journeys.truncations)
        let metadata =
            try JSONSerialization.jsonObject(
                with: Data(contentsOf: scratch.file("ads/test-v0/data/metadata.json"))) as? [String: Any]
        #expect(metadata?["total_episodes"] as? Int == 12)
        #expect(metadata?["total_steps"] as? Int == journeys.steps)
    }

    /// This thread's processor time, so that a busy machine does not count.
    private static func processorSeconds(_ work: () throws -> Void) rethrows -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
        }
        let start = now()
        try work()
        return now() - start
    }

    /// The bound of 2 s for writing and reading holds in a debug build as well.
    @Test func fiveThousandEpisodesAreQuick() throws {
        let scratch = try Scratch()
        var journeys = Journeys(width: 64)
        var state: UInt64 = 1
        for _ in 0..<5000 {
            let observations = (0..<(16 * 64)).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Float(state >> 40) / Float(1 << 24)
            }
            try journeys.append(
                Journey(
                    observations: observations, actions: [Int32](repeating: 3, count: 15),
                    rewards: [Double](repeating: 0.25, count: 15),
                    infos: ["propensity": JourneyInfo(.step, .doubles([Double](repeating: 0.5, count: 15)))]))
        }
        let writing = try Self.processorSeconds { try JourneyFile.write(journeys, to: scratch.file("j.h5")) }
        var back: Journeys?
        let reading = try Self.processorSeconds { back = try JourneyFile.read(scratch.file("j.h5")) }
        #expect(back?.count == 5000)
        #expect(writing + reading < 2)
    }
}
