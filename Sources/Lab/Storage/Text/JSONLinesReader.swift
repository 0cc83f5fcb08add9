import Foundation

/// Reads JSON Lines: one JSON value a line, UTF-8, empty lines skipped.
///
/// Errors are `StorageError.malformedRecord` with the line; after one, reading goes on with the next line.
public final class JSONLinesReader {
    private let source: ByteSource
    private let name: String
    private let decoder = JSONDecoder()
    /// The line that was read last, counted from 1.
    public private(set) var line = 0

    /// Opens `url`. Throws `StorageError`.
    public init(_ url: URL) throws {
        source = try ByteSource(url)
        name = url.path
        try source.skipByteOrderMark()
    }

    /// The next line's bytes without its end, or `nil` at the end of the file.
    public func nextLine() throws -> Data? {
        while try source.peek() != nil {
            var bytes: [UInt8] = []
            while try (source.peek() ?? 10) != 10 {
                try source.takeRun(until: 10, 10, 10, into: &bytes)
            }
            _ = try source.next()
            line += 1
            if bytes.contains(where: { $0 != 32 && $0 != 9 && $0 != 13 }) { return Data(bytes) }
        }
        return nil
    }

    /// The next value, or `nil` at the end of the file.
    public func next<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value? {
        guard let data = try nextLine() else { return nil }
        do {
            return try decoder.decode(type, from: data)
        } catch let error as DecodingError {
            throw StorageError.malformedRecord(file: name, line: line, reason: Self.reason(error))
        }
    }

    /// What is wrong with the value, in a few words.
    static func reason(_ error: DecodingError) -> String {
        func place(_ path: [any CodingKey]) -> String {
            path.isEmpty ? "" : " at \(path.map(\.stringValue).joined(separator: "."))"
        }
        switch error {
        case .keyNotFound(let key, let context): return "no \"\(key.stringValue)\"\(place(context.codingPath))"
        case .typeMismatch(let type, let context): return "not a \(type)\(place(context.codingPath))"
        case .valueNotFound(let type, let context): return "no \(type)\(place(context.codingPath))"
        case .dataCorrupted(let context):
            return context.codingPath.isEmpty
                ? "not valid JSON" : "\(context.debugDescription)\(place(context.codingPath))"
        @unknown default: return "not valid JSON"
        }
    }
}
