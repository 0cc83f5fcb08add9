import Foundation
import LabDomain
import LabExperimentTestKit
import Testing

@testable import LabRuns

/// Going on with what was interrupted: the result is that of a run to which nothing happened.
@Suite struct ResumeTests {
    let folder: TemporaryFolder
    let launcher: Launcher
    let registry = Registry(experiments: [Trek.self, Walk.self])

    init() throws {
        folder = try TemporaryFolder()
        launcher = Launcher(
            workspace: Workspace(folder.url), home: folder.url.appending(path: "home"),
            code: CodeVersion(digest: "one"))
    }

    private var home: URL { folder.url.appending(path: "home") }

    /// The digest of a trek that nobody disturbed.
    private func undisturbed(_ configuration: Trek.Configuration) async throws -> String {
        var calm = launcher
        calm.workspace = Workspace(folder.url.appending(path: "calm"))
        calm.home = folder.url.appending(path: "calm-home")
        return try await calm.train(Trek.self, configuration: configuration, seed: 5).seal.resultDigest
    }

    /// Begins a trek and stops it when `step` was measured.
    private func stopped(
        at step: Int, _ configuration: Trek.Configuration = .init(steps: 40, every: 10)
    ) async throws -> URL {
        var launcher = launcher
        let observer = StopAfter(step: step)
        launcher.observer = observer
        launcher.interruption = observer.interruption
        await #expect(throws: RunsError.self) {
            try await launcher.train(Trek.self, configuration: configuration, seed: 5)
        }
        return try #require(try launcher.workspace.entries(of: Trek.name).last).folder
    }

    private func checkpoints(_ run: URL) -> [Int] { CheckpointFolder(run: run).steps }

    private func log(_ run: URL) throws -> [String] {
        try String(contentsOf: run.appending(path: RunFiles.log), encoding: .utf8).split(separator: "\n").map(
            String.init)
    }

    @Test func resumesFromEveryStepToTheSameResult() async throws {
        let configuration = Trek.Configuration(steps: 24, every: 5)
        let expected = try await undisturbed(configuration)
        for step in stride(from: 1, through: 24, by: 3) {
            try? FileManager.default.removeItem(at: home)
            let run = try await stopped(at: step, configuration)
            #expect(RunState.of(run) == .interrupted)
            let record = try #require(RunEntry(folder: run)?.record)
            let sealed = try await launcher.resume(run, registry: registry)
            #expect(sealed.seal.resultDigest == expected, "stopped at step \(step)")
            #expect(sealed.folder == run && sealed.id == record.id)
            #expect(try Data(contentsOf: home.appending(path: Trek.drawnFile)).count == 1, "stopped at step \(step)")
            try sealed.verify()
            #expect(!FileManager.default.fileExists(atPath: run.appending(path: RunFiles.checkpoints).path))
            #expect(try log(run).contains { $0.contains("\"resumed\"") })
        }
    }

    @Test func theNewestTwoAreKept() async throws {
        let run = try await stopped(at: 35)
        #expect(checkpoints(run) == [30, 20])
        #expect(
            try FileManager.default.contentsOfDirectory(
                atPath: run.appending(path: RunFiles.checkpoints).path
            ).sorted() == ["20", "30"])
    }

    @Test func whatCameAfterTheCheckpointIsGone() async throws {
        let run = try await stopped(at: 35)
        let file = run.appending(path: RunFiles.metrics)
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("{\"name\":\"torn".utf8))
        try handle.close()
        try Data("x".utf8).write(to: run.appending(path: "artifacts/later.txt"))
        try Data("x".utf8).write(to: run.appending(path: ".seal.json.1.partial"))
        try Data("x".utf8).write(to: run.appending(path: RunFiles.evaluation))
        let sealed = try await launcher.resume(run, registry: registry)
        #expect(try await sealed.seal.resultDigest == undisturbed(.init(steps: 40, every: 10)))
        #expect(try sealed.metrics().map(\.step) == [0] + Array(1...40))
        #expect(sealed.artifactNames == ["end.txt", "half/a.txt", "host.txt", "map.txt", "released/noise.txt"])
    }

    @Test(arguments: ["state.json", CheckpointManifest.name])
    func aDamagedCheckpointFallsBackAndSaysSo(file: String) async throws {
        let run = try await stopped(at: 35)
        let path = CheckpointFolder(run: run).root.appending(path: "30/" + file)
        var bytes = try Data(contentsOf: path)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: path)
        let sealed = try await launcher.resume(run, registry: registry)
        #expect(try await sealed.seal.resultDigest == undisturbed(.init(steps: 40, every: 10)))
        let lines = try log(run)
        #expect(lines.contains { $0.contains("checkpoint 30 is damaged") })
        #expect(lines.contains { $0.contains("step 20") })
    }

    @Test func withoutASoundCheckpointItBeginsAnew() async throws {
        let run = try await stopped(at: 35)
        // A measurement that belongs to both is lost, and so is an artifact.
        try LineTail.truncate(run.appending(path: RunFiles.metrics), to: 100)
        try FileManager.default.removeItem(at: run.appending(path: "artifacts/map.txt"))
        let sealed = try await launcher.resume(run, registry: registry)
        #expect(try await sealed.seal.resultDigest == undisturbed(.init(steps: 40, every: 10)))
        #expect(try log(run).contains { $0.contains("the beginning") })
        #expect(try Data(contentsOf: home.appending(path: Trek.drawnFile)).count == 1)
    }

    @Test func anotherVersionOfTheCodeIsRefused() async throws {
        let run = try await stopped(at: 35)
        var other = launcher
        other.code = CodeVersion(digest: "two")
        let error = RunsError.otherCode(run: "test/trek/1", before: "one", now: "two")
        await #expect(throws: error) { try await other.resume(run, registry: registry) }
        #expect(error.remedy.contains("test/trek/1") && error.status == .badData)
        // Nothing was lost by asking.
        #expect(checkpoints(run) == [30, 20])
        _ = try await launcher.resume(run, registry: registry)
    }

    @Test func anotherFormatIsRefused() async throws {
        let run = try await stopped(at: 35)
        let manifest = CheckpointFolder(run: run).root.appending(path: "30/" + CheckpointManifest.name)
        let text = try String(contentsOf: manifest, encoding: .utf8)
        try text.replacingOccurrences(of: "\"format\":1", with: "\"format\":2").write(
            to: manifest, atomically: true, encoding: .utf8)
        await #expect(
            throws: RunsError.unsupportedFormat(
                file: manifest.path, found: 2, supported: CheckpointManifest.currentFormat)
        ) { try await launcher.resume(run, registry: registry) }
    }

    @Test func anEditedConfigurationIsRefused() async throws {
        let run = try await stopped(at: 35)
        let file = run.appending(path: RunFiles.configuration)
        let text = try String(contentsOf: file, encoding: .utf8)
        try text.replacingOccurrences(of: "steps: 40", with: "steps: 50").write(
            to: file, atomically: true, encoding: .utf8)
        await #expect(throws: RunsError.changedInput(run: "test/trek/1", what: "config.yaml")) {
            try await launcher.resume(run, registry: registry)
        }
    }

    @Test func sealedRunningAndUnknownOnesAreRefused() async throws {
        let sealed = try await launcher.train(Trek.self, configuration: .init(steps: 3, every: 0))
        await #expect(throws: RunsError.alreadySealed(run: "test/trek/1")) {
            try await launcher.resume(sealed.folder, registry: registry)
        }
        let run = try await stopped(at: 35)
        await #expect(throws: RunsError.self) { try await launcher.resume(run, registry: Registry()) }
        do {
            let holder = try LineWriter(run.appending(path: RunFiles.log), lock: true)
            await #expect(throws: RunsError.locked(run: "test/trek/2")) {
                try await launcher.resume(run, registry: registry)
            }
            holder.finish()
        }
        try FileManager.default.removeItem(at: run.appending(path: RunFiles.record))
        await #expect(throws: RunsError.notResumable(run: "test/trek/2", problem: "its run.json cannot be read")) {
            try await launcher.resume(run, registry: registry)
        }
    }

    @Test func aFailedRunTellsWhyAndGoesOn() async throws {
        struct Fails: Experiment {
            static let name = "test/fails"
            static let summary = "Fails."
            static let smoke = NoSettings()
            func train(_ configuration: NoSettings, _ run: Run) async throws -> Evaluation {
                guard !run.isResumed else { return Evaluation() }
                throw RunsError.unknownFigure(name: "x")
            }
        }
        await #expect(throws: RunsError.unknownFigure(name: "x")) { try await launcher.train(Fails.self) }
        let failed = try launcher.workspace.folder(of: "test/fails/1")
        #expect(RunState.of(failed) == .failed)
        #expect(RunState.stopReason(of: failed) == "no figure is called 'x'")
        let sealed = try await launcher.resume(failed, registry: Registry(experiments: [Fails.self]))
        #expect(RunState.of(sealed.folder) == .sealed)
    }

    @Test func anEvaluationIsResumedToo() async throws {
        let walk = try await launcher.train(Walk.self, configuration: .init(steps: 5))
        let evaluated = try await launcher.evaluate(Walk.self, trained: walk, request: LaunchRequest())
        try FileManager.default.removeItem(at: evaluated.folder.appending(path: RunFiles.seal))
        let again = try await launcher.resume(evaluated.folder, registry: registry)
        #expect(again.seal.resultDigest == evaluated.seal.resultDigest && again.record == evaluated.record)
    }
}
