import Foundation
import LabExperimentTestKit
import LabRuns
import LabTestKit
import Testing

@testable import LabCommand

/// `labctl resume` and `labctl train --resume` on a run whose process was killed.
@Suite struct ResumeCommandTests {
    let folder: TemporaryFolder
    static let registry = Registry(experiments: [Trek.self])

    init() throws { folder = try TemporaryFolder() }

    private func labctl(_ words: String...) async -> (status: Int32, console: RecordingConsole) {
        let console = RecordingConsole()
        let status = await LabCommand.execute(
            words + ["--workspace", folder.url.path], registry: Self.registry, console: console.console)
        return (status, console)
    }

    /// Kills a trek once it has two checkpoints.
    private func killed(_ number: Int) async throws {
        let path = folder.url.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, number = number as Int] in
            Thread.detachNewThread {
                let second = path + "/runs/test.trek/\(number)/.checkpoints/40"
                while !FileManager.default.fileExists(atPath: second) { usleep(2_000) }
                kill(getpid(), SIGKILL)
            }
            _ = await LabCommand.execute(
                [
                    "train", "test/trek", "--set", "steps=600", "--set", "every=20", "--set", "pause=1000",
                    "--workspace", path, "--flush", "each",
                ], registry: ResumeCommandTests.registry, console: RecordingConsole().console)
        }
    }

    @Test func aKilledRunIsResumedOnce() async throws {
        try await killed(1)
        let workspace = Workspace(folder.url)
        #expect(RunState.of(try workspace.folder(of: "test/trek/1")) == .interrupted)
        let first = await labctl("resume", "test/trek/1", "--json")
        #expect(first.status == 0, "\(first.console.errors)")
        let run = try workspace.run("test/trek/1")
        #expect(first.console.output.contains(run.id))
        #expect(try run.metrics().map(\.step) == Array(0...600))
        let again = await labctl("resume", "test/trek/1")
        #expect(again.status == 64)
        #expect(again.console.errors.contains("error: run test/trek/1 is sealed already"))
        #expect(again.console.errors.contains("hint: see it with 'labctl runs show test/trek/1'"))

        try await killed(2)
        #expect(await labctl("train", "--resume", "test/trek/2").status == 0)
        #expect(try workspace.run("test/trek/2").seal.resultDigest == run.seal.resultDigest)
        // One command, one correlation id; another command has another.
        let log = try String(
            contentsOf: workspace.folder(of: "test/trek/2").appending(path: RunFiles.log), encoding: .utf8)
        let ids = Set(log.split(separator: "\n").compactMap { $0.firstMatch(of: /"correlation":"([^"]+)"/)?.1 })
        #expect(ids.count == 2)
        #expect(log.split(separator: "\n").allSatisfy { $0.contains("\"run\":\"") })
    }

    @Test func whatARunKeepsCannotBeSetAgain() async {
        #expect(await labctl("train", "--resume", "test/trek/1", "--seed", "3").status == 64)
        #expect(await labctl("train", "--resume", "test/trek/1", "test/trek").status == 64)
        #expect(await labctl("train").status == 64)
        let unknown = await labctl("resume", "test/trek/7")
        #expect(unknown.status == 66 && unknown.console.errors.contains("hint:"))
    }
}
