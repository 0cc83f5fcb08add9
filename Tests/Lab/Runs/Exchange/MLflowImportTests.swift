import Foundation
import LabExperimentTestKit
import Testing

@testable import LabRuns

@Suite struct MLflowImportTests {
    let folder: TemporaryFolder
    let launcher: Launcher
    let store: URL

    init() throws {
        folder = try TemporaryFolder()
        launcher = Launcher(
            workspace: Workspace(folder.url.appending(path: "ours")), datasets: Awkward.datasets)
        store = folder.url.appending(path: "mlruns")
    }

    private var elsewhere: Launcher {
        Launcher(workspace: Workspace(folder.url.appending(path: "theirs")))
    }

    private func write(_ path: String, _ text: String) throws {
        let file = store.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// A run as MLflow writes it.
    private func make(_ id: String, experiment: String = "12", status: String = "3") throws {
        try write(
            "\(experiment)/meta.yaml", "experiment_id: '\(experiment)'\nname: DQN v2 (Über)\nlifecycle_stage: active\n")
        try write(
            "\(experiment)/\(id)/meta.yaml",
            """
            artifact_uri: mlruns/\(experiment)/\(id)/artifacts
            end_time: 1795363333004
            experiment_id: '\(experiment)'
            lifecycle_stage: active
            run_id: \(id)
            run_name: r1
            start_time: 1795363332969
            status: \(status)
            user_id: lab
            """)
        try write("\(experiment)/\(id)/params/lr", "0.001")
        try write("\(experiment)/\(id)/params/opt/adam", "beta")
        try write("\(experiment)/\(id)/params/opt.eps", "1e-08")
        try write("\(experiment)/\(id)/params/seed", "7")
        try write("\(experiment)/\(id)/params/zip", "007")
        try write("\(experiment)/\(id)/metrics/loss", "1795363332982 1.0 0\n1795363332983 0.5 1\n")
        try write("\(experiment)/\(id)/metrics/eval/bad", "1795363332982 nan 0\n1795363332982 -inf\n")
        try write("\(experiment)/\(id)/tags/mlflow.runName", "r1")
        try write("\(experiment)/\(id)/artifacts/out/a.txt", "artifact")
        try write("\(experiment)/\(id)/artifacts/.hidden", "dot")
    }

    @Test func aRoundTripIsEqual() async throws {
        let awkward = try await launcher.train(Awkward.self, seed: 3)
        let walk = try await launcher.train(Walk.self, configuration: .init(steps: 30), seed: 4)
        _ = try MLflowExport(artifactRoot: "mlruns").write([awkward, walk], to: store)
        let report = try MLflowImport(elsewhere).read(store)
        #expect(report.added.sorted() == ["imported/test-awkward/1", "imported/test-walk/1"])
        #expect(report.quarantined == [])
        for (original, name) in [(awkward, "imported/test-awkward/1"), (walk, "imported/test-walk/1")] {
            let again = try elsewhere.workspace.run(name)
            try again.verify()
            #expect(again.configuration == original.configuration)
            #expect(again.record.seed == original.record.seed)
            #expect(again.record.datasets == original.record.datasets)
            #expect(again.record.origin?.tags["lab.id"] == original.id)
            #expect(try CanonicalJSON.encode(again.evaluation) == CanonicalJSON.encode(original.evaluation))
            #expect(try ResultDigest.metrics(again.metrics()) == ResultDigest.metrics(original.metrics()))
            #expect(again.artifactNames == original.artifactNames)
            for name in original.artifactNames {
                #expect(try Data(contentsOf: again.artifact(name)) == Data(contentsOf: original.artifact(name)))
            }
        }
        // Twice adds nothing.
        let second = try MLflowImport(elsewhere).read(store)
        #expect(second == MLflowImport.Report(added: [], present: 2, quarantined: []))
        #expect(try elsewhere.workspace.entries().count == 2)
        // An imported run goes out again like any other.
        let third = folder.url.appending(path: "again")
        let imported = try elsewhere.workspace.run("imported/test-awkward/1")
        #expect(try MLflowExport().write([imported], to: third).added == [imported.reference])
    }

    @Test func aStoreOfMLflowItselfComesIn() async throws {
        try make("0123456789abcdef0123456789abcdef")
        try make("failed", status: "4")
        let report = try MLflowImport(elsewhere).read(folder.url)
        #expect(report.added == ["imported/dqn-v2-ber/1", "imported/dqn-v2-ber/2"])
        let run = try elsewhere.workspace.run("imported/dqn-v2-ber/1")
        #expect(run.record.verb == .import && run.record.seed == 7)
        #expect(run.record.origin?.experiment == "DQN v2 (Über)" && run.record.origin?.name == "r1")
        #expect(run.record.origin?.started == 1_795_363_332_969 && run.record.origin?.ended == 1_795_363_333_004)
        #expect(run.configuration["lr"] == .number(0.001))
        #expect(run.configuration["opt.eps"] == .number(1e-8))
        #expect(run.configuration[["opt/adam"]] == .text("beta"))
        #expect(run.configuration["zip"] == .text("007"))
        let points = try run.metrics()
        #expect(points.filter { $0.name == "loss" }.map(\.value) == [1, 0.5])
        #expect(points.filter { $0.name == "loss" }.map(\.time) == [1_795_363_332.982, 1_795_363_332.983])
        #expect(points.filter { $0.name == "eval/bad" }.map(\.value.isNaN) == [true, false])
        #expect(run.evaluation.figure("loss")?.value == 0.5)
        #expect(run.artifactNames == ["_.hidden", "out/a.txt"])
        #expect(run.evaluation.notes == ["Artifact '.hidden' stands here as '_.hidden'."])
        let failed = try elsewhere.workspace.run("imported/dqn-v2-ber/2")
        #expect(failed.evaluation.notes.first == "MLflow has this run as FAILED.")
        await #expect(throws: RunsError.self) {
            try await elsewhere.reproduce(run.folder, registry: testRegistry)
        }
    }

