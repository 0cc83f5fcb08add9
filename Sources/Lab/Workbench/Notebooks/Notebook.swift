import Foundation

/// A Markdown file whose command cells are executed and whose outputs are checked.
///
/// A cell is a fence with the language `sh`; its recorded output is the fence `output` that follows. `sh exits=65`
/// expects that status, `sh skip` is only shown. Rules in an HTML comment say what differs from time to time, one a
/// line: `<!-- lab:normalise`, then `regular expression => replacement`. The comment `<!-- lab:runs {…} -->` at the end
/// binds the outputs to the sealed runs that the cells made. `$NOTEBOOK_FOLDER` is the folder of the file.
public struct Notebook: Sendable, Equatable {
    /// One command cell.
    public struct Cell: Sendable, Equatable {
        /// The line of its fence, from 1.
        public let line: Int
        public let command: String
        /// The status that it should end with.
        public let exits: Int32
        /// What was recorded; `nil` where nothing was yet.
        public let output: String?
    }

    /// The file in order: text that is kept as it is, and cells.
    enum Part: Sendable, Equatable {
        case text([String])
        /// The fence's own first line is kept.
        case cell(Cell, opening: String)
        case binding
    }

    public let path: String
    let parts: [Part]
    public let normalisation: Normalisation
    public let binding: NotebookBinding?

    public var cells: [Cell] {
        parts.compactMap { part in
            if case .cell(let cell, _) = part { cell } else { nil }
        }
    }

    /// Reads a notebook; throws `WorkbenchError.malformedNotebook` with the line.
    public init(file: URL) throws {
        let text: String
        do {
            text = try String(contentsOf: file, encoding: .utf8)
        } catch {
            throw WorkbenchError.cannotRead(path: file.path, reason: error.localizedDescription)
        }
        try self.init(text: text, path: file.path)
    }

    public init(text: String, path: String) throws {
        var reader = NotebookReader(text: text, path: path)
        try reader.read()
        self.path = path
        parts = reader.parts
        normalisation = try Normalisation(rules: reader.rules, path: path)
        binding = reader.binding
    }

    /// The notebook's text with new outputs and a new binding.
    ///
    /// - Parameter outputs: one a cell, in order.
    public func text(outputs: [String], binding: NotebookBinding?) throws -> String {
        var lines: [String] = []
        var remaining = outputs[...]
        for part in parts {
            switch part {
            case .text(let text): lines += text
            case .cell(let cell, let opening):
                lines += [opening] + cell.command.components(separatedBy: "\n") + ["```"]
                let output = remaining.popFirst() ?? ""
                if !output.isEmpty { lines += ["```output"] + output.components(separatedBy: "\n") + ["```"] }
            case .binding: break
            }
        }
        while lines.last?.isEmpty ?? false { lines.removeLast() }
        if let binding { lines += ["", try binding.comment] }
        return lines.joined(separator: "\n") + "\n"
    }
}
