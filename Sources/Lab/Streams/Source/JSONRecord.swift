import Foundation

/// Reads one line of JSON as a post; numbers become their text.
func readJSON(
    _ bytes: [UInt8], columns: [(field: WritableKeyPath<RawPost, String?>, name: String)]
) -> Result<RawPost, Rejection> {
    if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return .failure(.emptyLine) }
    guard String(validating: bytes, as: UTF8.self) != nil else { return .failure(.invalidUTF8) }
    guard let object = try? JSONDecoder().decode([String: JSONScalar].self, from: Data(bytes)) else {
        return .failure(.malformed)
    }
    var post = RawPost()
    for (field, name) in columns {
        post[keyPath: field] = object[name]?.text
    }
    return .success(post)
}

/// A value as text; lists and objects, which no column of a post can be, read as absent.
private struct JSONScalar: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
        guard let container = try? decoder.singleValueContainer() else {
            text = nil
            return
        }
        if let string = try? container.decode(String.self) {
            text = string.isEmpty ? nil : string
        } else if let integer = try? container.decode(Int64.self) {
            text = String(integer)
        } else if let number = try? container.decode(Double.self) {
            text = String(number)
        } else {
            text = nil
        }
    }
}
