import Foundation
import LabExperimentTestKit
import LabRuns
import LabStatistics
import Testing

@testable import LabCommand

/// `labctl runs …` on runs of the tests' own experiments.
@Suite struct RunsCommandTests {
    let folder: TemporaryFolder
    var workspace: Workspace { Workspace(folder.url) }

    init() throws { folder = try TemporaryFolder() }

    /// Two walks and a summit above the first.
    private func runs() async {
        _ = await Call(folder, "train", "test/walk", "--set", "steps=5")
        _ = await Call(folder, "train", "test/walk", "--set", "steps=6", "--seed", "2")
        _ = await Call(folder, "train", "test/summit", "--input", "walk=test/walk/1")
    }

    private func names(_ call: Call, _ key: String = "runs", _ member: String = "run") -> [String] {
        (call.json[key] as? [[String: Any]])?.compactMap { $0[member] as? String } ?? []
    }

    @Test func listFiltersSortsAndChoosesColumns() async throws {
        await runs()
        let all = await Call(folder, "runs", "list", "--json")
        #expect(names(all) == ["test/summit/1", "test/walk/1", "test/walk/2"])
        let row = try #require((all.json["runs"] as? [[String: Any]])?[1])
        #expect(row["seed"] as? Int == 1)
        #expect(row["state"] as? String == "sealed")
        let mean = try #require((row["figures"] as? [String: [String: Any]])?["mean"])
        let sealed = try #require(workspace.run("test/walk/1").evaluation.figure("mean"))
        // Foundation's reader of JSON is off in the last digit here; the index itself is compared bit by bit elsewhere.
        #expect(abs((mean["value"] as? Double ?? .nan) - sealed.value) < 1e-12)
        #expect(abs((mean["lower"] as? Double ?? .nan) - (sealed.interval?.lower ?? .nan)) < 1e-12)
        #expect(mean["count"] as? Int == 5 && mean["better"] as? String == "higher")

        let chosen = await Call(
            folder, "runs", "list", "--where", "config.steps > 4 and experiment = test/walk", "--sort", "config.steps",
            "--descending", "--columns", "run,seed,config.steps,figures.*", "--json")
        #expect(names(chosen) == ["test/walk/2", "test/walk/1"])
        let columns = (chosen.json["runs"] as? [[String: Any]])?[0]["columns"] as? [String: Any]
        #expect(columns?["config.steps"] as? Int == 6)
        #expect(columns?["figures.last"] is Double)
        let text = await Call(folder, "runs", "list", "--columns", "run,config.steps", "--limit", "2", "test/walk")
        #expect(text.output.contains("test/walk/2             6"), "\(text.output)")
        let csv = await Call(folder, "runs", "list", "test/walk", "--columns", "run,config.levels,seed", "--csv")
        #expect(csv.output == "run,config.levels,seed\ntest/walk/1,\"[0.5, 0.25]\",1\ntest/walk/2,\"[0.5, 0.25]\",2\n")
        let limited = await Call(folder, "runs", "list", "--limit", "1")
        #expect(limited.output.contains("1 of 3 runs"))
        #expect(await Call(folder, "runs", "list", "--where", "seed = 99").output == "none of 3 runs fits\n")
    }

    @Test(arguments: [
        (["--where", "figures.men > 1"], "no run has a field 'figures.men'", "did you mean 'figures.mean'?"),
        (["--where", "seed >"], "query, character 7: a value is missing", "hint:"),
        (["--where", "state = seald"], "'state' is one of running", "did you mean 'sealed'?"),
        (["--sort", "mean"], "no run has a field 'mean'", "did you mean 'figures.mean'?"),
        (["--columns", "run,confg.steps"], "no run has a field 'confg.steps'", "did you mean 'config.steps'?"),
        (["--state", "broken"], "'state' is one of running", "hint:"),
        (["test/wlak"], "there is no experiment 'test/wlak'", "did you mean 'test/walk'?"),
        (["--csv", "--json"], "--csv and --json exclude each other", "hint:"),
    ])
    func mistakesInAListAreExplained(arguments: [String], error: String, hint: String) async throws {
        _ = await Call(folder, "train", "test/walk", "--smoke")
        let console = RecordingConsole()
        let status = await LabCommand.execute(
            ["runs", "list", "--workspace", folder.url.path] + arguments, registry: testRegistry,
            console: console.console)
        #expect(status == 64, "\(console.errors)")
        #expect(console.errors.contains(error), "\(console.errors)")
        #expect(console.errors.contains(hint), "\(console.errors)")
    }

