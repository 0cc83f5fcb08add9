import Foundation
import LabExperimentTestKit
import Testing

@testable import LabRuns

/// What is left when a process dies at any moment, and when several work at once.
@Suite struct CrashTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [2_000, 15_000, 60_000, 140_000])
    func aKillLeavesNoCorruptStore(microseconds: Int) async throws {
        let path = folder.url.path
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, microseconds = microseconds as Int] in
            let launcher = Launcher(workspace: Workspace(URL(filePath: path)))
            _ = try await launcher.train(Walk.self, configuration: .init(steps: 20))
            Thread.detachNewThread {
                usleep(UInt32(microseconds))
                kill(getpid(), SIGKILL)
            }
            _ = try await launcher.train(Walk.self, configuration: .init(steps: 100_000, pause: 20))
            while true { usleep(1000) }
        }
        let workspace = Workspace(folder.url)
        let entries = try workspace.entries()
        #expect(entries.first?.state == .sealed)
        try workspace.run("test/walk/1").verify()
        for entry in entries.dropFirst() {
            let state = RunState.of(entry.folder)
            let isYoung = state == .running && entry.record == nil
            #expect(state == .interrupted || isYoung, "\(state)")
            // What was flushed reads back, in order and without a gap.
            let metrics = try MetricsFile.read(entry.folder.appending(path: RunFiles.metrics))
            #expect(metrics.map(\.step) == Array(0..<metrics.count))
        }
        // The store goes on: the next run has the next number.
        let next = try await Launcher(workspace: workspace).train(Walk.self, configuration: .init(steps: 3))
        #expect(next.number == entries.count + 1)
    }

    @Test func measurementsReachTheDiskWithin200Milliseconds() async throws {
        let path = folder.url.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            struct Waits: Experiment {
                static let name = "test/waits"
                static let summary = "Measures once and waits."
                static let smoke = NoSettings()
                func train(_ configuration: NoSettings, _ run: Run) async throws -> Evaluation {
                    run.log("loss", 0.25, step: 1)
                    usleep(200_000)
                    kill(getpid(), SIGKILL)
                    return Evaluation()
                }
            }
            _ = try await Launcher(workspace: Workspace(URL(filePath: path))).train(Waits.self)
        }
        let file = folder.url.appending(path: "runs/test.waits/1/metrics.jsonl")
        #expect(try MetricsFile.read(file).map(\.value) == [0.25])
    }

    @Test func twoProcessesGetTwoNumbers() async throws {
        let path = folder.url.path
        async let first: Void = trainThrice(path)
        async let second: Void = trainThrice(path)
        _ = await (first, second)
        let entries = try Workspace(folder.url).entries()
        #expect(entries.map(\.number) == [1, 2, 3, 4, 5, 6])
        #expect(Set(entries.compactMap { $0.record?.id }).count == 6)
        for entry in entries { try SealedRun(folder: entry.folder).verify() }
    }

    private func trainThrice(_ path: String) async {
        await #expect(processExitsWith: .success) { [path = path as String] in
            let launcher = Launcher(workspace: Workspace(URL(filePath: path)))
            for seed in 1...3 as ClosedRange<UInt64> {
                _ = try await launcher.train(Walk.self, configuration: .init(steps: 50), seed: seed)
            }
        }
    }

    @Test func aTornLastLineIsIgnoredAndAnyOtherIsDamage() throws {
        let file = folder.url.appending(path: "metrics.jsonl")
        var lines = LineBuffer()
        for step in 0..<3 {
            MetricLine.append(name: "a\"\n", value: .nan, step: step, milliseconds: 1000, to: &lines)
        }
        var bytes = Array(lines.bytes)
        try Data(bytes.dropLast(5)).write(to: file)
        let read = try MetricsFile.read(file)
        #expect(read.map(\.step) == [0, 1])
        #expect(read[0].name == "a\"\n")
        #expect(read[0].value.isNaN)
        bytes[3] = UInt8(ascii: "}")
        try Data(bytes).write(to: file)
        #expect(
            throws: RunsError.damaged(
                run: folder.url.path, file: "metrics.jsonl", problem: "line 1 is not a measurement")
        ) { try MetricsFile.read(file) }
    }

    @Test(.enabled(if: FileManager.default.isWritableFile(atPath: "/dev/full")))
    func aFullDiskIsTold() async throws {
        let writer = try LineWriter(URL(filePath: "/dev/full"))
        writer.append { $0.append(contentsOf: "x\n".utf8) }
        writer.flush()
        #expect(throws: RunsError.diskFull(path: "/dev/full")) { try writer.check() }
        #expect(throws: RunsError.diskFull(path: "/dev/full")) { try writer.settle() }
        writer.finish()
    }
}
