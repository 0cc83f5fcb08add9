import Foundation
import LabDomain

/// Reads lines of JSON as posts; numbers become their text.
struct JSONRecordReader {
    private let columns: JSONColumns
    private let decoder = JSONDecoder()

    init(_ map: ColumnMap) {
        columns = JSONColumns(
            texts: map.columns.filter { $0.field != \.media }.map { ($0.field, JSONColumns.Key(stringValue: $0.name)) },
            media: map.media.map(JSONColumns.Key.init))
    }

    func read(_ bytes: [UInt8]) -> Result<RawPost, Rejection> {
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return .failure(.emptyLine) }
        guard String(validating: bytes, as: UTF8.self) != nil else { return .failure(.invalidUTF8) }
        do {
            return .success(try decoder.decode(JSONRecord.self, from: Data(bytes), configuration: columns).post)
        } catch {
            return .failure(error as? Rejection ?? .malformed)
        }
    }
}

/// Which fields of a post stand under which keys.
private struct JSONColumns {
    struct Key: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    let texts: [(field: WritableKeyPath<RawPost, String?>, key: Key)]
    let media: Key?
}

private struct JSONRecord: DecodableWithConfiguration {
    var post = RawPost()

    init(from decoder: any Decoder, configuration: JSONColumns) throws {
        let object = try decoder.container(keyedBy: JSONColumns.Key.self)
        for (field, key) in configuration.texts {
            post[keyPath: field] = try object.decodeIfPresent(JSONScalar.self, forKey: key)?.text
        }
        guard let key = configuration.media else { return }
        do {
            post.mediaDescriptions = try object.decodeIfPresent(MediaDescriptions.self, forKey: key)?.texts ?? []
        } catch {
            throw Rejection.badMedia
        }
    }
}

/// A value as text; lists and objects, which no text of a post can be, read as absent.
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
