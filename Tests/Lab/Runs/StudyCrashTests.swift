import Foundation
import LabExperimentTestKit
import Testing

@testable import LabRuns

/// What a kill leaves of a study, and what the same command makes of it.
@Suite struct StudyCrashTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static func settings() -> StudyConfiguration {
        StudyConfiguration(
            seeds: [0, 1, 2], variants: ["step.drift=0", "step.drift=0.5"], set: ["steps=60", "pause=800"])
    }

    private static func study(in folder: URL) async throws -> SealedRun {
        let launcher = Launcher(workspace: Workspace(folder), code: CodeVersion(digest: "c0de"))
        return try await launcher.study(
            Walk.self, request: StudyRequest(settings(), workers: 2), registry: testRegistry)
    }

    @Test(arguments: [15_000, 45_000, 75_000])
    func aKilledStudyEndsInTheSameTable(microseconds: Int) async throws {
        let path = folder.url.path
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, microseconds = microseconds as Int] in
            Thread.detachNewThread {
                usleep(UInt32(microseconds))
                kill(getpid(), SIGKILL)
            }
            _ = try await StudyCrashTests.study(in: URL(filePath: path))
            while true { usleep(1000) }
        }
        let before = try Workspace(folder.url).entries(of: "test/walk").filter { $0.state == .sealed }.map(\.reference)
        let resumed = try await Self.study(in: folder.url)
        let whole = try TemporaryFolder()
        let undisturbed = try await Self.study(in: whole.url)
        #expect(resumed.reference == "study/test/walk/1")
        #expect(resumed.seal.resultDigest == undisturbed.seal.resultDigest)
        #expect(
            try Data(contentsOf: resumed.artifact("table.csv")) == Data(contentsOf: undisturbed.artifact("table.csv")))
        try resumed.verify()
        // What was sealed before the kill was not run again, and every cell has one folder.
        let cells = try Workspace(folder.url).entries(of: "test/walk")
        #expect(cells.count == 6 && cells.allSatisfy { $0.state == .sealed })
        #expect(before.allSatisfy { reference in cells.contains { $0.reference == reference } })
        let ids = Set(cells.compactMap { $0.record?.id })
        #expect(Set(resumed.record.parents.values.map(\.id)) == ids)
    }

    @Test func anInterruptedStudyIsGoneOnWithByName() async throws {
        let stop = StopAfter(step: 200)
        var launcher = Launcher(workspace: Workspace(folder.url), code: CodeVersion(digest: "c0de"))
        launcher.observer = stop
        launcher.interruption = stop.interruption
        let request = StudyRequest(Self.settings(), workers: 1)
        await #expect(throws: RunsError.interrupted(run: "study/test/walk/1")) {
            try await launcher.study(Walk.self, request: request, registry: testRegistry)
        }
        let left = Workspace(folder.url)
        #expect(RunState.of(try left.folder(of: "study/test/walk/1")) == .interrupted)
        let status = try #require(StudyStatus(try left.folder(of: "study/test/walk/1"), in: left))
        #expect(status.total == 6 && status.count(.sealed) == 3 && status.count(.interrupted) == 1)

        var other = Launcher(workspace: left, code: CodeVersion(digest: "0ther"))
        await #expect(throws: RunsError.otherCode(run: "study/test/walk/1", before: "c0de", now: "0ther")) {
            try await other.resume(left.folder(of: "study/test/walk/1"), registry: testRegistry)
        }
        other.code = CodeVersion(digest: "c0de")
        let sealed = try await other.resume(left.folder(of: "study/test/walk/1"), registry: testRegistry)
        #expect(sealed.reference == "study/test/walk/1" && sealed.record.parents.count == 6)
        // Asked for again by name it is what it is.
        let again = try await other.study(
            Walk.self, request: StudyRequest(StudyConfiguration(), resume: sealed.folder), registry: testRegistry)
        #expect(again == sealed)
        await #expect(throws: RunsError.self) {
            let walk = try left.folder(of: "test/walk/1")
            _ = try await other.study(
                Summit.self, request: StudyRequest(StudyConfiguration(), resume: walk.deletingLastPathComponent()),
                registry: testRegistry)
        }
    }
}
