import Foundation

/// JSON with one spelling for one value: sorted keys, no needless escapes, texts for what JSON has no number for.
enum CanonicalJSON {
    /// Compact; the form that digests are taken over.
    static func encode(_ value: some Encodable) throws -> Data {
        try encoder([.sortedKeys, .withoutEscapingSlashes]).encode(value)
    }

    /// Indented and ended by a newline; the form of the files that people open.
    static func encodePretty(_ value: some Encodable) throws -> Data {
        var data = try encoder([.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]).encode(value)
        data.append(0x0A)
        return data
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: ".inf", negativeInfinity: "-.inf", nan: ".nan")
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(type, from: data)
    }

    private static func encoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: ".inf", negativeInfinity: "-.inf", nan: ".nan")
        encoder.dateEncodingStrategy = .iso8601
        return encoder
    }
}
