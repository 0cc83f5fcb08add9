import Foundation
import LabExperimentTestKit
import Testing

@testable import LabRuns

@Suite struct MLflowExportTests {
    let folder: TemporaryFolder
    let launcher: Launcher

    init() throws {
        folder = try TemporaryFolder()
        launcher = Launcher(workspace: Workspace(folder.url), datasets: Awkward.datasets)
    }

    @Test func theSameRunsGiveTheSameBytes() async throws {
        let run = try await launcher.train(Awkward.self, seed: 3)
        let store = folder.url.appending(path: "mlruns")
        let report = try MLflowExport(artifactRoot: "mlruns").write([run], to: store)
        let again = folder.url.appending(path: "again")
        _ = try MLflowExport(artifactRoot: "mlruns").write([run, run], to: again)
        let first = try content(store)
        #expect(first == (try content(again)))
        #expect(first.count > 40)
        #expect(report.renamed.contains { $0.contains("../up → _../up-") })
        #expect(report.renamed.contains { $0.contains("setting long is cut") })
        // Exporting once more adds and changes nothing.
        let third = try MLflowExport(artifactRoot: "mlruns").write([run], to: store)
        #expect(third.added == [] && third.present == [run.reference])
        #expect(try content(store) == first)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0 != ".lab" }.sorted() == [
                "again", "mlruns", "runs",
            ])
    }

    @Test func aFolderThatHoldsSomethingElseIsRefused() async throws {
        let run = try await launcher.train(Walk.self, configuration: .init(steps: 2))
        #expect(throws: RunsError.self) { try MLflowExport().write([run], to: run.folder) }
        try run.verify()
        let file = folder.url.appending(path: "file")
        try Data().write(to: file)
        #expect(throws: RunsError.self) { try MLflowExport().write([run], to: file.appending(path: "mlruns")) }
        #expect(throws: RunsError.self) {
            try MLflowExport(model: "a/b").write([run], to: folder.url.appending(path: "m"))
        }
        #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "m").path))
    }

    @Test func aDamagedRunIsNotExported() async throws {
        let run = try await launcher.train(Walk.self, configuration: .init(steps: 2))
        try Data("x".utf8).write(to: run.folder.appending(path: "artifacts/positions.bin"))
        let store = folder.url.appending(path: "mlruns")
        #expect(throws: RunsError.self) { try MLflowExport().write([run], to: store) }
        #expect(!FileManager.default.fileExists(atPath: store.path))
    }

    @Test func namesStayApartAndFit() {
        let keys = Awkward.metricNames + ["né_t", "a/b", "a", "..", ".", "a/b/c", String(repeating: "é/", count: 200)]
        let names = MLflowNames(keys)
        #expect(Set(names.names.values).count == Set(keys).count)
        for (key, name) in names.names {
            #expect(name.utf8.count <= 250 && !name.isEmpty, "\(key)")
            let parts = name.split(separator: "/", omittingEmptySubsequences: false)
            #expect(parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }, "\(name)")
            #expect(!names.names.values.contains { $0.hasPrefix(name + "/") }, "\(name)")
            #expect(names.changed[name] ?? name == key)
        }
        #expect(names["ok.name-1 :x"] == "ok.name-1 :x")
    }

    @Test func identifiersInHexadecimalKeepEveryBit() {
        #expect(ULID.hex("00000000000000000000000000") == String(repeating: "0", count: 32))
        #expect(ULID.hex("7ZZZZZZZZZZZZZZZZZZZZZZZZZ") == String(repeating: "f", count: 32))
        // The example of https://github.com/ulid/spec in both forms.
        #expect(ULID.hex("01ARZ3NDEKTSV4RRFFQ69G5FAV") == "01563e3ab5d3d6764c61efb99302bd5b")
        #expect(ULID.hex("nonsense") == nil)
    }

    private func content(_ url: URL) throws -> [String: Data] {
        var result: [String: Data] = [:]
        for path in try FolderContent.files(in: url) { result[path] = try Data(contentsOf: url.appending(path: path)) }
        return result
    }
}
