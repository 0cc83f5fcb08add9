import Foundation

/// What `--json` prints: one object, sorted keys, no needless escapes.
public enum JSONOutput {
    /// Indented text without a newline at the end.
    public static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        encoder.dateEncodingStrategy = .iso8601
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: ".inf", negativeInfinity: "-.inf", nan: ".nan")
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
