import Foundation

/// A CSV file whose first record names the columns.
///
/// `next()` gives records as they come; `index(of:)` finds a column by name. A record with another number of fields
/// than the header is an error that names its line.
public final class CSVTable {
    public let header: [String]
    private let reader: CSVReader
    private let name: String

    /// Opens `url` and reads the header. Throws `StorageError`.
    public init(_ url: URL, separator: Character = ",", quoting: CSVReader.Quoting = .standard) throws {
        reader = try CSVReader(url, separator: separator, quoting: quoting)
        name = url.path
        guard let first = try reader.next() else {
            throw StorageError.malformedRecord(file: url.path, line: 1, reason: "the file is empty")
        }
        header = first.fields
        var seen: Set<String> = []
        for column in first.fields where !seen.insert(column).inserted {
            throw StorageError.malformedRecord(
                file: url.path, line: 1, reason: "the column \"\(column)\" is there twice")
        }
    }

    /// The place of a column; throws `.missingColumn` with the nearest name.
    public func index(of column: String) throws -> Int {
        if let index = header.firstIndex(of: column) { return index }
        throw StorageError.missingColumn(
            file: name, column: column, nearest: NearestName.of(column, among: header), present: header)
    }

    /// The next record, or `nil` at the end; it has as many fields as the header.
    public func next() throws -> CSVRecord? {
        guard let record = try reader.next() else { return nil }
        guard record.fields.count == header.count else {
            throw StorageError.malformedRecord(
                file: name, line: record.line,
                reason: "\(record.fields.count) fields where the header has \(header.count)")
        }
        return record
    }
}
