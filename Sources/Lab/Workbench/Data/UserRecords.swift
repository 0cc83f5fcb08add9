import Foundation
import LabStorage

/// The records of a user's CSV, TSV or JSON Lines file, reduced to the mapped columns.
final class UserRecords {
    enum Record {
        case values(line: Int, [ColumnMeaning: String])
        case unreadable(line: Int, reason: String)
    }

    private let columns: UserColumns
    private let meanings: [ColumnMeaning]

    init(_ file: URL, _ map: UserMap) throws {
        let mapped = map.columns.sorted { $0.key.rawValue < $1.key.rawValue }
        meanings = mapped.map(\.key)
        columns = try UserColumns(file, format: map.format, separator: map.separator, columns: mapped.map(\.value))
    }

    /// The next record, or `nil` at the end.
    func next() throws -> Record? {
        switch try columns.next() {
        case .values(let line, let values):
            let pairs = zip(meanings, values).compactMap { meaning, value in value.map { (meaning, $0) } }
            return .values(line: line, Dictionary(uniqueKeysWithValues: pairs))
        case .unreadable(let line, let reason): return .unreadable(line: line, reason: reason)
        case nil: return nil
        }
    }
}

/// Some columns of a CSV, TSV or JSON Lines file, record by record.
final class UserColumns {
    enum Record {
        /// One value a column, `nil` where a JSON object has none.
        case values(line: Int, [String?])
        case unreadable(line: Int, reason: String)
    }

    private enum Source {
        case table(CSVTable, [Int])
        case lines(JSONLinesReader, [String])
    }

    private let source: Source

    /// - Parameter format: told by the file's ending if not given.
    init(_ file: URL, format: UserMap.Format?, separator: Character?, columns: [String]) throws {
        guard FileManager.default.fileExists(atPath: file.path) else { throw StorageError.notFound(path: file.path) }
        let ending = file.pathExtension.lowercased()
        let format = format ?? (ending == "ndjson" ? .jsonl : UserMap.Format(rawValue: ending)) ?? .csv
        switch format {
        case .jsonl:
            try Self.checkKeys(file, columns)
            source = .lines(try JSONLinesReader(file), columns)
        case .csv, .tsv:
            let table = try CSVTable(file, separator: separator ?? (format == .tsv ? "\t" : ","))
            source = .table(table, try columns.map { try table.index(of: $0) })
        }
    }

    /// The next record, or `nil` at the end.
    func next() throws -> Record? {
        do {
            switch source {
            case .table(let table, let places):
                guard let record = try table.next() else { return nil }
                return .values(line: record.line, places.map { record.fields[$0] })
            case .lines(let reader, let keys):
                guard let object = try reader.next([String: JSONScalar].self) else { return nil }
                return .values(line: reader.line, keys.map { object[$0]?.text })
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