    @Test func aDamagedRunIsListedAsSuch() async throws {
        await runs()
        _ = await Call(folder, "runs", "list")
        let file = folder.url.appending(path: "runs/test.walk/2/evaluation.json")
        var data = try Data(contentsOf: file)
        data[20] ^= 1
        try data.write(to: file)
        let list = await Call(folder, "runs", "list")
        #expect(list.output.contains("test/walk/2 is damaged: run test/walk/2 is damaged: evaluation.json"))
        #expect(names(await Call(folder, "runs", "list", "--state", "damaged", "--json")) == ["test/walk/2"])
        let verify = await Call(folder, "runs", "verify", "--all", "--json")
        #expect(verify.status == 65)
        let rows = verify.json["runs"] as? [[String: Any]]
        #expect(rows?.map { $0["sound"] as? Bool } == [true, true, false])
        // The file's bytes changed, not its length; the rest of the folder is as it was.
        let problems = rows?[2]["problems"] as? [[String: String]]
        #expect(problems == [["file": "evaluation.json", "problem": "does not match the seal"]])
    }

    @Test func verifyNamesEverythingThatIsWrong() async throws {
        await runs()
        let one = folder.url.appending(path: "runs/test.walk/1")
        #expect(await Call(folder, "runs", "verify", "test/walk/1").status == 0)
        try FileManager.default.removeItem(at: one.appending(path: "artifacts/host.txt"))
        try Data("x".utf8).write(to: one.appending(path: "artifacts/new.txt"))
        let metrics = try FileHandle(forWritingTo: one.appending(path: "metrics.jsonl"))
        try metrics.seekToEnd()
        try metrics.write(contentsOf: Data("\n".utf8))
        try metrics.close()
        let call = await Call(folder, "runs", "verify", "test/walk/1", "test/walk/2")
        #expect(call.status == 65)
        #expect(call.output.contains("test/walk/1: artifacts/host.txt is missing"))
        #expect(call.output.contains("test/walk/1: artifacts/new.txt was added after the seal"))
        #expect(call.output.contains("test/walk/1: metrics.jsonl has "))
        #expect(call.output.contains("1 of 2 runs are as they were sealed"))
        #expect(await Call(folder, "runs", "verify").status == 64)
    }

