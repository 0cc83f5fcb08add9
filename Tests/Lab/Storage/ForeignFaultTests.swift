import Foundation
import Testing

@testable import LabStorage

/// Files of other forms that cannot be read as journeys: the error names the file and what in it is wrong.
@Suite struct ForeignFaultTests {
    /// A file with D4RL's keys of three steps, spoiled by `change`.
    private func d4rl(_ scratch: Scratch, _ change: (inout [String: HDF5Values]) -> Void) throws -> URL {
        var columns: [String: HDF5Values] = [
            "observations": .floats([0, 1, 2]), "actions": .int64s([0, 1, 0]), "rewards": .floats([1, 2, 3]),
            "terminals": .flags([false, false, true]),
        ]
        change(&columns)
        let url = scratch.file("a.h5")
        let file = try HDF5File.create(url, sealed: false)
        for (name, values) in columns {
            try file.write("/" + name, any: values, shape: name == "observations" ? [values.count, 1] : nil)
        }
        try file.close()
        return url
    }

    private func error(_ body: () throws -> Void) -> StorageError? {
        do {
            try body()
            return nil
        } catch { return error as? StorageError }
    }

    @Test func flatKeys() throws {
        let scratch = try Scratch()
        let path = scratch.file("a.h5").path
        func reading(_ change: (inout [String: HDF5Values]) -> Void) throws -> StorageError? {
            let url = try d4rl(scratch, change)
            return error { _ = try JourneyFile.readD4RL(url) }
        }
        #expect(try reading { _ in } == nil)
        #expect(
            try reading { $0["actions"] = .floats([0, 1, 0.5]) }
                == .wrongType(
                    file: path, name: "/actions", wanted: "whole numbers: only discrete actions can be read",
                    found: "float32"))
        #expect(
            try reading { $0["terminals"] = nil } == .noSuchObject(file: path, name: "/terminals", nearest: nil))
        #expect(
            try reading { $0["rewards"] = .floats([1]) }
                == .wrongShape(file: path, name: "/rewards", wanted: "3 values", found: "1"))
        #expect(
            try reading { $0["next_observations"] = .floats([1, 2, 3]) }
                == .wrongShape(
                    file: path, name: "/next_observations", wanted: "[rows, 1], as in the episodes before", found: "[3]"
                ))
        #expect(
            try reading { $0["observations"] = .texts(["a", "b", "c"]) }
                == .wrongType(file: path, name: "/observations", wanted: "float32", found: "string"))
        #expect(try reading { $0["timeouts"] = .flags([true]) } != nil)
        #expect(throws: StorageError.self) { try JourneyFormat(of: d4rl(scratch) { $0["actions"] = nil }) }
    }

    private func d3rlpy(_ scratch: Scratch, _ change: (HDF5File) throws -> Void) throws -> StorageError? {
        let url = scratch.file("b.h5")
        let file = try HDF5File.create(url, sealed: false)
        try file.write("/version", ["2.1"], shape: [])
        try file.write("/observations_0", [0, 1, 2, 3] as [Float], shape: [2, 2])
        try file.write("/actions_0", [0, 1] as [Int64], shape: [2, 1])
        try file.write("/rewards_0", [0, 1] as [Float], shape: [2, 1])
        try file.write("/terminated_0", [true], shape: [])
        try change(file)
        try file.close()
        return error { _ = try JourneyFile.readD3rlpy(url) }
    }

    @Test func numberedEpisodes() throws {
        let scratch = try Scratch()
        let path = scratch.file("b.h5").path
        func count(_ file: HDF5File, _ episodes: Int64) throws {
            try file.write("/num_episodes", [episodes], shape: [])
        }
        #expect(try d3rlpy(scratch) { try count($0, 1) } == nil)
        #expect(try d3rlpy(scratch) { try count($0, 0) } == .damaged(path: path, reason: "it holds no episode"))
        #expect(
            try d3rlpy(scratch) { try count($0, 2) }
                == .noSuchObject(file: path, name: "/observations_1", nearest: "observations_0"))
        let widths = try d3rlpy(scratch) { file in
            try count(file, 2)
            try file.write("/observations_1", [0, 1, 2] as [Float], shape: [1, 3])
        }
        #expect(
            widths
                == .wrongShape(
                    file: path, name: "/observations_1", wanted: "[rows, 2], as in the episodes before", found: "[1, 3]"
                ))
        let pictures = try d3rlpy(scratch) { file in
            try count(file, 2)
            try file.write("/observations_1", [0, 1, 2, 3] as [Float], shape: [1, 2, 2])
        }
        #expect(pictures != nil)
        let several = try d3rlpy(scratch) { file in
            try count(file, 2)
            try file.write("/observations_1_0", [0] as [Float], shape: [1, 1])
        }
        #expect(
            several
                == .wrongShape(
                    file: path, name: "/observations_1", wanted: "one vector a step",
                    found: "several observations a step"))
        let actions = try d3rlpy(scratch) { file in
            try count(file, 2)
            try file.write("/observations_1", [0, 1] as [Float], shape: [1, 2])
            try file.write("/actions_1", [0, 1] as [Int64], shape: [1, 2])
        }
        #expect(
            actions == .wrongShape(file: path, name: "/actions_1", wanted: "one value a step", found: "[1, 2]"))
    }

    @Test func episodesOutOfOrder() throws {
        let scratch = try Scratch()
        try JourneyFile.exportMinari(
            ForeignJourneysTests.journeys(), to: scratch.url,
            MinariDescription(id: "x-v0", actionCount: 3, algorithm: "a", summary: "s", author: "l"))
        let main = scratch.file("x-v0/data/main_data.hdf5")
        let metadata = scratch.file("x-v0/data/metadata.json")
        let file = try HDF5File.update(main)
        try file.setAttribute("id", 2, on: "/episode_1")
        try file.close()
        #expect(
            error { _ = try JourneyFile.readMinari(main) }
                == .damaged(
                    path: main.path,
                    reason: "/episode_1 says that it is episode 2: its episodes are out of order"))
        let back = try HDF5File.update(main)
        try back.setAttribute("id", 1, on: "/episode_1")
        try back.close()
        let text = try String(contentsOf: metadata, encoding: .utf8).replacingOccurrences(of: "Discrete", with: "Box")
        try Data(text.utf8).write(to: metadata)
        #expect(
            error { _ = try JourneyFile.readMinari(main) }
                == .damaged(
                    path: metadata.path, reason: "its actions are Box; only discrete actions from 0 on can be read"))
    }
}
