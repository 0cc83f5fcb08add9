import Crypto
public import Foundation

/// Posts in a file of tab- or comma-separated rows or JSON lines.
public struct FilePostSource: PostSource {
    public let name: String
    public let digest: String
    public let map: ColumnMap
    let format: ColumnMap.Format
    let content: Data

    public var identifiers: IdentifierKind { map.identifiers }

    /// Maps the file into memory and checks that it has the columns that the map names.
    ///
    /// - Throws: `StreamsError.unreadable`, `.unknownFormat`, `.unknownColumn`, `.columnsDoNotFit`.
    public init(_ file: URL, map: ColumnMap) throws {
        let content: Data
        do {
            content = try Data(contentsOf: file, options: .mappedIfSafe)
        } catch {
            throw StreamsError.unreadable(source: file.lastPathComponent, reason: error.localizedDescription)
        }
        try self.init(name: file.lastPathComponent, content: content, map: map)
    }

    /// Takes content that is in memory already.
    public init(name: String, content: Data, map: ColumnMap) throws {
        guard let format = map.format ?? ColumnMap.Format(fileName: name) else {
            throw StreamsError.unknownFormat(source: name)
        }
        self.name = name
        self.content = content
        self.map = map
        self.format = format
        self.digest = hexadecimal(SHA256.hash(data: content))
        if format != .jsonl {
            try content.withUnsafeBytes { _ = try DelimitedLayout(map: map, format: format, source: name, content: $0) }
        }
    }

    public func forEachRecord(_ body: (SourceRecord) throws -> Void) throws {
        try content.withUnsafeBytes { bytes in
            switch format {
            case .jsonl:
                let reader = JSONRecordReader(map)
                try forEachLine(of: bytes) { line, range in
                    let record = Array(bytes[range])
                    try body(SourceRecord(line: line, bytes: record, content: reader.read(record)))
                }
            case .tsv, .csv:
                let layout = try DelimitedLayout(map: map, format: format, source: name, content: bytes)
                try layout.forEachRecord(of: bytes, body)
            }
        }
    }
}

/// Calls `body` with each line's 1-based number and its bytes' range, without `\n` or `\r\n`.
///
/// A last line needs no line ending; what follows a last line ending is no line.
func forEachLine(
    of bytes: UnsafeRawBufferPointer, from start: Int = 0, line first: Int = 1,
    _ body: (Int, Range<Int>) throws -> Void
) throws {
    var position = start
    var line = first
    while position < bytes.count {
        let end = endOfLine(bytes, from: position)
        try body(line, position..<trimmingReturn(bytes, position..<end))
        position = end + 1
        line += 1
    }
}

/// The index of the next `\n`, or the end.
func endOfLine(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    guard start < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + start, 0x0A, bytes.count - start)
    else { return bytes.count }
    return UnsafeRawPointer(found) - base
}

func trimmingReturn(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    range.upperBound > range.lowerBound && bytes[range.upperBound - 1] == 0x0D ? range.upperBound - 1 : range.upperBound
}
