import Foundation
import LabExperimentTestKit
import LabRuns
import Testing

@testable import LabCommand

/// One call of `labctl` on the tests' own experiments.
struct Call {
    let status: Int32
    let output: String
    let errors: String

    init(_ folder: TemporaryFolder, _ arguments: String...) async {
        let console = RecordingConsole()
        status = await LabCommand.execute(
            arguments + ["--workspace", folder.url.path], registry: testRegistry,
            code: CodeVersion(digest: "0123456789abcdef"), console: console.console)
        output = console.output
        errors = console.errors
    }

    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any] ?? [:]
    }
}

@Suite struct LabCommandTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func trainShowsAndSeals() async throws {
        let call = await Call(folder, "train", "test/walk", "--set", "steps=12", "--seed", "5")
        #expect(call.status == 0)
        #expect(call.output.contains("mean"))
        #expect(call.errors.contains("test/walk: sealed test/walk/1"))
        let show = await Call(folder, "runs", "show", "test/walk/1", "--json")
        #expect(show.json["seed"] as? Int == 5)
        #expect((show.json["configuration"] as? [String: Any])?["steps"] as? Int == 12)
        #expect(show.json["code"] as? String == "0123456789abcdef")
        let text = await Call(folder, "runs", "show", "test/walk")
        #expect(text.output.contains("artifact   positions.bin"))
    }

    @Test func jsonIsOneObjectAndQuietIsQuiet() async throws {
        let call = await Call(folder, "train", "test/walk", "--smoke", "--json", "--quiet")
        #expect(call.errors == "")
        #expect(call.json["run"] as? String == "test/walk/1")
        #expect((call.json["figures"] as? [String: [String: Any]])?["mean"]?["count"] as? Int == 20)
    }

    @Test(arguments: [
        (["train", "test/wlak"], 64, "error: there is no experiment 'test/wlak'", "hint: did you mean 'test/walk'?"),
        (["train", "test/walk", "--set", "stps=1"], 65, "unknown setting 'stps'", "hint: did you mean 'steps'?"),
        (["train", "test/walk", "--set", "steps=x"], 65, "setting 'steps' must be a whole number", "hint:"),
        (["train", "test/walk", "--set", "steps"], 64, "'steps' is not of the form key=value", "hint:"),
        (["train", "test/walk", "--set", "steps=-3"], 65, "setting 'steps' is -3", "hint: change it"),
        (["train", "test/walk", "--config", "/no/such.yaml"], 66, "cannot read /no/such.yaml", "hint:"),
        (["train", "test/summit", "--input", "walk=test/walk/7"], 66, "there is no run 'test/walk/7'", "hint:"),
        (["train", "test/summit", "--input", "walk"], 64, "'--input walk' is not of the form role=run", "hint:"),
        (["trian", "test/walk"], 64, "error:", "hint: did you mean 'labctl train'?"),
        (["train", "test/walk", "--sede", "3"], 64, "error: Unknown option '--sede'", "hint:"),
        (["runs", "show", "test/walk/3"], 66, "there is no run 'test/walk/3'", "hint:"),
        (["reproduce"], 64, "error: give runs, or --all", "hint:"),
        (["eval", "test/walk"], 66, "input 'trained'", "hint: run 'labctl train test/walk' first"),
    ])
    func mistakesAreExplained(arguments: [String], status: Int32, error: String, hint: String) async throws {
        let console = RecordingConsole()
        let found = await LabCommand.execute(
            arguments + (arguments[0] == "trian" ? [] : ["--workspace", folder.url.path]), registry: testRegistry,
            console: console.console)
        #expect(found == status, "\(console.errors)")
        #expect(console.errors.contains(error), "\(console.errors)")
        #expect(console.errors.contains(hint), "\(console.errors)")
        #expect(console.output == "")
        #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "runs").path))
    }

    @Test func errorsAreJSONToo() async throws {
        let call = await Call(folder, "train", "test/wlak", "--json")
        let error = call.json["error"] as? [String: Any]
        #expect(error?["status"] as? Int == 64)
        #expect(error?["remedy"] as? String == "did you mean 'test/walk'?")
    }

    @Test func aPipelineEndsWithOneObject() async throws {
        let call = await Call(folder, "tour", "--smoke", "--json")
        #expect(call.status == 0)
        #expect(call.json["pipeline"] as? String == "tour")
        #expect(call.json["runs"] as? [String] == ["test/walk/1", "test/summit/1"])
        let stages = call.json["stages"] as? [[String: Any]]
        #expect(stages?.map { $0["name"] as? String } == ["walk", "summit"])
        #expect(stages?.allSatisfy { ($0["seconds"] as? Double ?? -1) >= 0 } == true)
        #expect((stages?[0]["figures"] as? [String: Any])?["last"] != nil)
        #expect((call.json["report"] as? String)?.hasSuffix("artifacts/plots/walk.svg") == true)
        #expect(call.errors.contains("[2/2] Climb: sealed test/summit/1"))
        let text = await Call(folder, "tour", "--smoke", "--seed", "2")
        #expect(text.output.contains("report: "))
        let again = await Call(folder, "reproduce", "--all", "--smoke", "--json")
        #expect(again.status == 0, "\(again.errors)")
        let verdicts = (again.json["reproductions"] as? [[String: Any]])?.map { $0["verdict"] as? String }
        #expect(verdicts == ["identical", "identical", "identical", "identical"])
    }

    @Test func reproduceTellsDifferenceFromDamage() async throws {
        _ = await Call(folder, "train", "test/walk", "--smoke")
        let seed = await Call(folder, "reproduce", "test/walk/1", "--seed", "2", "--json")
        #expect(seed.status == 1)
        let row = (seed.json["reproductions"] as? [[String: Any]])?.first
        #expect((row?["difference"] as? [String: Any])?["part"] as? String == "seed")
        let file = folder.url.appending(path: "runs/test.walk/1/artifacts/positions.bin")
        var data = try Data(contentsOf: file)
        data[9] ^= 1
        try data.write(to: file)
        let damaged = await Call(folder, "reproduce", "test/walk/1")
        #expect(damaged.status == 65)
        #expect(damaged.output.contains("damaged: test/walk/1: artifacts/positions.bin does not match the seal"))
    }

    @Test func runsAreListedAndCompared() async throws {
        _ = await Call(folder, "train", "test/walk", "--set", "steps=5")
        _ = await Call(folder, "train", "test/walk", "--set", "steps=6", "--seed", "2")
        let list = await Call(folder, "runs", "list", "--json")
        let rows = list.json["runs"] as? [[String: Any]]
        #expect(rows?.map { $0["state"] as? String } == ["sealed", "sealed"])
        let compare = await Call(folder, "runs", "compare", "test/walk/1", "test/walk/2")
        #expect(compare.output.contains("steps"))
        #expect(!compare.output.contains("label"))
        #expect(compare.output.contains("the results differ"))
        let json = await Call(folder, "runs", "compare", "test/walk/1", "test/walk/2", "--json")
        #expect((json.json["settings"] as? [String: [Int]])?["steps"] == [5, 6])
    }

    @Test func experimentsAreShownWithEverySetting() async throws {
        let list = await Call(folder, "experiments", "list")
        #expect(list.output.contains("test/walk    Walks at random."))
        let show = await Call(folder, "experiments", "show", "test/walk")
        for setting in Walk.Configuration.settings { #expect(show.output.contains(setting.documentation)) }
        // What is shown is a configuration that can be given back.
        let file = folder.url.appending(path: "mine.yaml")
        try Data(show.output.utf8).write(to: file)
        let train = await Call(folder, "train", "test/walk", "--config", file.path, "--set", "steps=4", "--json")
        #expect(train.status == 0, "\(train.errors)")
    }

    @Test func everyCommandHasHelpWithAnExample() async throws {
        for words in [
            [], ["train"], ["eval"], ["reproduce"], ["runs", "list"], ["runs", "show"], ["runs", "compare"],
            ["runs", "watch"], ["study"],
            ["experiments", "list"], ["experiments", "show"], ["tour"], ["new", "experiment"],
            ["run"], ["runs", "export"], ["runs", "import"],
        ] {
            let console = RecordingConsole()
            let status = await LabCommand.execute(words + ["--help"], registry: testRegistry, console: console.console)
            #expect(status == 0)
            #expect(console.output.contains("  labctl "), "\(words): \(console.output)")
        }
    }
}

@Suite struct InterruptionTests {
    @Test(arguments: [SIGINT, SIGTERM])
    func controlCStopsAtTheNextStep(signal: Int32) async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.path
        await #expect(processExitsWith: .exitCode(130)) { [path = path as String, signal = signal as Int32] in
            Thread.detachNewThread {
                let metrics = path + "/runs/test.walk/1/metrics.jsonl"
                while ((try? Data(contentsOf: URL(filePath: metrics))) ?? Data()).isEmpty { usleep(5000) }
                kill(getpid(), signal)
            }
            let console = RecordingConsole()
            let status = await LabCommand.execute(
                [
                    "train", "test/walk", "--set", "steps=1000000", "--set", "pause=100", "--workspace", path,
                ], registry: testRegistry, console: console.console)
            let said =
                console.errors.contains("interrupted; run test/walk/1 is kept") && console.errors.contains("hint:")
            exit(said ? status : 1)
        }
        let run = folder.url.appending(path: "runs/test.walk/1")
        #expect(RunState.of(run) == .interrupted)
        #expect(try !MetricsFile.read(run.appending(path: RunFiles.metrics)).isEmpty)
    }
}
