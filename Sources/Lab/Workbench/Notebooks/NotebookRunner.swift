import Foundation
import LabRuns

/// Executes a notebook's cells, one after another, in a workspace made for it and removed afterwards.
public struct NotebookRunner: Sendable {
    /// The `labctl` that cells call.
    public let labctl: URL
    /// What cells see besides; `LAB_HOME` and `LAB_WORKSPACE` are the notebook's own, `NOTEBOOK_FOLDER` is where its file lies.
    public var environment: [String: String]
    /// Seconds that one cell may take.
    public var limit: Double

    public init(
        labctl: URL, environment: [String: String] = ProcessInfo.processInfo.environment, limit: Double = 600
    ) {
        self.labctl = labctl
        self.environment = environment
        self.limit = limit
    }

    /// What came of an execution.
    public struct Execution: Sendable, Equatable {
        /// One a cell, in order; paths of the workspace are written `<workspace>`.
        public let outputs: [String]
        public let binding: NotebookBinding
    }

    /// Runs every cell; throws `WorkbenchError.cellFailed` at the first that ends with another status than expected.
    ///
    /// - Parameter told: called before each cell with its index and the number of cells.
    public func run(_ notebook: Notebook, told: (Int, Int) -> Void = { _, _ in }) throws -> Execution {
        let files = FileManager.default
        let root = files.temporaryDirectory.appending(path: "lab-notebook-\(UUID().uuidString)")
        let workspace = root.appending(path: "workspace")
        let programs = root.appending(path: "bin")
        defer { try? files.removeItem(at: root) }
        do {
            try files.createDirectory(at: workspace, withIntermediateDirectories: true)
            try files.createDirectory(at: programs, withIntermediateDirectories: true)
            // Cells say `labctl`, whatever the program that runs the notebook is called; a link would hide where it lies.
            let script = "#!/bin/sh\nexec '\(labctl.path.replacingOccurrences(of: "'", with: "'\\''"))' \"$@\"\n"
            let program = programs.appending(path: "labctl")
            try Data(script.utf8).write(to: program)
            try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
        } catch {
            throw WorkbenchError.cannotWrite(path: root.path, reason: error.localizedDescription)
        }
        var environment = environment
        environment["PATH"] = programs.path + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
        environment["LAB_HOME"] = root.appending(path: "home").path
        environment["LAB_WORKSPACE"] = workspace.path
        environment["NOTEBOOK_FOLDER"] = URL(filePath: notebook.path).deletingLastPathComponent().path
        environment["LC_ALL"] = "C.UTF-8"
        let cells = notebook.cells
        var outputs: [String] = []
        for (index, cell) in cells.enumerated() {
            told(index, cells.count)
            let shell = Program(
                URL(filePath: "/bin/sh"), ["-c", cell.command], environment: environment, folder: workspace)
            let result = try shell.run(limit: limit)
            guard result.status == cell.exits else {
                throw WorkbenchError.cellFailed(
                    path: notebook.path, line: cell.line, expected: cell.exits, status: result.status,
                    output: result.output + result.errors)
            }
            // Progress goes to standard error; it is shown only where a cell is there to show an error.
            let said = cell.exits == 0 ? result.output : result.output + result.errors
            outputs.append(Self.tidy(said, workspace: workspace, root: root))
        }
        return Execution(outputs: outputs, binding: try NotebookBinding(workspace: Workspace(workspace)))
    }

    private static func tidy(_ text: String, workspace: URL, root: URL) -> String {
        var text = text.replacingOccurrences(of: workspace.path, with: "<workspace>")
            .replacingOccurrences(of: root.path, with: "<notebook>")
        while text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}
