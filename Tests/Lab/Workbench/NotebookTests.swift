import Foundation
import LabNumerics
import Testing

@testable import LabWorkbench

@Suite("Notebooks")
struct NotebookTests {
    static let text = """
        # Title
        <!-- lab:normalise
        [0-9]+ ns => <time>
        -->
        Some text.

        ```sh
        echo "took $(date +%N) ns in $PWD"
        ```

        ```swift
        let notACell = true
        ```

        ```sh exits=3
        echo wrong >&2; exit 3
        ```

        ```sh skip
        rm -rf everything
        ```
        The end.
        """
    static let runner = NotebookRunner(labctl: URL(filePath: "/bin/true"), limit: 60)

    @Test("Cells are executed, outputs are written after them, and the result checks as the same")
    func roundTrip() throws {
        let notebook = try Notebook(text: Self.text, path: "n.md")
        #expect(notebook.cells.map(\.exits) == [0, 3])
        let execution = try Self.runner.run(notebook)
        #expect(execution.outputs[0].hasSuffix("in <workspace>"))
        #expect(execution.outputs[1] == "wrong")
        let written = try notebook.text(outputs: execution.outputs, binding: execution.binding)
        let again = try Notebook(text: written, path: "n.md")
        let check = NotebookCheck(again, try Self.runner.run(again))
        #expect(check.differences == [])
        #expect(check.comparedNumbers)
        // Writing the same outputs again changes nothing.
        #expect(try again.text(outputs: execution.outputs, binding: execution.binding) == written)
        #expect(written.contains("The end.") && written.contains("rm -rf everything"))
    }

    @Test("A changed output is named with its line; on another profile digits do not count")
    func differences() throws {
        let cell = "```sh\necho value 0.25 of 3\n```\n"
        let notebook = try Notebook(text: cell, path: "n.md")
        let execution = try Self.runner.run(notebook)
        let written = try notebook.text(outputs: ["value 0.26 of 3"], binding: execution.binding)
        let changed = try Notebook(text: written, path: "n.md")
        let check = NotebookCheck(changed, execution)
        #expect(check.differences == ["line 1, output line 1: recorded 'value 0.26 of 3', now 'value 0.25 of 3'"])
        #expect(throws: WorkbenchError.self) { try check.check() }

        let elsewhere = NumericProfile(
            processorLevel: "x", blas: "y", blasCore: "z", threads: 1, libc: "l", swift: "s")
        #expect(NotebookCheck(changed, execution, profile: elsewhere).differences == [])
        let words = try Notebook(text: written.replacingOccurrences(of: "value 0.26", with: "figure 0.26"), path: "n")
        #expect(NotebookCheck(words, execution, profile: elsewhere).differences.count == 1)
        let unbound = NotebookCheck(try Notebook(text: cell, path: "n.md"), execution)
        #expect(unbound.differences.contains("it is bound to no runs: run it once"))
    }

    @Test("A cell can name what lies beside its notebook")
    func folder() throws {
        let notebook = try Notebook(text: "```sh\necho \"$NOTEBOOK_FOLDER\"\n```\n", path: "/somewhere/n.md")
        #expect(try Self.runner.run(notebook).outputs == ["/somewhere"])
    }

    @Test("A cell that ends otherwise than it says is an error at its line")
    func failure() throws {
        let notebook = try Notebook(text: "x\n\n```sh\nfalse\n```\n", path: "n.md")
        #expect(
            throws: WorkbenchError.cellFailed(path: "n.md", line: 3, expected: 0, status: 1, output: "")
        ) { try Self.runner.run(notebook) }
        let slow = try Notebook(text: "```sh\nexec sleep 60\n```\n", path: "n.md")
        #expect(throws: WorkbenchError.programTimedOut(name: "sh", seconds: 0.2)) {
            try NotebookRunner(labctl: URL(filePath: "/bin/true"), limit: 0.2).run(slow)
        }
    }

    @Test(
        "What is no notebook is refused with the line",
        arguments: [
            ("```sh\nnever closed", 1), ("a\n```sh wrong=1\n```", 2), ("<!-- lab:normalise\n( => x\n-->", 2),
            ("<!-- lab:normalise\nno arrow\n-->", 2), ("<!-- lab:normalise\n", 1), ("<!-- lab:runs nonsense -->", 1),
        ])
    func malformed(_ text: String, _ line: Int) {
        do {
            _ = try Notebook(text: text, path: "n.md")
            Issue.record("it was accepted")
        } catch let WorkbenchError.malformedNotebook(path, found, _) {
            #expect(path == "n.md" && found == line)
        } catch {
            Issue.record("\(error)")
        }
    }
}
