import Foundation
import LabExperimentTestKit
import Testing

@testable import LabRuns

@Suite struct RunLifeTests {
    let folder: TemporaryFolder
    let launcher: Launcher

    init() throws {
        folder = try TemporaryFolder()
        launcher = Launcher(workspace: Workspace(folder.url), home: folder.url.appending(path: "home"))
    }

    private func flip(_ url: URL, at offset: Int) throws {
        var data = try Data(contentsOf: url)
        data[offset] ^= 1
        try data.write(to: url)
    }

    @Test func aRunIsSealedAndReadsBack() async throws {
        let run = try await launcher.train(Walk.self, configuration: .init(steps: 50), seed: 4)
        #expect(run.reference == "test/walk/1")
        #expect(run.folder.path.hasSuffix("runs/test.walk/1"))
        #expect(ULID.isValid(run.id))
        #expect(run.record.seed == 4)
        #expect(try run.metrics().count == 50)
        #expect(try run.configuration(as: Walk.Configuration.self).steps == 50)
        #expect(run.evaluation.figure("mean")?.count == 50)
        #expect(
            run.artifactNames == ["host.txt", "plots/walk.svg", "positions.bin", "released/noisy.txt", "walk.sqlite"])
        #expect(try Data(contentsOf: run.artifact("positions.bin")).count == 400)
        #expect(try run.artifact("plots").lastPathComponent == "plots")
        try run.verify()
        #expect(RunState.of(run.folder) == .sealed)
        let names = try FileManager.default.contentsOfDirectory(atPath: run.folder.path).sorted()
        #expect(
            names == [
                "artifacts", "config.yaml", "evaluation.json", "log.jsonl", "metrics.jsonl", "run.json", "seal.json",
            ])
    }

    @Test func theConfigurationFileGivesTheSameRun() async throws {
        let first = try await launcher.train(Walk.self, configuration: .init(steps: 30), seed: 9)
        let request = LaunchRequest(configurationFile: first.folder.appending(path: RunFiles.configuration))
        let released = try await launcher.train(
            Walk.self, request: request, registry: testRegistry)
        #expect(released.record.seed == 9)
        #expect(try released.metrics().map(\.value) == first.metrics().map(\.value))
        #expect(released.configuration == first.configuration)
    }

    @Test func inputsAreFoundOrMade() async throws {
        let said = TextCollector()
        let summit = try await launcher.train(
            Summit.self, request: LaunchRequest(smoke: true), registry: testRegistry
        ) { said.add($0) }
        let walk = try launcher.workspace.run("test/walk/1")
        #expect(summit.record.parents["walk"]?.id == walk.id)
        #expect(walk.record.smoke)
        #expect(said.texts.first?.contains("running it first") == true)
        // A full run does not read a smoke run.
        let full = try await launcher.train(Summit.self, request: LaunchRequest(), registry: testRegistry)
        #expect(full.record.parents["walk"]?.id != walk.id)
        let again = try await launcher.train(Summit.self, request: LaunchRequest(smoke: true), registry: testRegistry)
        #expect(again.record.parents["walk"]?.id == walk.id)
    }

    @Test func wrongInputsAreRefused() async throws {
        let walk = try await launcher.train(Walk.self, configuration: .init(steps: 5))
        let summit = try await launcher.train(Summit.self, configuration: .init(), inputs: ["walk": walk])
        await #expect(throws: RunsError.wrongInput(role: "walk", expected: "test/walk", found: "test/summit")) {
            try await launcher.train(Summit.self, configuration: .init(), inputs: ["walk": summit])
        }
        await #expect(throws: RunsError.unknownRole(role: "hill", experiment: "test/summit", known: ["walk", "other"]))
        {
            try await launcher.train(Summit.self, configuration: .init(), inputs: ["walk": walk, "hill": walk])
        }
        await #expect(throws: RunsError.missingInput(role: "walk", experiment: "test/walk")) {
            try await launcher.train(Summit.self, configuration: .init())
        }
        // Nothing was started for any of them.
        #expect(try launcher.workspace.entries(of: "test/summit").count == 1)
    }

    @Test func anEvaluationIsARunOfItsOwn() async throws {
        let walk = try await launcher.train(Walk.self, configuration: .init(steps: 5))
        let evaluated = try await launcher.evaluate(Walk.self, trained: walk, request: LaunchRequest())
        #expect(evaluated.record.verb == .eval)
        #expect(evaluated.record.parents["trained"]?.id == walk.id)
        #expect(evaluated.evaluation.figure("size")?.value == 5)
        await #expect(throws: RunsError.nothingToEvaluate(experiment: "test/summit")) {
            let summit = try await launcher.train(Summit.self, configuration: .init(), inputs: ["walk": walk])
            _ = try await launcher.evaluate(Summit.self, trained: summit, request: LaunchRequest())
        }
    }

    @Test(arguments: ["metrics.jsonl", "artifacts/positions.bin", "artifacts/walk.sqlite", "log.jsonl"])
    func aFlippedByteIsDamage(path: String) async throws {
        let run = try await launcher.train(Walk.self, configuration: .init(steps: 20))
        try flip(run.folder.appending(path: path), at: 30)
        let reread = try SealedRun(folder: run.folder)
        #expect(throws: RunsError.damaged(run: "test/walk/1", file: path, problem: "does not match the seal")) {
            try reread.verify()
        }
    }

    @Test(arguments: ["run.json", "config.yaml", "evaluation.json", "seal.json"])
    func anEditedDescriptionIsDamage(path: String) async throws {
        let run = try await launcher.train(Walk.self, configuration: .init(steps: 20))
        let file = run.folder.appending(path: path)
        let text = try String(contentsOf: file, encoding: .utf8)
        try (text.replacingOccurrences(of: "2", with: "3")).write(to: file, atomically: true, encoding: .utf8)
        do {
            _ = try SealedRun(folder: run.folder)
            Issue.record("\(path) was edited and nothing was said")
        } catch RunsError.damaged(_, let found, _) {
            #expect(found == path)
        }
    }

    @Test func addedAndMissingFilesAreDamage() async throws {
        let run = try await launcher.train(Walk.self, configuration: .init(steps: 20))
        let added = run.folder.appending(path: "artifacts/more.txt")
        try Data("x".utf8).write(to: added)
        #expect(
            throws: RunsError.damaged(
                run: run.reference, file: "artifacts/more.txt", problem: "was added after the seal")
        ) { try run.verify() }
        try FileManager.default.removeItem(at: added)
        try FileManager.default.removeItem(at: run.folder.appending(path: "artifacts/positions.bin"))
        #expect(
            throws: RunsError.damaged(
                run: run.reference, file: "artifacts/positions.bin", problem: "is missing")
        ) { try run.artifact("positions.bin") }
    }

    @Test func interruptionKeepsWhatWasMeasured() async throws {
        let observer = StopAfter(step: 5)
        var launcher = launcher
        launcher.observer = observer
        launcher.interruption = observer.interruption
        await #expect(throws: RunsError.interrupted(run: "test/walk/1")) {
            try await launcher.train(Walk.self, configuration: .init(steps: 50))
        }
        let folder = try launcher.workspace.folder(of: "test/walk/1")
        #expect(RunState.of(folder) == .interrupted)
        #expect(try MetricsFile.read(folder.appending(path: RunFiles.metrics)).count == 6)
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: RunFiles.seal).path))
        #expect(throws: RunsError.notSealed(run: "test/walk/1", state: "interrupted")) {
            try launcher.workspace.run("test/walk/1")
        }
    }

    @Test func aRunIsRunningWhileItRuns() async throws {
        let observer = StateProbe()
        var launcher = launcher
        launcher.observer = observer
        _ = try await launcher.train(Walk.self, configuration: .init(steps: 3))
        #expect(observer.states == [.running, .running, .running])
    }

    @Test func readOnlyRunsAreAClearError() async throws {
        try FileManager.default.createDirectory(at: launcher.workspace.runs, withIntermediateDirectories: true)
        chmod(launcher.workspace.runs.path, 0o555)
        defer { chmod(launcher.workspace.runs.path, 0o755) }
        // The superuser may write anyway; a file in the folder's place stops everybody.
        let place = launcher.workspace.runs.appending(path: "test.walk").path
        guard getuid() != 0 else {
            _ = FileManager.default.createFile(atPath: place, contents: nil)
            await #expect(throws: RunsError.self) {
                try await launcher.train(Walk.self, configuration: .init(steps: 3))
            }
            return
        }
        await #expect(throws: RunsError.noPermission(path: place)) {
            try await launcher.train(Walk.self, configuration: .init(steps: 3))
        }
    }

    @Test func artifactNamesStayInside() async throws {
        struct Outside: Experiment {
            static let name = "test/outside"
            static let summary = "Writes where it must not."
            static let smoke = NoSettings()
            func train(_ configuration: NoSettings, _ run: Run) async throws -> Evaluation {
                for name in ["../x", "/x", "a/../b", "", ".hidden", "a//b"] {
                    #expect(throws: RunsError.badArtifactName(name)) {
                        try run.artifact(name) { try Data().write(to: $0) }
                    }
                }
                try run.artifact("a") { try Data().write(to: $0) }
                #expect(throws: RunsError.duplicateArtifact(name: "a")) { try run.artifact("a") { _ in } }
                #expect(throws: RunsError.undeclaredDataset(name: "d", experiment: Self.name)) { try run.dataset("d") }
                #expect(throws: RunsError.missingInput(role: "r", experiment: Self.name)) { try run.parent("r") }
                return Evaluation()
            }
        }
        _ = try await launcher.train(Outside.self)
    }

    @Test func datasetsAreRecorded() async throws {
        struct Reader: Experiment {
            static let name = "test/reader"
            static let summary = "Reads a dataset."
            static let smoke = NoSettings()
            static func datasets(_ configuration: NoSettings) -> [String] { ["words"] }
            func train(_ configuration: NoSettings, _ run: Run) async throws -> Evaluation {
                Evaluation(notes: [try String(contentsOf: run.dataset("words").file("a.txt"), encoding: .utf8)])
            }
        }
        let file = folder.url.appending(path: "a.txt")
        try Data("words".utf8).write(to: file)
        var launcher = launcher
        launcher.datasets = GivenDatasets([Dataset(name: "words", digest: "d1") { _ in file }])
        let run = try await launcher.train(Reader.self)
        #expect(run.record.datasets == ["words": "d1"])
        #expect(run.evaluation.notes == ["words"])
        launcher.datasets = GivenDatasets([Dataset(name: "words", digest: "d2") { _ in file }])
        let again = try await launcher.reproduce(run.folder, registry: Registry(experiments: [Reader.self]))
        #expect(again.verdict == .differs(Difference(.dataset, "'words'", original: "d1", again: "d2")))
        launcher.datasets = NoDatasets()
        await #expect(throws: RunsError.unavailableDataset(name: "words")) { try await launcher.train(Reader.self) }
        #expect(try launcher.workspace.entries(of: "test/reader").count == 1)
    }
}
