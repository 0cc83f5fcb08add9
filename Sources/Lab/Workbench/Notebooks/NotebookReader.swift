import Foundation

/// Divides a notebook's lines into text, cells, rules and binding.
struct NotebookReader {
    let path: String
    private let lines: [String]
    private var index = 0
    private(set) var parts: [Notebook.Part] = []
    private(set) var rules: [(line: Int, text: String)] = []
    private(set) var binding: NotebookBinding?

    init(text: String, path: String) {
        self.path = path
        lines = text.components(separatedBy: "\n")
    }

    mutating func read() throws {
        var text: [String] = []
        while index < lines.count {
            let line = lines[index]
            if line.hasPrefix("```") {
                let words = line.dropFirst(3).split(separator: " ")
                guard words.first == "sh", !words.contains("skip") else {
                    text += try fence()
                    continue
                }
                keep(&text)
                parts.append(try cell(words))
            } else if line.hasPrefix("<!-- lab:normalise") {
                text += try comment()
            } else if line.hasPrefix(NotebookBinding.opening) {
                keep(&text)
                guard let found = NotebookBinding(comment: line) else {
                    throw fault("the binding cannot be read; remove it and run the notebook again")
                }
                binding = found
                parts.append(.binding)
                index += 1
            } else {
                text.append(line)
                index += 1
            }
        }
        keep(&text)
    }

    private mutating func keep(_ text: inout [String]) {
        if !text.isEmpty { parts.append(.text(text)) }
        text = []
    }

    /// A whole fence as it stands.
    private mutating func fence() throws -> [String] {
        let start = index
        index += 1
        while index < lines.count, lines[index] != "```" { index += 1 }
        guard index < lines.count else {
            index = start
            throw fault("the fence is never closed")
        }
        index += 1
        return Array(lines[start..<index])
    }

    private mutating func cell(_ words: [Substring]) throws -> Notebook.Part {
        let line = index + 1
        let opening = lines[index]
        var exits: Int32 = 0
        for word in words.dropFirst() {
            guard word.hasPrefix("exits="), let status = Int32(word.dropFirst(6)) else {
                throw fault("'\(word)' is not known after 'sh'; there are exits=<status> and skip")
            }
            exits = status
        }
        let command = try fence().dropFirst().dropLast().joined(separator: "\n")
        var output: String?
        if index < lines.count, lines[index] == "```output" {
            output = try fence().dropFirst().dropLast().joined(separator: "\n")
        }
        return .cell(Notebook.Cell(line: line, command: command, exits: exits, output: output), opening: opening)
    }

    /// The rules' HTML comment over several lines, as it stands.
    private mutating func comment() throws -> [String] {
        let start = index
        index += 1
        while index < lines.count, !lines[index].hasPrefix("-->") {
            if !lines[index].isEmpty { rules.append((index + 1, lines[index])) }
            index += 1
        }
        guard index < lines.count else {
            index = start
            throw fault("the comment is never closed by a line '-->'")
        }
        index += 1
        return Array(lines[start..<index])
    }

    private func fault(_ problem: String) -> WorkbenchError {
        .malformedNotebook(path: path, line: index + 1, problem: problem)
    }
}
