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
    ///   - segment: the column or key of a group that the text belongs to; `nil` asks for none. A record without the key
    ///     belongs to none.
    /// - Throws: `LanguageError.unknownLabel` with the line, `.badTextFile`, `StorageError.missingColumn`,
    ///   `.malformedRecord`, `.noSuchObject`.
    public static func read(
        file: URL, classes: [String]? = nil, text: String = "text", label: String = "label", segment: String? = nil
    ) throws -> LabelledTexts {
        if let missing = TextFile.missing(file) { throw missing }
        let rows: [Row]
        switch file.pathExtension.lowercased() {
        case "csv": rows = try table(file, separator: ",", text, label, segment)
        case "tsv": rows = try table(file, separator: "\t", text, label, segment)
        case "jsonl", "ndjson": rows = try records(file, text, label, segment)
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
        let labels = try rows.map { row in
            guard let place = places[row.label] else {
                throw LanguageError.unknownLabel(
                    row.label, file: file.lastPathComponent, line: row.line, known: names)
            }
            return place
        }
        return LabelledTexts(
            classes: names, texts: rows.map(\.text), labels: labels,
            segments: segment == nil ? nil : rows.map { $0.segment ?? "" })
    }

    private struct Row {
        let line: Int
        let text: String
        let label: String
        let segment: String?
    }

    private static func table(
        _ file: URL, separator: Character, _ text: String, _ label: String, _ segment: String?
    ) throws -> [Row] {
        let table = try CSVTable(file, separator: separator)
        let (textColumn, labelColumn) = (try table.index(of: text), try table.index(of: label))
        let segmentColumn = try segment.map { segment in
            guard let column = table.header.firstIndex(of: segment) else {
                throw missing(segment, file, table.header)
            }
            return column
        }
        var rows: [Row] = []
        while let record = try table.next() {
            let fields = record.fields
            rows.append(
                Row(
                    line: record.line, text: fields[textColumn], label: fields[labelColumn],
                    segment: segmentColumn.map { fields[$0] }))
        }
        return rows
    }

    /// Any column may be meant, so all are named rather than the nearest.
    private static func missing(_ segment: String, _ file: URL, _ present: [String]) -> StorageError {
        .missingColumn(file: file.path, column: segment, nearest: nil, present: present)
    }

    private static func records(
        _ file: URL, _ text: String, _ label: String, _ segment: String?
    ) throws -> [Row] {
        let reader = try JSONLinesReader(file)
        var rows: [Row] = []
        var keys: Set<String> = []
        while let record = try reader.next([String: Field].self) {
            guard case .word(let words)? = record[text], let name = record[label]?.name else {
                throw LanguageError.badTextFile(
                    file: file.lastPathComponent, line: reader.line, reason: "it has no \"\(text)\" or no \"\(label)\"")
            }
            let group = segment.flatMap { record[$0] }
            if let segment, case .other? = group {
                throw LanguageError.badTextFile(
                    file: file.lastPathComponent, line: reader.line,
                    reason: "its \"\(segment)\" is no text, whole number or truth value")
            }
            if segment != nil { keys.formUnion(record.keys) }
            rows.append(Row(line: reader.line, text: words, label: name, segment: group?.group))
        }
        if let segment, !rows.isEmpty, !keys.contains(segment) { throw missing(segment, file, keys.sorted()) }
        return rows
    }

    /// A value of which only texts, whole numbers and, for segments, truth values are of use.
    private enum Field: Decodable {
        case word(String)
        case number(Int)
        case flag(Bool)
        case nothing
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let word = try? container.decode(String.self) {
                self = .word(word)
            } else if let number = try? container.decode(Int.self) {
                self = .number(number)
            } else if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if container.decodeNil() {
                self = .nothing
            } else {
                self = .other
            }
        }

        var name: String? {
            switch self {
            case .word(let word): word
            case .number(let number): String(number)
            case .flag, .nothing, .other: nil
            }
        }

        var group: String? {
            if case .flag(let flag) = self { String(flag) } else { name }
        }
    }
}
