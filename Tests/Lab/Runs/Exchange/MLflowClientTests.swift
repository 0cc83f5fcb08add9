import Foundation
import LabExperimentTestKit
import LabTestKit
import Testing

@testable import LabRuns

/// The real client of MLflow reads our export, and refuses it where it is spoiled.
@Suite(.enabled(if: ClientPython.isInstalled, "SKIPPED: no Python with mlflow; run scripts/venv.sh clients"))
struct MLflowClientTests {
    struct Seen: Decodable {
        struct Store: Decodable {
            var runs: [String: Run]
            var versions: [[Field]]
            var found: [String]
        }

        struct Run: Decodable {
            var experiment: String
            var id: String
            var name: String
            var status: String
            var start: Int
            var end: Int
            var params: [String: String]
            var tags: [String: String]
            var last: [String: String]
            var metrics: [String: [[Field]]]
            var artifacts: [String]
            var plots: [String]
            var datasets: [[Field]]
        }

        var file: Store
        var sqlite: Store
        var badMeta: String?
        var badMetric: String?
    }

    typealias Field = ConfigurationValue

    let folder: TemporaryFolder
    let launcher: Launcher

    init() throws {
        folder = try TemporaryFolder()
        launcher = Launcher(workspace: Workspace(folder.url), datasets: Awkward.datasets)
    }

    @Test func mlflowReadsTheStoreAndItsMigrationAndRefusesSpoiledOnes() async throws {
        let walk = try await launcher.train(Walk.self, configuration: .init(steps: 20), seed: 5)
        let awkward = try await launcher.train(Awkward.self, seed: 3)
        let store = folder.url.appending(path: "mlruns")
        _ = try MLflowExport(model: "policy").write([walk], to: store)
        let report = try MLflowExport(model: "policy").write([walk, awkward], to: store)
        #expect(report.added == [awkward.reference] && report.present == [walk.reference])

        let number = MLflowText.experimentNumber("test/walk")
        let run = "\(number)/\(MLflowText.runNumber(walk.id))"
        let badMeta = try spoiled(store, "meta", "\(run)/meta.yaml") { "][" + $0 }
        let badMetric = try spoiled(store, "metric", "\(run)/metrics/position") { $0 + "12 one 3 4\n" }
        let database = folder.url.appending(path: "mlflow.db")
        let (status, output) = try ClientPython.run(
            MLflowScript.look, [store.path, database.path, badMeta.path, badMetric.path])
        let text = try #require(output.components(separatedBy: "\nRESULT").last, "\(output)")
        try #require(status == 0, "\(output)")
        let seen = try JSONDecoder().decode(Seen.self, from: Data(text.utf8))
        for (kind, found) in [("file", seen.file), ("sqlite", seen.sqlite)] {
            try check(try #require(found.runs[walk.reference]), walk, kind)
            try check(try #require(found.runs[awkward.reference]), awkward, kind)
            #expect(found.runs.count == 2)
            #expect(found.found == [awkward.reference])
            #expect(found.versions.count == 1)
            #expect(found.versions.first?[2] == .text(MLflowText.runNumber(awkward.id)))
        }
        #expect(seen.badMeta != nil)
        // What MLflow made of it comes back to us as well; its database keeps infinities as the largest numbers.
        let back = Launcher(workspace: Workspace(folder.url.appending(path: "back")))
        let imported = try MLflowImport(back).read(database)
        #expect(imported.added.sorted() == ["imported/test-awkward/1", "imported/test-walk/1"])
        #expect(imported.quarantined == [])
        let again = try back.workspace.run("imported/test-walk/1")
        #expect(again.configuration == walk.configuration && again.artifactNames == walk.artifactNames)
        #expect(try ResultDigest.metrics(again.metrics()) == ResultDigest.metrics(walk.metrics()))
        #expect(seen.badMetric?.contains("malformed") == true, "\(seen.badMetric ?? "read")")
    }

    private func spoiled(_ store: URL, _ name: String, _ path: String, _ change: (String) -> String) throws -> URL {
        let copy = folder.url.appending(path: "spoiled-\(name)")
        try FileManager.default.copyItem(at: store, to: copy)
        let file = copy.appending(path: path)
        try Data(change(String(contentsOf: file, encoding: .utf8)).utf8).write(to: file)
        return copy
    }

    private func check(_ seen: Seen.Run, _ run: SealedRun, _ kind: String) throws {
        #expect(seen.experiment == run.experiment)
        #expect(seen.id == ULID.hex(run.id))
        #expect(seen.name == run.reference && seen.tags["mlflow.runName"] == run.reference)
        #expect(seen.status == "FINISHED")
        #expect(seen.start == Int(run.record.started.timeIntervalSince1970) * 1000)
        #expect(seen.end == Int(run.seal.sealed.timeIntervalSince1970) * 1000)
        #expect(seen.tags["lab.resultDigest"] == run.seal.resultDigest)
        #expect(seen.params["seed"] == String(run.record.seed))

        let series = ResultDigest.series(try run.metrics())
        let names = MLflowNames(series.map(\.name) + run.evaluation.exportedNumbers.map { "evaluation/" + $0.name })
        for (name, points) in series {
            let values = try #require(seen.metrics[names[name]], "\(kind): \(name)")
            // The database gives points in an order of its own.
            let found = values.map { "\(text($0[2])) \(number($0[1]))" }.sorted()
            let expected = points.map { "\($0.step) \(kept($0.value, kind))" }.sorted()
            #expect(found == expected, "\(kind): \(name)")
        }
        #expect(seen.metrics.count == series.count + run.evaluation.exportedNumbers.count)
        for (name, value) in run.evaluation.exportedNumbers {
            #expect(number(.text(seen.last["evaluation/" + name] ?? "")) == "\(kept(value, kind))")
        }
        let settings = run.configuration.flattened()
        for (key, value) in settings where value.exportedText.unicodeScalars.count <= MLflowExport.longestParameter {
            #expect(seen.params[key] == value.exportedText, "\(kind): \(key)")
        }
        #expect(seen.params.count == settings.count + 1)
        let tops = Set(run.artifactNames.map { String($0.prefix { $0 != "/" }) }).union(["lab-run"])
        #expect(Set(seen.artifacts) == tops)
        #expect(seen.plots == run.artifactNames.filter { $0.hasPrefix("plots/") })
        #expect(seen.datasets.count == run.record.datasets.count)
        for (name, digest) in run.record.datasets {
            #expect(seen.datasets[0][0] == .text(name))
            #expect(seen.datasets[0][1] == .text(String(digest.prefix(36))))
        }
    }

    private func text(_ field: Field) -> String { field.exportedText }

    private func number(_ field: Field) -> String { "\(Double(text(field)) ?? .nan)" }

    /// MLflow's database keeps infinities as the largest numbers.
    private func kept(_ value: Double, _ kind: String) -> Double {
        guard kind == "sqlite", value.isInfinite else { return value }
        return value > 0 ? .greatestFiniteMagnitude : -.greatestFiniteMagnitude
    }
}
