import Foundation
import LabTestKit
import Testing

@testable import LabStorage

/// Minari 0.5.4 itself, reading what `exportMinari` wrote.
@Suite(.enabled(if: ClientPython.isInstalled, "make test installs the clients"))
struct MinariClientTests {
    private static let load = """
        import os, sys
        os.environ['MINARI_DATASETS_PATH'] = sys.argv[1]
        import minari, numpy as np
        d = minari.load_dataset('ads/test-v0')
        episodes = list(d.iterate_episodes())
        """

    private func export(_ scratch: Scratch) throws -> URL {
        try JourneyFile.exportMinari(
            ForeignJourneysTests.journeys(), to: scratch.url,
            MinariDescription(
                id: "ads/test-v0", actionCount: 3, algorithm: "uniform", summary: "a test", author: "lab"))
        return scratch.file("ads/test-v0/data/main_data.hdf5")
    }

    @Test func opensOurs() throws {
        let scratch = try Scratch()
        _ = try export(scratch)
        let result = try ClientPython.run(
            Self.load + """

                import gymnasium as gym
                assert d.total_episodes == 3 and d.total_steps == 6
                assert d.action_space == gym.spaces.Discrete(3)
                assert d.observation_space == gym.spaces.Box(-np.inf, np.inf, (2,), np.float32)
                e = episodes[0]
                assert e.id == 0 and e.actions.tolist() == [0, 1, 2] and e.rewards.tolist() == [.5, 1.5, 2.5]
                assert e.observations.shape == (4, 2) and e.observations.dtype == np.float32
                assert e.infos['propensity'].tolist() == [.25, .25, .25, 0]
                assert episodes[1].infos['segment'].tolist() == [1, 1, 1]
                assert [bool(x.terminations[-1]) for x in episodes] == [True, False, True]
                assert [bool(x.truncations[-1]) for x in episodes] == [False, True, False]
                assert d.sample_episodes(2)[0].rewards.ndim == 1
                m = d.storage.metadata
                for key in ('dataset_id', 'algorithm_name', 'author', 'description', 'minari_version', 'dataset_size',
                            'data_format', 'requirements', 'author_email'):
                    assert key in m, key
                print('opened')
                """, [scratch.url.path])
        #expect(result.status == 0 && result.output.hasSuffix("opened\n"), "\(result.output)")
    }

    @Test func refusesWhatIsSpoiled() throws {
        let scratch = try Scratch()
        let main = try export(scratch)
        let whole = try Data(contentsOf: main)
        try whole.prefix(whole.count / 2).write(to: main)
        #expect(try ClientPython.run(Self.load, [scratch.url.path]).status != 0)
        #expect(throws: StorageError.self) { try JourneyFile.readMinari(main) }

        let without = """
            import h5py, sys
            with h5py.File(sys.argv[1], 'a') as f: del f['episode_1/rewards']
            """
        try whole.write(to: main)
        #expect(try ClientPython.run(without, [main.path]).status == 0)
        let result = try ClientPython.run(Self.load, [scratch.url.path])
        #expect(result.status != 0 && result.output.contains("KeyError"), "\(result.output)")
        #expect {
            try JourneyFile.readMinari(main)
        } throws: { error in
            guard case StorageError.noSuchObject(_, "/episode_1/rewards", _) = error else { return false }
            return true
        }

        try whole.write(to: main)
        try FileManager.default.removeItem(at: main.deletingLastPathComponent().appendingPathComponent("metadata.json"))
        #expect(try ClientPython.run(Self.load, [scratch.url.path]).status != 0)
    }
}
