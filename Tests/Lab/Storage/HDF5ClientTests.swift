import Foundation
import LabTestKit
import Testing

@testable import LabStorage

/// h5py, the reader that most people have, against ours: each reads what the other wrote.
@Suite(.enabled(if: ClientPython.isInstalled, "make test installs the clients"))
struct HDF5ClientTests {
    @Test func h5pyReadsOurs() throws {
        let scratch = try Scratch()
        let url = scratch.file("a.h5")
        let file = try HDF5File.create(url)
        try file.write(
            "/g/floats", (0..<6).map { Float($0) / 4 }, shape: [2, 3], compression: .deflate(level: 4))
        try file.write("/g/flags", [true, false])
        try file.write("/g/texts", ["größer", "😀"])
        try file.write("/g/integers", [Int64.min, 5])
        try file.makeExtensible("/g/log", of: Double.self)
        try file.append("/g/log", [0.5, 0.25])
        try file.setAttribute("unit", "größer", on: "/g/floats")
        try file.setAttribute("count", 3)
        try file.setAttribute("ready", true)
        try file.close()
        let result = try ClientPython.run(
            """
            import h5py, sys
            f = h5py.File(sys.argv[1])
            a = f['g/floats']
            assert a.dtype == 'float32' and a.shape == (2, 3) and a.compression == 'gzip' and a.shuffle
            assert a[1].tolist() == [.75, 1, 1.25] and a.attrs['unit'] == 'größer'
            assert f['g/flags'].dtype == bool and f['g/flags'][:].tolist() == [True, False]
            assert [s.decode() for s in f['g/texts'][:]] == ['größer', '😀']
            assert f['g/integers'][:].tolist() == [-2**63, 5]
            assert f['g/log'].maxshape == (None,) and f['g/log'][:].tolist() == [.5, .25]
            assert f.attrs['count'] == 3 and bool(f.attrs['ready']) is True
            print('read')
            """, [url.path])
        #expect(result.status == 0 && result.output == "read\n", "\(result.output)")
    }

    @Test func weReadWhatH5pyWrote() throws {
        let scratch = try Scratch()
        let url = scratch.file("a.h5")
        let result = try ClientPython.run(
            """
            import h5py, numpy as np, sys
            with h5py.File(sys.argv[1], 'w') as f:
                f['g/floats'] = np.arange(6, dtype='f4').reshape(2, 3)
                f['g/doubles'] = np.array([1/3])
                f['g/big'] = np.array([1.5, -2], dtype='>f4')
                f['g/short'] = np.array([-3, 4], dtype='i2')
                f['g/flags'] = np.array([True, False])
                f['g/texts'] = ['größer', '', '😀']
                f['g/fixed'] = np.array([b'ab', b'c'])
                f['g/scalar'] = 7
                f.create_dataset('g/packed', data=np.arange(1000), compression='gzip', shuffle=True, fletcher32=True)
                f['g'].attrs['text'] = 'größer'
                f['g'].attrs['list'] = [1, 2]
                f['g'].attrs['real'] = 0.5
            """, [url.path])
        #expect(result.status == 0, "\(result.output)")
        let file = try HDF5File.open(url)
        #expect(try file.shape(of: "/g/floats") == [2, 3])
        #expect(try file.read("/g/floats", as: Float.self) == [0, 1, 2, 3, 4, 5])
        #expect(try file.read("/g/doubles", as: Double.self) == [1.0 / 3])
        #expect(try file.read("/g/big", as: Float.self) == [1.5, -2])
        #expect(try file.read("/g/short", as: Int64.self) == [-3, 4])
        #expect(try file.read("/g/flags", as: Bool.self) == [true, false])
        #expect(try file.read("/g/texts", as: String.self) == ["größer", "", "😀"])
        #expect(try file.read("/g/texts", as: String.self, rows: 2..<3) == ["😀"])
        #expect(try file.read("/g/fixed", as: String.self) == ["ab", "c"])
        #expect(try file.read("/g/scalar", as: Int64.self) == [7])
        #expect(try file.read("/g/packed", as: Int64.self) == (0..<1000).map { Int64($0) })
        #expect(try file.attribute("text", on: "/g") == .string("größer"))
        #expect(try file.attribute("list", on: "/g") == .integers([1, 2]))
        #expect(try file.attribute("real", on: "/g") == .double(0.5))
        file.discard()

        let bytes = try Data(contentsOf: url)
        try bytes.prefix(bytes.count / 2).write(to: url)
        #expect {
            try HDF5File.open(url)
        } throws: { error in
            if case StorageError.damaged = error { true } else { false }
        }
    }

    @Test func h5pyReadsAMinariExport() throws {
        let scratch = try Scratch()
        var journeys = Journeys(width: 4)
        for episode in 0..<11 {
            try journeys.append(
                Journey(
                    observations: (0..<24).map { Float($0 + episode) }, actions: [0, 1, 2, 1, 1],
                    rewards: [0, 0, 0.5, 0, 1],
                    infos: ["propensity": JourneyInfo(.step, .doubles([0.5, 0.25, 0.25, 1, 1]))]))
        }
        try JourneyFile.exportMinari(
            journeys, to: scratch.url,
            MinariDescription(id: "ads/x-v0", actionCount: 3, algorithm: "test", summary: "a test", author: "lab"))
        let result = try ClientPython.run(
            """
            import h5py, json, sys
            f = h5py.File(sys.argv[1] + '/main_data.hdf5')
            assert len(f) == 11 and f.attrs['total_episodes'] == 11 and f.attrs['total_steps'] == 55
            e = f['episode_10']
            assert e.attrs['id'] == 10 and e.attrs['total_steps'] == 5
            assert e['observations'].shape == (6, 4) and e['observations'].dtype == 'float32'
            assert e['observations'][0, 0] == 10 and e['actions'].dtype == 'int64'
            assert e['actions'][:].tolist() == [0, 1, 2, 1, 1] and e['rewards'][:].tolist() == [0, 0, .5, 0, 1]
            assert e['terminations'][:].tolist() == [False] * 4 + [True] and e['truncations'][:].sum() == 0
            assert e['infos/propensity'][:].tolist() == [.5, .25, .25, 1, 1, 0]
            m = json.load(open(sys.argv[1] + '/metadata.json'))
            assert json.loads(m['observation_space'])['shape'] == [4] and json.loads(m['action_space'])['n'] == 3
            print('read')
            """, [scratch.file("ads/x-v0/data").path])
        #expect(result.status == 0 && result.output == "read\n", "\(result.output)")
    }
}