    @Test func namesThatBecomeTheSameStayApart() throws {
        for (number, name) in [("1", "a b"), ("2", "A/B"), ("3", "日本"), ("4", "../../etc")] {
            try make("run\(number)", experiment: number)
            try write("\(number)/meta.yaml", "experiment_id: '\(number)'\nname: '\(name)'\nlifecycle_stage: active\n")
        }
        let report = try MLflowImport(elsewhere).read(store)
        #expect(report.quarantined == [])
        #expect(report.added[0] == "imported/a-b/1" && report.added[1].hasPrefix("imported/a-b-"))
        #expect(report.added[2...] == ["imported/experiment/1", "imported/etc/1"])
        #expect(try MLflowImport(elsewhere).read(store).present == 4)
    }

    @Test(arguments: [
        ("meta.yaml", "][", "not valid YAML"), ("meta.yaml", "run_id: other\nexperiment_id: '12'\n", "of run other"),
        ("meta.yaml", "run_id: bad\nexperiment_id: '13'\n", "of experiment 13"),
        ("meta.yaml", "run_id: bad\nexperiment_id: '12'\nstatus: 9\n", "status 9"),
        ("meta.yaml", "run_id: bad\nexperiment_id: '12'\nstart_time: 99999999999999999999\n", "start_time is no time"),
        ("metrics/loss", "1795363332982 1.0\n12 one 3 4\n", "metrics/loss, line 2: 4 fields"),
        ("metrics/loss", "x 1.0 0\n", "no time"), ("metrics/loss", "1 one 0\n", "no number"),
        ("metrics/loss", "", "metrics/loss is empty"), ("params/lr", "\u{0}link", "symbolic link"),
        ("artifacts/model", "\u{0}link", "symbolic link"), ("tags/t", "\u{0}pipe", "no plain file"),
    ])
    func damagedRunsAreNamedAndTheOthersComeIn(path: String, text: String, reason: String) throws {
        try make("bad")
        try make("good")
        let file = store.appending(path: "12/bad/" + path)
        try? FileManager.default.removeItem(at: file)
        switch text {
        case "\u{0}link": #expect(symlink("/etc/passwd", file.path) == 0)
        case "\u{0}pipe": #expect(mkfifo(file.path, 0o600) == 0)
        default: try write("12/bad/" + path, text)
        }
        let report = try MLflowImport(elsewhere).read(store)
        #expect(report.added == ["imported/dqn-v2-ber/1"])
        #expect(report.quarantined.map(\.place) == ["12/bad"])
        #expect(report.quarantined.first?.reason.contains(reason) == true, "\(report.quarantined)")
    }

    @Test func aLinkedExperimentOrNoStoreIsNotFollowed() throws {
        try make("good")
        try FileManager.default.createSymbolicLink(
            at: store.appending(path: "99"), withDestinationURL: store.appending(path: "12"))
        let report = try MLflowImport(elsewhere).read(store)
        #expect(report.quarantined.map(\.place) == ["99"])
        #expect(throws: RunsError.self) { try MLflowImport(elsewhere).read(folder.url.appending(path: "none")) }
        #expect(throws: RunsError.self) { try MLflowImport(elsewhere).read(store.appending(path: "12/good")) }
    }

    /// Whatever the bytes are, the reader says so or takes them; it neither stops the process nor leaves the store.
    @Test func randomDamageIsSurvived() throws {
        try make("good")
        var generator = DigestGenerator("fuzz")
        let paths = [
            "12/good/meta.yaml", "12/good/metrics/loss", "12/meta.yaml", "12/good/params/lr", "12/good/tags/t",
        ]
        for round in 0..<60 {
            let path = paths[round % paths.count]
            let file = store.appending(path: path)
            let before = try? Data(contentsOf: file)
            var bytes = before.map(Array.init) ?? []
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                let byte = UInt8.random(in: 0...255, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0 where !bytes.isEmpty: bytes[Int.random(in: 0..<bytes.count, using: &generator)] = byte
                case 1: bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator)))
                default: bytes.insert(byte, at: Int.random(in: 0...bytes.count, using: &generator))
                }
            }
            try Data(bytes).write(to: file)
            var seen = 0
            try MLflowStore(store).read { _, result in
                seen += 1
                _ = try? MLflowRecord.completed(result.get())
            }
            #expect(seen <= 1)
            try (before ?? Data()).write(to: file)
        }
        #expect(try MLflowImport(elsewhere).read(store).added.count == 1)
    }
}
