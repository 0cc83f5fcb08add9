import Foundation
import LabExperimentTestKit
import LabNumerics
import Testing

@testable import LabRuns

/// Processes that are killed at seeded moments of a training, and again while it is resumed.
@Suite struct KillTests {
    let folder: TemporaryFolder
    let launcher: Launcher
    static let registry = Registry(experiments: [Trek.self])
    static let configuration = Trek.Configuration(steps: 300, every: 15, pause: 300)

    init() throws {
        folder = try TemporaryFolder()
        launcher = Launcher(workspace: Workspace(folder.url), home: folder.url.appending(path: "home"))
    }

    /// Begins or resumes run `number` in a process that dies after so many microseconds.
    private func kill(_ number: Int, after microseconds: Int) async {
        let path = folder.url.path
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, number = number as Int, microseconds = microseconds as Int] in
            Thread.detachNewThread {
                usleep(UInt32(microseconds))
                Foundation.kill(getpid(), SIGKILL)
            }
            let root = URL(filePath: path)
            let launcher = Launcher(workspace: Workspace(root), home: root.appending(path: "home"))
            let run = root.appending(path: "runs/test.trek/\(number)")
            if FileManager.default.fileExists(atPath: run.path) {
                _ = try? await launcher.resume(run, registry: KillTests.registry)
            } else {
                _ = try await launcher.train(Trek.self, configuration: KillTests.configuration, seed: 2)
            }
            while true { usleep(1_000) }
        }
    }

    @Test func everyKilledRunComesToTheSameResult() async throws {
        let calm = Launcher(
            workspace: Workspace(folder.url.appending(path: "calm")), home: folder.url.appending(path: "calm"))
        let expected = try await calm.train(Trek.self, configuration: Self.configuration, seed: 2).seal.resultDigest
        var moments = RandomStream(seed: 11, name: "kills")
        for (place, kills) in [3, 1, 4, 2].enumerated() {
            try? FileManager.default.removeItem(at: launcher.home)
            let run = launcher.workspace.runs.appending(path: "test.trek/\(place + 1)")
            for _ in 0..<kills {
                await kill(place + 1, after: moments.nextInt(below: 150_000))
                let exists = FileManager.default.fileExists(atPath: run.path)
                #expect(!exists || [.interrupted, .sealed].contains(RunState.of(run)))
                // What appears under a number says what it is.
                #expect(!exists || RunEntry(folder: run)?.record?.seed == 2)
                let steps = try MetricsFile.read(run.appending(path: RunFiles.metrics)).map(\.step)
                #expect(steps == Array(0..<steps.count))
            }
            let sealed: SealedRun
            if !FileManager.default.fileExists(atPath: run.path) {
                sealed = try await launcher.train(Trek.self, configuration: Self.configuration, seed: 2)
            } else if RunState.of(run) == .sealed {
                sealed = try SealedRun(folder: run)
            } else {
                sealed = try await launcher.resume(run, registry: Self.registry)
            }
            try sealed.verify()
            #expect(sealed.seal.resultDigest == expected)
            let drawn = try Data(contentsOf: launcher.home.appending(path: Trek.drawnFile)).count
            // A kill between drawing and keeping the value loses it unseen; two copies are never out.
            #expect((1...kills + 1).contains(drawn))
        }
        #expect(try launcher.workspace.entries().count == 4)
    }

    @Test func draftsThatNobodyHoldsAreCleared() async throws {
        let parent = launcher.workspace.runs.appending(path: "test.trek")
        let left = parent.appending(path: Workspace.draftPrefix + "01")
        try FileManager.default.createDirectory(at: left, withIntermediateDirectories: true)
        let log = left.appending(path: RunFiles.log)
        try Data().write(to: log)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: log.path)
        let run = try await launcher.train(Trek.self, configuration: .init(steps: 3, every: 0))
        #expect(run.number == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path) == ["1"])
    }

    @Test func eightWritersAndAReaderLoseNothing() async throws {
        let path = folder.url.path
        let reader = Task { [workspace = launcher.workspace] in
            var looks = 0
            while !Task.isCancelled {
                for entry in try workspace.entries() {
                    #expect(entry.state == .running || entry.state == .sealed)
                    let steps = try MetricsFile.read(entry.folder.appending(path: RunFiles.metrics)).map(\.step)
                    #expect(steps == Array(0..<steps.count))
                }
                looks += 1
                try? await Task.sleep(for: .milliseconds(5))
            }
            return looks
        }
        await withTaskGroup(of: Void.self) { group in
            for seed in 1...8 {
                group.addTask {
                    await #expect(processExitsWith: .success) { [path = path as String, seed = seed as Int] in
                        let root = URL(filePath: path)
                        let launcher = Launcher(
                            workspace: Workspace(root), home: root.appending(path: "home-\(seed)"))
                        _ = try await launcher.train(
                            Trek.self, configuration: .init(steps: 500, every: 50, pause: 50), seed: UInt64(seed))
                    }
                }
            }
        }
        reader.cancel()
        #expect(try await reader.value > 0)
        let entries = try launcher.workspace.entries()
        #expect(entries.map(\.number) == Array(1...8))
        #expect(Set(entries.compactMap { $0.record?.seed }) == Set(1...8))
        #expect(Set(entries.compactMap { $0.record?.id }).count == 8)
        for entry in entries {
            let run = try SealedRun(folder: entry.folder)
            try run.verify()
            #expect(try run.metrics().map(\.step) == Array(0...500))
        }
    }
}