    @Test func tagsAndNotesStandBesideTheRun() async throws {
        await runs()
        let tag = await Call(folder, "runs", "tag", "test/walk/1", "test/walk/2", "--add", "best", "--add", "paper")
        #expect(tag.output == "test/walk/1  best paper\ntest/walk/2  best paper\n")
        _ = await Call(folder, "runs", "tag", "test/walk/2", "--remove", "paper")
        _ = await Call(folder, "runs", "note", "test/walk/1", "Clipped the reward, \"twice\".")
        #expect(names(await Call(folder, "runs", "list", "--tag", "paper", "--json")) == ["test/walk/1"])
        #expect(
            names(await Call(folder, "runs", "list", "--where", "notes contains Clipped", "--json")) == ["test/walk/1"])
        #expect(await Call(folder, "runs", "verify", "--all").status == 0)
        #expect(await Call(folder, "runs", "reindex").output == "3 runs, 0 damaged\n")
        let show = await Call(folder, "runs", "show", "test/walk/1", "--json")
        let beside = show.json["beside"] as? [String: Any]
        #expect(beside?["tags"] as? [String] == ["best", "paper"])
        #expect((beside?["notes"] as? [[String: Any]])?.first?["text"] as? String == "Clipped the reward, \"twice\".")
        #expect(beside?["readBy"] as? [String] == ["test/summit/1"])
        #expect(await Call(folder, "runs", "tag", "test/walk/1", "--add", "two words").status == 64)
        #expect(await Call(folder, "runs", "note", "test/walk/1", " ").status == 64)
        // Without tags and notes nothing is left behind.
        _ = await Call(folder, "runs", "tag", "test/walk/2", "--remove", "best")
        #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "runs/test.walk/2.notes.json").path))
    }

    @Test func lineageGoesBothWays() async throws {
        await runs()
        let walk = try workspace.run("test/walk/1")
        let summit = try workspace.run("test/summit/1")
        let tree = await Call(folder, "runs", "lineage", "test/summit/1")
        #expect(tree.output.contains("made from\n└─ walk: test/walk/1  \(walk.id)  sealed"), "\(tree.output)")
        let down = await Call(folder, "runs", "lineage", "test/walk/1")
        #expect(down.output.contains("read by\n└─ test/summit/1  \(summit.id)  sealed as walk"), "\(down.output)")
        let dot = await Call(folder, "runs", "lineage", "test/walk/1", "--dot")
        #expect(dot.output.contains("\"\(walk.id)\" -> \"\(summit.id)\" [label=\"walk\"];"))
        // A parent that was deleted is still named.
        try FileManager.default.removeItem(at: walk.folder)
        let orphan = await Call(folder, "runs", "lineage", "test/summit/1")
        #expect(orphan.output.contains("walk: test/walk  \(walk.id)  not in this workspace"), "\(orphan.output)")
        let show = await Call(folder, "runs", "show", "test/summit/1")
        #expect(show.status == 0)
        #expect(show.output.contains("walk: test/walk, not in this workspace, \(walk.id)"))
        #expect(names(await Call(folder, "runs", "list", "--json")) == ["test/summit/1", "test/walk/2"])
    }

    @Test func diffNamesInputsAndResults() async throws {
        await runs()
        let call = await Call(folder, "runs", "diff", "test/walk/1", "test/walk/2", "--json")
        #expect(call.status == 1)
        func places(_ key: String) -> [String] {
            (call.json[key] as? [[String: Any]])?.map { "\($0["part"] ?? "") \($0["place"] ?? "")" } ?? []
        }
        #expect(places("inputs") == ["seed ", "configuration steps"])
        #expect(places("results").first == "metric 'position' at step 0")
        #expect(places("results").contains("figure 'mean'"))
        #expect(places("results").contains { $0.hasPrefix("artifact positions.bin at byte") })
        let same = await Call(folder, "runs", "diff", "test/walk/1", "test/walk/1")
        #expect(same.status == 0)
        #expect(same.output == "the inputs are the same\nthe results are identical\n")
    }

    @Test func everyRunsCommandHasHelpWithAnExample() async throws {
        for word in ["list", "show", "diff", "lineage", "tag", "note", "verify", "gc", "reindex"] {
            let console = RecordingConsole()
            let status = await LabCommand.execute(
                ["runs", word, "--help"], registry: testRegistry, console: console.console)
            #expect(status == 0)
            #expect(console.output.contains("  labctl runs \(word)"), "\(word): \(console.output)")
        }
    }

    @Test func theEnvironmentNamesTheWorkspace() async throws {
        _ = await Call(folder, "train", "test/walk", "--smoke")
        let path = folder.url.path
        await #expect(processExitsWith: .exitCode(0)) { [path = path as String] in
            setenv("LAB_WORKSPACE", path, 1)
            let console = RecordingConsole()
            let status = await LabCommand.execute(
                ["runs", "show", "test/walk/1"], registry: testRegistry, console: console.console)
            exit(console.output.contains("test/walk/1") ? status : 1)
        }
        #expect(Workspace.standard(environment: ["LAB_WORKSPACE": "/x"]).root.path == "/x")
        #expect(Workspace.standard(environment: ["LAB_WORKSPACE": ""]) == Workspace(URL(filePath: ".")))
    }
}
