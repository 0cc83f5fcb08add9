import Foundation
import LabStorage

/// The records of a user's CSV, TSV or JSON Lines file, reduced to the mapped columns.
final class UserRecords {
    enum Record {
        case values(line: Int, [ColumnMeaning: String])
        case unreadable(line: Int, reason: String)
    }

    private enum Source {
        case table(CSVTable, [(ColumnMeaning, Int)])
        case lines(JSONLinesReader, [(ColumnMeaning, String)])
    }

    private let source: Source

    init(_ file: URL, _ map: UserMap) throws {
        guard FileManager.default.fileExists(atPath: file.path) else { throw StorageError.notFound(path: file.path) }
        let ending = file.pathExtension.lowercased()
        let format = map.format ?? (ending == "ndjson" ? .jsonl : UserMap.Format(rawValue: ending)) ?? .csv
        let columns = map.columns.sorted { $0.key.rawValue < $1.key.rawValue }
        switch format {
        case .jsonl:
            try Self.checkKeys(file, columns.map(\.value))
            source = .lines(try JSONLinesReader(file), columns.map { ($0.key, $0.value) })
        case .csv, .tsv:
            let table = try CSVTable(file, separator: map.separator ?? (format == .tsv ? "\t" : ","))
            source = .table(table, try columns.map { ($0.key, try table.index(of: $0.value)) })
        }
    }

    /// The next record, or `nil` at the end.
    func next() throws -> Record? {
        do {
            switch source {
            case .table(let table, let columns):
                guard let record = try table.next() else { return nil }
                let pairs = columns.map { ($0.0, record.fields[$0.1]) }
                return .values(line: record.line, Dictionary(uniqueKeysWithValues: pairs))
            case .lines(let reader, let columns):
                guard let object = try reader.next([String: JSONScalar].self) else { return nil }
                let pairs = columns.compactMap { meaning, key in object[key]?.text.map { (meaning, $0) } }
                return .values(line: reader.line, Dictionary(uniqueKeysWithValues: pairs))
            }
        } catch StorageError.malformedRecord(_, let line, let reason) {
            return .unreadable(line: line, reason: reason)
        }
    }

    /// A key that the first record does not have is a mistake in the map rather than in the data.
    private static func checkKeys(_ file: URL, _ keys: [String]) throws {
        guard let first = try JSONLinesReader(file).next([String: JSONScalar].self) else {
            throw StorageError.malformedRecord(file: file.path, line: 1, reason: "the file is empty")
        }
        let present = first.keys.sorted()
        for key in keys where first[key] == nil {
            throw StorageError.missingColumn(
                file: file.path, column: key, nearest: NearestName.of(key, among: present), present: present)
        }
    }
}

/// A value of a JSON object as text; what is nested counts as absent.
struct JSONScalar: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let string = try? value.decode(String.self) {
            text = string
        } else if let flag = try? value.decode(Bool.self) {
            text = flag ? "true" : "false"
        } else if let integer = try? value.decode(Int64.self) {
            text = String(integer)
        } else if let number = try? value.decode(Double.self) {
            text = String(number)
        } else {
            text = nil
        }
    }
}
