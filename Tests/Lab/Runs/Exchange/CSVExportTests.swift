import Foundation
import LabExperimentTestKit
import LabStorage
import LabTestKit
import Testing

@testable import LabRuns

@Suite struct CSVExportTests {
    let folder: TemporaryFolder
    let launcher: Launcher

    init() throws {
        folder = try TemporaryFolder()
        launcher = Launcher(workspace: Workspace(folder.url), datasets: Awkward.datasets)
    }

    private func export() async throws -> (runs: [SealedRun], out: URL) {
        let awkward = try await launcher.train(Awkward.self, seed: 3)
        let walk = try await launcher.train(Walk.self, configuration: .init(steps: 4), seed: 5)
        let out = folder.url.appending(path: "table")
        _ = try CSVExport().write([awkward, walk], to: out)
        return ([awkward, walk], out)
    }

    private func rows(_ file: URL) throws -> [[String: String]] {
        let table = try CSVTable(file)
        var rows: [[String: String]] = []
        while let record = try table.next() {
            rows.append(Dictionary(zip(table.header, record.fields)) { first, _ in first })
        }
        return rows
    }

    @Test func ourReaderGetsEveryCellBack() async throws {
        let (runs, out) = try await export()
        let table = try rows(out.appending(path: "runs.csv"))
        #expect(table.map { $0["id"] } == runs.sorted { $0.id < $1.id }.map { $0.id })
        let awkward = try #require(table.first { $0["experiment"] == "test/awkward" })
        #expect(awkward["config.text"] == "yes, \"quoted\"\nsecond line")
        #expect(awkward["figure.f1"] == "0.75" && awkward["figure.f1.upper"] == "0.8")
        #expect(awkward["figure.f1.unit"] == "EUR" && awkward["figure.nothing"] == "nan")
        #expect(awkward["config.steps"] == "" && awkward["seed"] == "3")
        let points = try rows(out.appending(path: "metrics.csv"))
        for run in runs {
            let found = points.filter { $0["id"] == run.id }
            let expected = try run.metrics()
            #expect(found.map { $0["name"] } == expected.map { $0.name })
            #expect(found.map { $0["step"] } == expected.map { String($0.step) })
            for (one, point) in zip(found, expected) {
                let value = Double(one["value"] ?? "") ?? 0
                #expect(value == point.value || (value.isNaN && point.value.isNaN))
            }
        }
    }

    @Test(.enabled(if: ClientPython.isInstalled, "SKIPPED: no Python; run scripts/venv.sh clients"))
    func pythonReadsTheSame() async throws {
        let (runs, out) = try await export()
        let script = """
            import csv, json, sys
            read = lambda name: list(csv.DictReader(open(sys.argv[1] + "/" + name, newline=""), strict=True))
            runs, points = read("runs.csv"), read("metrics.csv")
            print(json.dumps({"text": [r["config.text"] for r in runs], "sum": len(points),
                "names": sorted({p["name"] for p in points}), "nan": sum(float(p["value"]) != float(p["value"]) for p in points)}))
            """
        let (status, output) = try ClientPython.run(script, [out.path])
        try #require(status == 0, "\(output)")
        struct Seen: Decodable {
            var text: [String]
            var sum: Int
            var names: [String]
            var nan: Int
        }
        let seen = try JSONDecoder().decode(Seen.self, from: Data(output.utf8))
        #expect(seen.text.contains("yes, \"quoted\"\nsecond line"))
        let points = try runs.flatMap { try $0.metrics() }
        #expect(seen.sum == points.count && seen.nan == 2)
        #expect(Set(seen.names) == Set(points.map(\.name)))
    }
}
