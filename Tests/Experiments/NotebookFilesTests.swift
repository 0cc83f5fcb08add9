import Foundation
import LabTestKit
import LabWorkbench
import Testing

/// The committed notebooks: what they show is what their commands give.
@Suite("Committed notebooks")
struct NotebookFilesTests {
    static let folder = Checkout.root.appending(path: "notebooks-md")
    static let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".md") }.sorted()

    @Test("There is the first one, bound to sealed runs, with an output for each cell")
    func complete() throws {
        #expect(Self.files.first == "01-first-loop.md")
        for file in Self.files {
            let notebook = try Notebook(file: Self.folder.appending(path: file))
            #expect(notebook.cells.count >= 5 && notebook.cells.allSatisfy { $0.output != nil })
            #expect((notebook.binding?.runs.count ?? 0) > 5)
        }
    }

    @Test("Its cells give what is recorded, and a spoiled output is found", .enabled(if: Checkout.labctl != nil))
    func check() throws {
        let labctl = try #require(Checkout.labctl)
        for file in Self.files {
            let url = Self.folder.appending(path: file)
            let notebook = try Notebook(file: url)
            let execution = try NotebookRunner(labctl: labctl).run(notebook)
            let check = NotebookCheck(notebook, execution)
            #expect(check.differences == [], "if that is meant, run scripts/reference-runs.sh")

            // A word, since on another numeric profile digits are not compared.
            let text = try String(contentsOf: url, encoding: .utf8)
            let spoiled = text.replacingOccurrences(of: " identical ", with: " different ")
            #expect(spoiled != text)
            let found = NotebookCheck(try Notebook(text: spoiled, path: file), execution).differences
            #expect(found.count == 1 && found.allSatisfy { $0.contains("different") }, "\(found)")
        }
    }

    @Test("The command refuses a spoiled notebook with code 1", .enabled(if: Checkout.labctl != nil))
    func command() throws {
        let labctl = try #require(Checkout.labctl)
        let folder = FileManager.default.temporaryDirectory.appending(path: "lab-notebook-files-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appending(path: "n.md")
        let environment = ProcessInfo.processInfo.environment
        func run(_ verb: String) throws -> Program.Result {
            try Program(labctl, ["notebook", verb, url.path, "--quiet"], environment: environment, folder: folder)
                .run(limit: 120)
        }
        try Data("```sh\nlabctl runs list\n```\n".utf8).write(to: url)
        #expect(try run("run").status == 0)
        #expect(try run("check").status == 0)
        let text = try String(contentsOf: url, encoding: .utf8)
        #expect(text.contains("no runs yet in <workspace>/runs"))
        try Data(text.replacingOccurrences(of: "no runs yet", with: "many runs").utf8).write(to: url)
        let refused = try run("check")
        #expect(refused.status == 1)
        #expect(refused.errors.contains("many runs"), "\(refused.errors)")
    }
}
