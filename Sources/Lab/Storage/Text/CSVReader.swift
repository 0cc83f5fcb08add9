import Foundation

/// One record of a CSV file.
public struct CSVRecord: Sendable, Equatable {
    /// The line on which the record begins, counted from 1; a quoted field may run over several.
    public var line: Int
    public var fields: [String]

    public init(line: Int, fields: [String]) {
        self.line = line
        self.fields = fields
    }
}

/// Reads separated values as RFC 4180 describes them, record by record, from a file of any size.
///
/// Quoted fields may hold separators, line breaks and doubled quotes; lines end with LF or CRLF; a byte order mark at
/// the start is left out; empty lines are skipped. Text must be UTF-8. Errors are `StorageError.malformedRecord` with
/// the line; after one, reading goes on behind that record, so a caller can set bad records aside.
public final class CSVReader {
    /// How fields are quoted.
    public enum Quoting: Sendable {
        /// A field in double quotes ends at the next single one (RFC 4180).
        case standard
        /// A quote is a character like any other, as in many tab-separated corpora.
        case none
    }

    private let source: ByteSource
    private let separator: UInt8
    private let quoting: Quoting
    private let name: String
    private var line = 1

    /// Opens `url`; `separator` must be an ASCII character. Throws `StorageError`.
    public init(_ url: URL, separator: Character = ",", quoting: Quoting = .standard) throws {
        source = try ByteSource(url)
        self.separator = separator.asciiValue ?? 44
        self.quoting = quoting
        name = url.path
        try source.skipByteOrderMark()
    }

    /// The next record, or `nil` at the end of the file.
    public func next() throws -> CSVRecord? {
        while let byte = try source.peek(), byte == 10 || byte == 13 {
            _ = try source.next()
            if byte == 10 { line += 1 }
        }
        guard try source.peek() != nil else { return nil }
        let first = line
        var fields: [String] = []
        var problem: String?
        while true {
            let field = try field(&problem)
            guard let text = strictText(field) else {
                problem = problem ?? "field \(fields.count + 1) is not valid UTF-8 text"
                fields.append("")
                if try endOfRecord() { break }
                continue
            }
            fields.append(text)
            if try endOfRecord() { break }
        }
        if let problem { throw StorageError.malformedRecord(file: name, line: first, reason: problem) }
        return CSVRecord(line: first, fields: fields)
    }

    /// Takes the byte behind a field: true at the end of the record, false behind a separator.
    private func endOfRecord() throws -> Bool {
        guard let byte = try source.next() else { return true }
        if byte == separator { return false }
        if byte == 13, try source.peek() == 10 { _ = try source.next() }
        line += 1
        return true
    }

    private func field(_ problem: inout String?) throws -> [UInt8] {
        var bytes: [UInt8] = []
        if quoting == .standard, try source.peek() == 34 {
            _ = try source.next()
            try quoted(into: &bytes, &problem)
            if try atEndOfField() { return bytes }
            problem = problem ?? "text follows a closing quote"
        }
        while try !atEndOfField() { try source.takeRun(until: separator, 10, 13, into: &bytes) }
        if quoting == .standard, bytes.contains(34) { problem = problem ?? "a quote inside an unquoted field" }
        return bytes
    }

    private func quoted(into bytes: inout [UInt8], _ problem: inout String?) throws {
        let opened = line
        while true {
            try source.takeRun(until: 34, 10, 34, into: &bytes)
            guard let byte = try source.next() else {
                problem = problem ?? "the quote opened on line \(opened) is never closed"
                return
            }
            if byte == 34 {
                guard try source.peek() == 34 else { return }
                _ = try source.next()
                bytes.append(34)
            } else {
                if byte == 10 { line += 1 }
                bytes.append(byte)
            }
        }
    }

    /// A lone CR ends a line too: old programs wrote it so.
    private func atEndOfField() throws -> Bool {
        guard let byte = try source.peek() else { return true }
        return byte == separator || byte == 10 || byte == 13
    }
}
