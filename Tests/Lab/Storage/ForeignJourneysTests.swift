import Foundation
import LabTestKit
import Testing

@testable import LabStorage

@Suite struct ForeignJourneysTests {
    static let d3rlpy = Fixture.file("Journeys/d3rlpy.h5")
    static let minari = Fixture.file("Journeys/minari/ads/bid-v0")

    /// Three episodes: ended, cut, ended.
    static func journeys() throws -> Journeys {
        var journeys = Journeys(width: 2)
        journeys.attributes["discount"] = 0.9
        for (episode, steps) in [3, 2, 1].enumerated() {
            try journeys.append(
                Journey(
                    observations: (0..<(steps + 1) * 2).map { Float(episode * 10 + $0) },
                    actions: (0..<steps).map { Int32($0 % 3) }, rewards: (0..<steps).map { Double($0) + 0.5 },
                    terminated: episode != 1, truncated: episode == 1,
                    infos: [
                        "propensity": JourneyInfo(.step, .doubles([Double](repeating: 0.25, count: steps))),
                        "segment": JourneyInfo(.episode, .int32s([Int32(episode)])),
                    ]))
        }
        return journeys
    }

    @Test func whatD3rlpyWrote() throws {
        let journeys = try JourneyFile.readD3rlpy(Self.d3rlpy)
        #expect(try JourneyFormat(of: Self.d3rlpy) == .d3rlpy)
        #expect(journeys.width == 4 && journeys.count == 2 && journeys.steps == 10)
        #expect(journeys.rewards == [Double](repeating: 1, count: 10))
        #expect(Set(journeys.actions).isSubset(of: [0, 1, 2]))
        #expect(journeys.terminations.indices.filter { journeys.terminations[$0] } == [4, 9])
        #expect(Array(journeys.observation(row: 5)) == [0, 0, 0, 0])
        // The first number of NumPy's default_rng(0).normal().
        #expect(journeys.observations[0] == Float(0.12573022))
    }

    @Test func whatMinariWrote() throws {
        let journeys = try JourneyFormat(of: Self.minari).read(Self.minari)
        #expect(journeys.width == 4 && journeys.offsets == [0, 5, 10])
        #expect(journeys.attributes["action_count"] == 3)
        #expect(journeys.infos["propensity"]?.scope == .observation)
        #expect(journeys.infos["propensity"]?.values == .doubles([Double](repeating: 1.0 / 3, count: 12)))
        #expect(journeys.terminations.count { $0 } == 2)
        let cut = try JourneyFormat(of: Fixture.file("Journeys/minari/ads/min-v0/data/main_data.hdf5"))
            .read(Fixture.file("Journeys/minari/ads/min-v0"))
        #expect(cut.truncations.count { $0 } == 2 && cut.rewards.reduce(0, +) == 10)
    }

    @Test func d3rlpyAndBack() throws {
        let scratch = try Scratch()
        let url = scratch.file("a.h5")
        let journeys = try Self.journeys()
        try JourneyFile.exportD3rlpy(journeys, to: url)
        #expect(try JourneyFormat(of: url) == .d3rlpy)
        let back = try JourneyFile.readD3rlpy(url)
        #expect(back.offsets == journeys.offsets && back.actions == journeys.actions)
        #expect(back.rewards == journeys.rewards && back.attributes == journeys.attributes)
        #expect(back.terminations == journeys.terminations && back.truncations == journeys.truncations)
        // The observation after an episode's own end has no place in the form.
        #expect(back.journey(0).observations == [0, 1, 2, 3, 4, 5, 0, 0])
        #expect(back.journey(1).observations == journeys.journey(1).observations)
    }

    @Test func d4rlAndBack() throws {
        let scratch = try Scratch()
        let url = scratch.file("a.h5")
        let journeys = try Self.journeys()
        try JourneyFile.exportD4RL(journeys, to: url)
        #expect(try JourneyFormat(of: url) == .d4rl)
        let back = try JourneyFile.readD4RL(url)
        #expect(back.offsets == journeys.offsets && back.actions == journeys.actions)
        #expect(back.observations == journeys.observations && back.rewards == journeys.rewards)
        #expect(back.terminations == journeys.terminations && back.truncations == journeys.truncations)
        #expect(back.infos["segment"]?.values == .int32s([0, 0, 0, 1, 1, 2]))
        #expect(back.infos["propensity"] == journeys.infos["propensity"])
    }

    /// Rows of D4RL itself: an episode that ended, one cut by a timeout, and a rest; no next observations.
    @Test func d4rlAsItsDatasetsAre() throws {
        let scratch = try Scratch()
        let url = scratch.file("a.h5")
        let file = try HDF5File.create(url, sealed: false)
        try file.write("/observations", (0..<7).map { Float($0) }, shape: [7, 1])
        try file.write("/actions", [0, 1, 0, 1, 1, 0, 1] as [Int32])
        try file.write("/rewards", [1, 2, 3, 4, 5, 6, 7] as [Float])
        try file.write("/terminals", [false, true, false, false, false, false, false])
        try file.write("/timeouts", [0, 0, 0, 0, 1, 0, 0] as [UInt8])
        try file.close()
        let journeys = try JourneyFile.readD4RL(url)
        #expect(journeys.offsets == [0, 2, 4, 5])
        #expect(journeys.rewards == [1, 2, 3, 4, 6])
        #expect(journeys.observations == [0, 1, 0, 2, 3, 4, 5, 6])
        #expect(journeys.terminations == [false, true, false, false, false])
        #expect(journeys.truncations == [false, false, false, true, true])
    }

    @Test(.enabled(if: ClientPython.isInstalled, "make test installs the clients"))
    func theirStructureIsThatOfTheOriginal() throws {
        let scratch = try Scratch()
        try JourneyFile.exportD3rlpy(Self.journeys(), to: scratch.file("a.h5"))
        let result = try ClientPython.run(
            """
            import h5py, sys
            ours, theirs = h5py.File(sys.argv[1]), h5py.File(sys.argv[2])
            assert [c.decode() for c in ours['columns'][()]] == [c.decode() for c in theirs['columns'][()]]
            assert ours['version'][()] == theirs['version'][()] and ours['num_episodes'][()] == 3
            for key in ('observations', 'actions', 'rewards', 'terminated'):
                a, b = ours[key + '_0'], theirs[key + '_0']
                assert a.dtype == b.dtype and a.ndim == b.ndim and a.shape[1:] in (b.shape[1:], (2,)), key
            assert len(ours) == 3 + 4 * 3
            assert ours['actions_1'][:].tolist() == [[0], [1], [1]] and ours['rewards_1'][-1] == 0
            assert ours['observations_1'].shape == (3, 2) and not ours['terminated_1'][()]
            print('same')
            """, [scratch.file("a.h5").path, Self.d3rlpy.path])
        #expect(result.status == 0 && result.output == "same\n", "\(result.output)")
    }
}
