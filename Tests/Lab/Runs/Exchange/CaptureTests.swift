import Foundation
import LabDomain
import LabExperimentTestKit
import LabTestKit
import Testing

@testable import LabRuns

@Suite struct CaptureTests {
    let folder: TemporaryFolder
    let launcher: Launcher

    init() throws {
        folder = try TemporaryFolder()
        launcher = Launcher(workspace: Workspace(folder.url), home: folder.url.appending(path: "home"))
    }

    private static var hasPython: Bool {
        (try? CapturedProcess.locate("python3", environment: ProcessInfo.processInfo.environment)) != nil
    }

    private func script(_ text: String, _ name: String = "train.sh") throws -> String {
        let file = folder.url.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    private func output(_ run: SealedRun) throws -> String {
        String(decoding: try Data(contentsOf: run.artifact("output.txt")), as: UTF8.self)
    }

    @Test func aProgramBecomesASealedRun() async throws {
        let path = try script(
            """
            echo one; echo two >&2; echo "metric loss=0.5 acc=0.25 step=3"; echo "metric loss=nan"
            echo '{"name": "f1", "step": 1, "value": 0.75}' >> "$LAB_METRICS"
            echo '{"name": "f1", "value": Infinity}' >> "$LAB_METRICS"; echo nonsense >> "$LAB_METRICS"
            mkdir "$LAB_ARTIFACTS/plots"; echo model $LAB_SEED > "$LAB_ARTIFACTS/plots/model.bin"
            ln -s /etc/passwd "$LAB_ARTIFACTS/link"; cat; printf 'no newline'
            """)
        let heard = TextCollector()
        let run = try await launcher.capture(
            CaptureRequest(["sh", path, "--api-key=sesame-open", "--lr", "0.1"], seed: 9), echo: { heard.add($0) })
        try run.verify()
        #expect(run.reference == "captured/train/1" && run.record.verb == .capture && run.record.seed == 9)
        #expect(try output(run).hasPrefix("one\ntwo\nmetric loss"))
        #expect(try output(run).hasSuffix("no newline"))
        #expect(heard.texts.first == "one\n" && heard.texts.last == "no newline")
        let points = try run.metrics()
        #expect(points.filter { $0.name == "loss" }.map(\.step) == [3, 4])
        #expect(points.filter { $0.name == "f1" }.map(\.value) == [0.75, .infinity])
        #expect(points.filter { $0.name == "f1" }.map(\.step) == [1, 2])
        #expect(run.evaluation.figure("acc")?.value == 0.25)
        #expect(run.artifactNames == ["output.txt", "plots/model.bin"])
        #expect(try Data(contentsOf: run.artifact("plots/model.bin")) == Data("model 9\n".utf8))
        let command = try run.configuration.decode(as: CapturedCommand.self)
        #expect(command.command == ["sh", path, "--api-key=***", "--lr", "0.1"])
        #expect(command.files.keys.sorted() == [path])
        #expect(run.record.environment?.contains("PATH") == true)
        let log = try String(contentsOf: run.folder.appending(path: RunFiles.log), encoding: .utf8)
        #expect(log.contains("not kept: 'link'") && log.contains("line 3 of LAB_METRICS is no measurement: nonsense"))
        #expect(!log.contains("sesame"))
    }

    @Test func whatItDidComesOutAgainOrIsNamed() async throws {
        let path = try script("echo metric loss=$LAB_SEED; echo x > $LAB_ARTIFACTS/a; date +%N > $LAB_ARTIFACTS/b.log")
        let request = CaptureRequest(["sh", path], seed: 2, exempt: ["*.log"])
        let run = try await launcher.capture(request)
        let again = try await launcher.reproduce(run.folder, registry: testRegistry)
        #expect(again.verdict == .identical)
        let seed = try await launcher.reproduce(run.folder, registry: testRegistry, seed: 3)
        #expect(seed.verdict.description.contains("first effect: metric 'loss' at step 0: 2.0 before, 3.0 now"))
        _ = try script("echo metric loss=5")
        let changed = try await launcher.reproduce(run.folder, registry: testRegistry)
        #expect(changed.verdict.description.hasPrefix("differs: configuration files.\(path): "))
        try FileManager.default.removeItem(atPath: path)
        await #expect(throws: RunsError.self) { try await launcher.reproduce(run.folder, registry: testRegistry) }
    }

    @Test func anUnstableProgramIsFoundOut() async throws {
        let run = try await launcher.capture(
            CaptureRequest(["sh", "-c", "date +%N > $LAB_ARTIFACTS/now"], name: "Now!"))
        #expect(run.reference == "captured/now/1")
        let again = try await launcher.reproduce(run.folder, registry: testRegistry)
        #expect(again.verdict.description.contains("artifact now at byte"))
    }

    @Test func aFailureKeepsTheFolder() async throws {
        await #expect(throws: RunsError.commandFailed(run: "captured/sh/1", command: "sh", code: 3)) {
            try await launcher.capture(
                CaptureRequest(["sh", "-c", "echo metric a=1; echo lost > $LAB_ARTIFACTS/kept; exit 3"]))
        }
        let run = folder.url.appending(path: "runs/captured.sh/1")
        #expect(RunState.of(run) == .failed)
        #expect(try MetricsFile.read(run.appending(path: RunFiles.metrics)).count == 1)
        #expect(FileManager.default.fileExists(atPath: run.appending(path: "artifacts/kept").path))
        await #expect(throws: RunsError.commandFailed(run: "captured/sh/2", command: "sh", code: 137)) {
            try await launcher.capture(CaptureRequest(["sh", "-c", "kill -KILL $$"]))
        }
        await #expect(throws: RunsError.self) { try await launcher.resume(run, registry: testRegistry) }
    }

    @Test(arguments: ["no-such-program", "./no/such/file", "/etc/passwd", ""])
    func whatCannotBeStartedLeavesNothing(name: String) async throws {
        do {
            _ = try await launcher.capture(CaptureRequest([name]))
            Issue.record("it ran")
        } catch let error as RunsError {
            #expect(error.status == .unavailable && error.remedy.contains("labctl run --"))
        }
        #expect(!FileManager.default.fileExists(atPath: launcher.workspace.runs.path))
    }

    @Test func aFloodBinaryOutputAndChildrenLeftBehind() async throws {
        let flood = """
            awk 'BEGIN { for (i = 0; i < 100000; i++) print "metric loss=" i " step=" i }'
            head -c 300000 /dev/urandom | tr -d '\\n'; (sleep 300; echo late > "$LAB_ARTIFACTS/late") &
            """
        let run = try await launcher.capture(CaptureRequest(["sh", "-c", flood]))
        #expect(try run.metrics().count == 100_000)
        #expect(run.evaluation.figure("loss")?.value == 99_999)
        #expect(try Data(contentsOf: run.artifact("output.txt")).count > 2_000_000)
        #expect(run.artifactNames == ["output.txt"])
        let log = try String(contentsOf: run.folder.appending(path: RunFiles.log), encoding: .utf8)
        #expect(log.contains("left behind were ended"))
        try run.verify()
    }

    @Test func ctrlCReachesTheProgram() async throws {
        let path = try script("trap 'echo caught; exit 0' INT; echo ready; while :; do sleep 0.05; done")
        let launcher = launcher
        await #expect(throws: RunsError.interrupted(run: "captured/train/1")) {
            try await launcher.capture(
                CaptureRequest(["sh", path]), echo: { if $0 == "ready\n" { launcher.interruption.request() } })
        }
        let run = folder.url.appending(path: "runs/captured.train/1")
        #expect(RunState.of(run) == .interrupted)
        let output = try String(contentsOf: run.appending(path: "artifacts/output.txt"), encoding: .utf8)
        #expect(output == "ready\ncaught\n")
    }

    @Test func theProgramDiesWithUs() async throws {
        let path = folder.url.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let launcher = Launcher(workspace: Workspace(URL(filePath: path)))
            let text = "echo $$ > \(path)/pid; while :; do sleep 0.05; done"
            _ = try await launcher.capture(
                CaptureRequest(["sh", "-c", "echo up; " + text]),
                echo: { _ in
                    while ((try? Data(contentsOf: URL(filePath: path + "/pid"))) ?? Data()).isEmpty { usleep(2000) }
                    kill(getpid(), SIGKILL)
                })
        }
        let text = try String(contentsOf: folder.url.appending(path: "pid"), encoding: .utf8)
        let child = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        var isAlive = true
        for _ in 0..<200 where isAlive {
            // A zombie that nobody has collected yet is dead as well.
            let stat = (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)) ?? ""
            isAlive = !stat.isEmpty && !stat.contains(") Z ")
            if isAlive { usleep(10_000) }
        }
        #expect(!isAlive)
        #expect(RunState.of(folder.url.appending(path: "runs/captured.sh/1")) == .interrupted)
    }

    @Test(.enabled(if: Self.hasPython, "SKIPPED: no python3 along PATH"))
    func theExampleInTheDocumentationComesOutAgain() async throws {
        let script = Checkout.root.appending(path: "docs/examples/train.py").path
        let run = try await launcher.capture(CaptureRequest(["python3", script, "--rate", "0.1"], seed: 7))
        #expect(try run.metrics().filter { $0.name == "loss" }.map(\.step) == Array(0..<50))
        #expect(run.evaluation.figures.map(\.name).sorted() == ["loss", "slope"])
        #expect(run.artifactNames == ["line.json", "output.txt"])
        #expect(try await launcher.reproduce(run.folder, registry: testRegistry).verdict == .identical)
    }

    @Test func secretsAreMasked() {
        let command = [
            "p", "--token", "abcdefgh", "--tokenizer", "bpe", "--max-tokens=5", "HF_TOKEN=hf_1", "--db",
            "https://me:pw@host/x", "sk-abcdefgh1234", "--password=", "--api-key", "--verbose",
        ]
        #expect(
            SecretMask.masked(command) == [
                "p", "--token", "***", "--tokenizer", "bpe", "--max-tokens=5", "HF_TOKEN=***", "--db",
                "https://***@host/x", "***", "--password=***", "--api-key", "--verbose",
            ])
        let mask = SecretMask(command, environment: ["AWS_SECRET_ACCESS_KEY": "topsecret", "HOME": "/home"])
        #expect(mask.masked("x abcdefgh /home topsecret sk-abcdefgh1234") == "x *** /home *** ***")
    }

    @Test func measurementsAreReadInTheirForms() {
        typealias Found = CapturedMeasurement
        #expect(Found.read("metric a=1 b/c=2e-3 step=4").map(\.step) == [4, 4])
        #expect(Found.read(#"{"name":"a","value":1,"step":2,"more":[1]}"#) == [Found(name: "a", step: 2, value: 1)])
        #expect(Found.read(#"{"name": "a", "value": -Infinity}"#).first?.value == -.infinity)
        for line in ["metric", "metric a", "metric a=x", "metric =1", "{\"name\": 1}", "{", "metrics a=1", "a=1"] {
            #expect(Found.read(line).isEmpty, "\(line)")
        }
    }
}
