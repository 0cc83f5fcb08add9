import Foundation
import LabRuns
import LabStorage
import Testing

@testable import LabCommand

@Suite struct DataCommandTests {
    private func run(_ arguments: [String], in folder: URL) async -> (status: Int32, output: String, errors: String) {
        let console = RecordingConsole()
        let status = await LabCommand.execute(
            ["data"] + arguments + ["--workspace", folder.path], registry: Registry(), console: console.console)
        return (status, console.output, console.errors)
    }

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lab-data-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    @Test func theCommittedDatasetIsListedVerifiedAndSampled() async throws {
        try await withFolder { folder in
            let list = await run(["list"], in: folder)
            #expect(list.status == 0 && list.output.contains("lab-posts"))
            let verify = await run(["verify", "lab-posts"], in: folder)
            #expect(verify.status == 0 && verify.output == "lab-posts: present\n")
            let first = await run(["sample", "lab-posts", "--count", "3", "--json"], in: folder)
            #expect(first.status == 0)
            #expect(await run(["sample", "lab-posts", "--count", "3", "--json"], in: folder).output == first.output)
            #expect(await run(["sample", "lab-posts", "--seed", "1", "--json"], in: folder).output != first.output)
        }
    }

    @Test func ownDataAreAddedAndAnAlteredFileIsFound() async throws {
        try await withFolder { folder in
            let csv = folder.appendingPathComponent("posts.csv")
            let map = folder.appendingPathComponent("map.yaml")
            try Data("nr,body\n1,hello\n2,\n".utf8).write(to: csv)
            try Data("columns: {id: nr, text: body}".utf8).write(to: map)
            let add = await run(["add", csv.path, "--map", map.path, "--json"], in: folder)
            #expect(add.status == 0 && add.output.contains("\"rejected\" : 1"))
            let catalogue = DatasetCatalogue.standard(workspace: folder)
            try Data("spoiled".utf8).write(to: catalogue.folder(of: "posts").appendingPathComponent("rows.jsonl"))
            let verify = await run(["verify", "posts"], in: folder)
            #expect(verify.status == 65 && verify.errors.contains(Digest.sha256("spoiled")))
            #expect(try verify.errors.contains(catalogue.manifest("posts").files[0].sha256))
            try Data("columns: {id: nr, text: bdy}".utf8).write(to: map)
            let wrong = await run(["add", csv.path, "--map", map.path, "--replace"], in: folder)
            #expect(wrong.status == 65 && wrong.errors.contains("the nearest is \"body\""))
        }
    }

    @Test func mistakesHaveTheirExitCodes() async throws {
        try await withFolder { folder in
            #expect(await run(["pull"], in: folder).status == 64)
            #expect(await run(["pull", "lab-post"], in: folder).status == 66)
            #expect(await run(["add", "none.csv", "--map", "none.yaml"], in: folder).status == 66)
        }
    }
}
