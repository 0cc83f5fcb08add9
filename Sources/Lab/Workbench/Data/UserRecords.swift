import Foundation
import LabDomain
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
        columns = try UserColumns(
            file, format: map.format, separator: map.separator, columns: mapped.map(\.value),
            media: meanings.firstIndex(of: .media))
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
    /// The place of the column whose values may be lists, which are given as JSON.
    private let media: Int?

    /// - Parameter format: told by the file's ending if not given.
    init(
        _ file: URL, format: UserMap.Format?, separator: Character?, columns: [String], media: Int? = nil
    ) throws {
        self.media = media
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
                var values = keys.map { object[$0]?.text }
                if let media, let value = object[keys[media]] {
                    guard let descriptions = value.media else {
                        return .unreadable(line: reader.line, reason: "media is neither text nor a list of texts")
                    }
                    values[media] = descriptions.texts.isEmpty ? nil : descriptions.cell
                }
                return .values(line: reader.line, values)
            }
        } catch StorageError.malformedRecord(_, let line, let reason) {
            return .unreadable(line: line, reason: reason)
        }
    }

    /// A key that no record has is a mistake in the map rather than in the data.
    private static func checkKeys(_ file: URL, _ keys: [String]) throws {
        guard let first = try JSONLinesReader(file).next([String: JSONScalar].self) else {
            throw StorageError.malformedRecord(file: file.path, line: 1, reason: "the file is empty")
        }
        let missing = try keysMissing(in: file, keys.filter { first[$0] == nil })
        let present = first.keys.sorted()
        for key in missing {
            throw StorageError.missingColumn(
                file: file.path, column: key, nearest: NearestName.of(key, among: present), present: present)
        }
    }

    /// Those of `keys` that no readable record has: exports leave out what a record has nothing of.
    private static func keysMissing(in file: URL, _ keys: [String]) throws -> [String] {
        var missing = keys
        guard !missing.isEmpty else { return [] }
        let reader = try JSONLinesReader(file)
        while !missing.isEmpty {
            do {
                guard let record = try reader.next([String: JSONScalar].self) else { break }
                missing.removeAll { record[$0] != nil }
            } catch StorageError.malformedRecord {
                continue
            }
        }
        return missing
    }
}

/// A value of a JSON object as text; what is nested counts as absent.
struct JSONScalar: Decodable {
    let text: String?
    /// The value as descriptions of media; `nil` where it can be none.
    let media: MediaDescriptions?

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let string = try? value.decode(String.self) {
            (text, media) = (string, MediaDescriptions([string]))
        } else if let flag = try? value.decode(Bool.self) {
            (text, media) = (flag ? "true" : "false", nil)
        } else if let integer = try? value.decode(Int64.self) {
            (text, media) = (String(integer), nil)
        } else if let number = try? value.decode(Double.self) {
            (text, media) = (String(number), nil)
        } else {
            (text, media) = (nil, try? MediaDescriptions(from: decoder))
        }
    }
}
