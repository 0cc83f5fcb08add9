import ArgumentParser
import Foundation
import LabStorage
import LabWorkbench

/// `labctl notebook`.
struct NotebookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notebook", abstract: "Execute Markdown files with command cells, or check their outputs.",
        discussion: """
            A cell is a fence with the language sh; the fence 'output' after it is what it printed. 'sh exits=65' expects
            that status, 'sh skip' is only shown. Cells run in a workspace of their own. What may differ is declared:

              <!-- lab:normalise
              [0-9.]+ s => <seconds>
              -->

              labctl notebook run notebooks-md/01-first-loop.md      writes the outputs into the file
              labctl notebook check notebooks-md/*.md
            """,
        subcommands: [NotebookRunCommand.self, NotebookCheckCommand.self])

    /// This program, as cells call it.
    static var labctl: URL {
        Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments.first ?? "labctl")
    }
}

struct NotebookRunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Execute the cells and write their outputs into the file.",
        discussion: """
              labctl notebook run notebooks-md/01-first-loop.md
            """)

    @Argument(help: "The notebook.", completion: .file(extensions: ["md"]))
    var file: String

    @OptionGroup var common: CommonOptions

    func run() throws {
        let url = URL(filePath: file)
        let notebook = try Notebook(file: url)
        let execution = try NotebookRunner(labctl: NotebookCommand.labctl).run(notebook) { index, count in
            common.note("cell \(index + 1) of \(count)")
        }
        let text = try notebook.text(outputs: execution.outputs, binding: execution.binding)
        try AtomicFile.write(Data(text.utf8), to: url)
        common.say("\(file): \(notebook.cells.count) cells executed, bound to \(execution.binding.runs.count) runs")
        try common.emit(execution.binding)
    }
}

struct NotebookCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Execute the cells and compare with the outputs in the file.",
        discussion: """
            Exit codes: 0 the same, 1 something differs or a cell failed, 65 not a notebook.

              labctl notebook check notebooks-md/*.md
            """)

    @Argument(help: "The notebooks.", completion: .file(extensions: ["md"]))
    var files: [String]

    @OptionGroup var common: CommonOptions

    func run() throws {
        var checks: [NotebookCheck] = []
        for file in files {
            let notebook = try Notebook(file: URL(filePath: file))
            let execution = try NotebookRunner(labctl: NotebookCommand.labctl).run(notebook) { index, count in
                common.note("\(file): cell \(index + 1) of \(count)")
            }
            let check = NotebookCheck(notebook, execution)
            checks.append(check)
            let scope = check.comparedNumbers ? "" : " (another numeric profile: numbers were not compared)"
            if check.differences.isEmpty { common.say("\(file): \(check.cells) cells give what is recorded\(scope)") }
        }
        try common.emit(["notebooks": checks])
        for check in checks { try check.check() }
    }
}
