import Foundation
import LabExperimentTestKit
import LabRuns
import Testing

@testable import LabCommand

@Suite struct ExchangeCommandTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func runsGoOutAndComeInAgain() async throws {
        _ = await Call(folder, "train", "test/walk", "--smoke")
        _ = await Call(folder, "train", "test/walk", "--set", "steps=3")
        let store = folder.url.appending(path: "mlruns").path
        let out = await Call(
            folder, "runs", "export", "test/walk/1", "test/walk/2", "--to", "mlflow", "--out", store, "--json")
        #expect(out.status == 0, "\(out.errors)")
        #expect(out.json["added"] as? [String] == ["test/walk/1", "test/walk/2"])
        let more = await Call(folder, "runs", "export", "--all", "--to", "mlflow", "--out", store)
        #expect(more.output.contains("0 added, 2 there before"))
        for form in ["tensorboard", "csv"] {
            let place = folder.url.appending(path: form).path
            let call = await Call(folder, "runs", "export", "--all", "--of", "test/walk", "--to", form, "--out", place)
            #expect(call.status == 0 && call.output.contains("2 added"), "\(call.errors)")
        }
        let some = await Call(
            folder, "runs", "export", "--all", "--where", "config.steps = 3", "--to", "csv", "--out",
            folder.url.appending(path: "some").path, "--json")
        #expect(some.json["added"] as? [String] == ["test/walk/2"], "\(some.errors)")
        try Data("][".utf8).write(to: FolderOf.firstRun(store).appending(path: "meta.yaml"))
        let back = await Call(folder, "runs", "import", store, "--from", "mlflow", "--json", "--quiet")
        #expect(back.status == 65)
        #expect(back.json["added"] as? [String] == ["imported/test-walk/1"])
        #expect((back.json["quarantined"] as? [[String: Any]])?.count == 1)
        let again = await Call(folder, "runs", "import", store, "--from", "mlflow")
        #expect(again.output.contains("0 imported, 1 there before, 1 left aside") && again.output.contains("meta.yaml"))
        let reproduce = await Call(folder, "reproduce", "imported/test-walk/1")
        #expect(reproduce.status == 69 && reproduce.errors.contains("cannot be run again: it was imported"))
    }

    @Test(arguments: [
        (["runs", "export", "--to", "csv", "--out", "x"], 64, "give runs, or --all"),
        (["runs", "export", "--all", "--to", "csv", "--out", "x"], 66, "there is no run"),
        (["runs", "export", "--all", "--to", "xml", "--out", "x"], 64, "--to"),
        (["runs", "export", "--all", "--to", "csv", "--register", "m", "--out", "x"], 64, "--register"),
        (["runs", "import", "/no/such/store", "--from", "mlflow"], 66, "there is no such folder"),
        (["runs", "import", "/etc/passwd", "--from", "mlflow"], 65, "/etc/passwd"),
        (["run"], 64, "give a program after --"),
    ])
    func mistakesAreExplained(arguments: [String], status: Int32, error: String) async throws {
        let console = RecordingConsole()
        let found = await LabCommand.execute(
            arguments + ["--workspace", folder.url.path], registry: testRegistry, console: console.console)
        #expect(found == status, "\(console.errors)")
        #expect(console.errors.contains(error) && console.errors.contains("hint:"), "\(console.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
    }

    @Test func aProgramRunsAndItsExitCodeIsOurs() async throws {
        func run(_ options: [String], _ command: [String]) async -> (status: Int32, console: RecordingConsole) {
            let console = RecordingConsole()
            let status = await LabCommand.execute(
                ["run", "--workspace", folder.url.path] + options + ["--"] + command, registry: testRegistry,
                console: console.console)
            return (status, console)
        }
        let good = await run(["--name", "hello"], ["sh", "-c", "echo hello; echo metric a=2"])
        #expect(good.status == 0, "\(good.console.errors)")
        #expect(good.console.output == "hello\nmetric a=2\n")
        #expect(good.console.errors.contains("sealed captured/hello/1"))
        let json = await run(["--json", "--name", "hello"], ["sh", "-c", "echo hello"])
        let object = try JSONSerialization.jsonObject(with: Data(json.console.output.utf8)) as? [String: Any]
        #expect(object?["run"] as? String == "captured/hello/2")
        let bad = await run([], ["sh", "-c", "exit 42"])
        #expect(bad.status == 42)
        #expect(bad.console.errors.contains("error: 'sh' ended with exit code 42; run captured/sh/1 is kept, unsealed"))
        let none = await run([], ["no-such-program"])
        #expect(none.status == 69 && none.console.errors.contains("hint: check the spelling"))
        let again = await Call(folder, "reproduce", "captured/hello/1")
        #expect(again.status == 0, "\(again.errors)")
        let list = await Call(folder, "runs", "list", "--json")
        let states = (list.json["runs"] as? [[String: Any]])?.map { $0["state"] as? String }
        #expect(states == ["sealed", "sealed", "failed"])
    }
}

/// Finds things in a store.
private enum FolderOf {
    /// The folder of the run whose name comes first.
    static func firstRun(_ store: String) throws -> URL {
        let experiment = try #require(FileManager.default.contentsOfDirectory(atPath: store).sorted().first)
        let folder = URL(filePath: store).appending(path: experiment)
        let runs = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        return folder.appending(path: try #require(runs.first { $0.count == 32 }))
    }
}
