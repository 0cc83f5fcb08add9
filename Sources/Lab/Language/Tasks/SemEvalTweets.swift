import Foundation

/// Tweets of SemEval-2013 to 2016, task A: number, tab, class, tab, tweet a line, no header.
enum SemEvalTweets {
    static let classes = LanguageTask.sentiment.classes

    /// One line of a file.
    struct Tweet {
        let id: String
        let label: Int
        let text: String
        let line: Int
    }

    /// Reads one file.
    ///
    /// - Throws: `LanguageError.unknownLabel` with the line, `.badTextFile`, `StorageError`.
    static func read(_ file: URL) throws -> [Tweet] {
        try TextFile.lines(file).enumerated().map { index, line in
            let fields = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else {
                throw LanguageError.badTextFile(
                    file: file.lastPathComponent, line: index + 1,
                    reason: "it has \(fields.count) fields instead of number, class and tweet")
            }
            guard let label = classes.firstIndex(of: String(fields[1])) else {
                throw LanguageError.unknownLabel(
                    String(fields[1].prefix(40)), file: file.lastPathComponent, line: index + 1, known: classes)
            }
            return Tweet(id: String(fields[0]), label: label, text: text(fields[2]), line: index + 1)
        }
    }

    /// The tweet of a field: without the tabs behind it and the quotes around it, doubled quotes and escapes resolved.
    static func text(_ field: Substring) -> String {
        var field = field
        while field.last == "\t" || field.last == "\r" { field.removeLast() }
        if field.count > 1, field.first == "\"", field.last == "\"" { field = field.dropFirst().dropLast() }
        let plain = field.contains("\\") ? unescaped(Array(field.unicodeScalars)) : String(field)
        guard plain.contains("\"\"") else { return plain }
        // Some files were quoted twice over, so that one quote became four.
        return plain.replacing("\"\"\"\"", with: "\"").replacing("\"\"", with: "\"")
    }

    /// Resolves `\uXXXX`, pairs of surrogates too, and a backslash before a quote, a slash or a backslash; others stay.
    private static func unescaped(_ scalars: [Unicode.Scalar]) -> String {
        var units: [UInt16] = []
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            if scalar == "\\", index + 1 < scalars.count {
                let next = scalars[index + 1]
                if next == "u", index + 5 < scalars.count,
                    let unit = UInt16(String(String.UnicodeScalarView(scalars[(index + 2)...(index + 5)])), radix: 16)
                {
                    units.append(unit)
                    index += 6
                    continue
                }
                if next == "\"" || next == "/" || next == "\\" {
                    units.append(UInt16(next.value))
                    index += 2
                    continue
                }
            }
            units.append(contentsOf: String(scalar).utf16)
            index += 1
        }
        return String(decoding: units, as: UTF16.self)
    }
}
