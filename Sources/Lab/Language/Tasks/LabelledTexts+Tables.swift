public import Foundation
import LabStorage

extension LabelledTexts {
    /// Reads a user's own file with a text and a class a row: CSV or TSV with a line of column names, or JSON Lines.
    ///
    /// The file's ending decides: `.csv`, `.tsv`, `.jsonl` or `.ndjson`.
    ///
    /// - Parameters:
    ///   - classes: names in the order of their numbers; `nil` takes those of the file, sorted.
    ///   - text: the column or key of the text.
    ///   - label: the column or key of the class.
    /// - Throws: `LanguageError.unknownLabel` with the line, `.badTextFile`, `StorageError.missingColumn`,
    ///   `.malformedRecord`, `.noSuchObject`.
    public static func read(
        file: URL, classes: [String]? = nil, text: String = "text", label: String = "label"
    ) throws -> LabelledTexts {
        if let missing = TextFile.missing(file) { throw missing }
        let rows: [Row]
        switch file.pathExtension.lowercased() {
        case "csv": rows = try table(file, separator: ",", text: text, label: label)
        case "tsv": rows = try table(file, separator: "\t", text: text, label: label)
        case "jsonl", "ndjson": rows = try records(file, text: text, label: label)
        default:
            throw LanguageError.unsupportedModel(
                file: file.lastPathComponent, what: "the ending '\(file.pathExtension)'",
                supported: "one of the endings csv, tsv, jsonl and ndjson")
        }
        guard !rows.isEmpty else {
            throw LanguageError.badTextFile(file: file.lastPathComponent, line: 1, reason: "it has no rows")
        }
        let names = classes ?? Set(rows.map(\.label)).sorted()
        let places = Dictionary(zip(names, names.indices)) { first, _ in first }
        var result = LabelledTexts(classes: names)
        for row in rows {
            guard let place = places[row.label] else {
                throw LanguageError.unknownLabel(
                    row.label, file: file.lastPathComponent, line: row.line, known: names)
            }
            result.append(row.text, label: place)
        }
        return result
    }

    private struct Row {
        let line: Int
        let text: String
        let label: String
    }

    private static func table(_ file: URL, separator: Character, text: String, label: String) throws -> [Row] {
        let table = try CSVTable(file, separator: separator)
        let (textColumn, labelColumn) = (try table.index(of: text), try table.index(of: label))
        var rows: [Row] = []
        while let record = try table.next() {
            rows.append(Row(line: record.line, text: record.fields[textColumn], label: record.fields[labelColumn]))
        }
        return rows
    }

    private static func records(_ file: URL, text: String, label: String) throws -> [Row] {
        let reader = try JSONLinesReader(file)
        var rows: [Row] = []
        while let record = try reader.next([String: Field].self) {
            guard case .word(let words)? = record[text], let name = record[label]?.name else {
                throw LanguageError.badTextFile(
                    file: file.lastPathComponent, line: reader.line, reason: "it has no \"\(text)\" or no \"\(label)\"")
            }
            rows.append(Row(line: reader.line, text: words, label: name))
        }
        return rows
    }

    /// A value of which only texts and whole numbers are of use.
    private enum Field: Decodable {
        case word(String)
        case number(Int)
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let word = try? container.decode(String.self) {
                self = .word(word)
            } else if let number = try? container.decode(Int.self) {
                self = .number(number)
            } else {
                self = .other
            }
        }

        var name: String? {
            switch self {
            case .word(let word): word
            case .number(let number): String(number)
            case .other: nil
            }
        }
    }
}
