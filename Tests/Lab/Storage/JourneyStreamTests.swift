import Foundation
import LabTestKit
import Testing

@testable import LabStorage

@Suite struct JourneyStreamTests {
    /// Episodes of 0 to 6 steps whose numbers can be told apart.
    static func journeys(_ episodes: Range<Int>, width: Int = 5) throws -> Journeys {
        var journeys = Journeys(width: width)
        journeys.attributes["environment"] = "test"
        for episode in episodes {
            let steps = episode % 7
            try journeys.append(
                Journey(
                    observations: (0..<(steps + 1) * width).map { Float(episode) + Float($0) / 64 },
                    actions: (0..<steps).map { Int32(($0 + episode) % 3) },
                    rewards: (0..<steps).map { Double(episode * 10 + $0) / 7 }, terminated: episode % 2 == 0,
                    truncated: episode % 2 == 1,
                    infos: [
                        "propensity": JourneyInfo(.step, .doubles((0..<steps).map { 1 / Double($0 + 2) })),
                        "permitted": JourneyInfo(
                            .observation, width: 2, .flags((0..<(steps + 1) * 2).map { ($0 + episode) % 3 == 0 })),
                        "customer": JourneyInfo(.episode, .int32s([Int32(episode)])),
                    ]))
        }
        return journeys
    }

    @Test func piecesOfAnySizeGiveTheSameBytes() throws {
        let scratch = try Scratch()
        for (name, sizes) in [("a.h5", [4000]), ("b.h5", [1, 1999, 1500, 500])] {
            let writer = try JourneyFileWriter(
                scratch.file(name), width: 5, attributes: ["environment": "test"])
            var start = 0
            for size in sizes {
                try writer.append(Self.journeys(start..<start + size))
                start += size
            }
            #expect(writer.episodeCount == 4000)
            #expect(!scratch.contents.contains(name))
            try writer.close()
        }
        #expect(scratch.contents == ["a.h5", "b.h5"])
        #expect(try Data(contentsOf: scratch.file("a.h5")) == Data(contentsOf: scratch.file("b.h5")))
        let all = try Self.journeys(0..<4000)
        #expect(try JourneyFile.read(scratch.file("a.h5")) == all)

        let reader = try JourneyFileReader(scratch.file("a.h5"))
        #expect(reader.episodeCount == 4000 && reader.stepCount == all.steps && reader.offsets == all.offsets)
        for range in [0..<3, 999..<2001, 3999..<4000] {
            #expect(try reader.read(episodes: range) == Self.journeys(range), "\(range)")
        }
        #expect(throws: StorageError.self) { try reader.read(episodes: 3990..<4001) }
    }

    @Test func nothingIsThereBeforeTheEnd() throws {
        let scratch = try Scratch()
        let writer = try JourneyFileWriter(scratch.file("a.h5"), width: 5)
        try writer.append(Self.journeys(0..<10))
        #expect(scratch.contents.count == 1 && scratch.contents[0].hasSuffix(".partial"))
        #expect(throws: StorageError.self) { try writer.append(Self.journeys(0..<1, width: 4)) }
        #expect(scratch.contents.isEmpty)
        #expect(throws: StorageError.closed(path: scratch.file("a.h5").path)) {
            try writer.append(Self.journeys(0..<9))
        }

        let other = try JourneyFileWriter(scratch.file("b.h5"), width: 5)
        try other.append(Self.journeys(0..<10))
        var without = try Self.journeys(0..<1)
        var journey = without.journey(0)
        journey.infos["propensity"] = nil
        without = Journeys(width: 5)
        try without.append(journey)
        #expect(throws: StorageError.self) { try other.append(without) }
        _ = try JourneyFileWriter(scratch.file("c.h5"), width: 5)
        #expect(scratch.contents.isEmpty)
        #expect(throws: StorageError.notFound(path: scratch.file("no/a.h5").path)) {
            try JourneyFileWriter(scratch.file("no/a.h5"), width: 5)
        }
    }

    @Test func anAlteredFileIsRefused() throws {
        let scratch = try Scratch()
        let writer = try JourneyFileWriter(scratch.file("a.h5"), width: 5)
        try writer.append(Self.journeys(0..<100))
        try writer.close()
        var bytes = try Data(contentsOf: scratch.file("a.h5"))
        bytes[bytes.count / 2] ^= 4
        try bytes.write(to: scratch.file("b.h5"))
        #expect(throws: StorageError.self) { try JourneyFileReader(scratch.file("b.h5")) }
        try bytes.prefix(bytes.count - 100).write(to: scratch.file("b.h5"))
        #expect(throws: StorageError.self) { try JourneyFileReader(scratch.file("b.h5")) }
    }

    /// A file that grew on the disk is like any other: it can be changed in memory afterwards.
    @Test func aStreamedFileCanBeUpdated() throws {
        let scratch = try Scratch()
        let writer = try JourneyFileWriter(scratch.file("a.h5"), width: 5)
        try writer.append(Self.journeys(0..<50))
        try writer.close()
        let file = try HDF5File.update(scratch.file("a.h5"))
        try file.setAttribute("note", "seen")
        try file.close()
        #expect(try JourneyFileReader(scratch.file("a.h5")).attributes["note"] == "seen")
    }

    @Test(.enabled(if: ClientPython.isInstalled, "make test installs the clients"))
    func h5pyReadsAStreamedFile() throws {
        let scratch = try Scratch()
        let writer = try JourneyFileWriter(scratch.file("a.h5"), width: 5)
        for start in stride(from: 0, to: 3000, by: 250) { try writer.append(Self.journeys(start..<start + 250)) }
        try writer.close()
        let result = try ClientPython.run(
            """
            import h5py, sys
            f = h5py.File(sys.argv[1])
            n = sum(e % 7 for e in range(3000))
            assert f.attrs['total_episodes'] == 3000 and f.attrs['total_steps'] == n
            assert f['offsets'].shape == (3001,) and f['offsets'][-1] == n
            assert f['observations'].shape == (n + 3000, 5) and f['observations'][-1, 0] == 2999 + (2999 % 7) * 5 / 64
            assert f['infos/permitted'].attrs['scope'] == 'observation' and f['infos/customer'][2999] == 2999
            assert abs(f['rewards'][:].sum() - sum((e * 10 + s) / 7 for e in range(3000) for s in range(e % 7))) < 1e-3
            print('read')
            """, [scratch.file("a.h5").path])
        #expect(result.status == 0 && result.output == "read\n", "\(result.output)")
    }
}
