import Foundation

/// A configuration as a tree: what YAML, `--set` and Swift's `Codable` have in common.
public indirect enum ConfigurationValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// Only for what does not fit `integer`.
    case unsigned(UInt64)
    case number(Double)
    case text(String)
    case list([ConfigurationValue])
    case object([String: ConfigurationValue])

    /// The tree of any encodable value.
    public init(encoding value: some Encodable) throws {
        let data = try CanonicalJSON.encode(value)
        self = try CanonicalJSON.decode(ConfigurationValue.self, from: data)
    }

    /// The value that this tree describes; throws `DecodingError` where they do not fit.
    public func decode<Value: Decodable>(as type: Value.Type) throws -> Value {
        try CanonicalJSON.decode(type, from: CanonicalJSON.encode(self))
    }

    /// The value at a path, or `nil` where there is none.
    public subscript(path: [String]) -> ConfigurationValue? {
        guard let first = path.first else { return self }
        guard case .object(let members) = self else { return nil }
        return members[first]?[Array(path.dropFirst())]
    }

    /// The value at a dotted key, or `nil` where there is none.
    public subscript(key: String) -> ConfigurationValue? {
        self[key.split(separator: ".").map(String.init)]
    }

    /// Puts `value` at the path, making objects on the way.
    public mutating func set(_ value: ConfigurationValue, at path: [String]) {
        guard let first = path.first else {
            self = value
            return
        }
        var members: [String: ConfigurationValue] = [:]
        if case .object(let present) = self { members = present }
        var child = members[first] ?? .object([:])
        child.set(value, at: Array(path.dropFirst()))
        members[first] = child
        self = .object(members)
    }

    /// The leaves by dotted key; lists and empty mappings are leaves.
    public func flattened() -> [String: ConfigurationValue] {
        var result: [String: ConfigurationValue] = [:]
        func walk(_ value: ConfigurationValue, _ path: [String]) {
            if case .object(let members) = value, !members.isEmpty {
                for (name, member) in members { walk(member, path + [name]) }
            } else {
                result[path.joined(separator: ".")] = value
            }
        }
        walk(self, [])
        return result
    }

    /// This object without one of its members.
    func removing(_ key: String) -> ConfigurationValue {
        guard case .object(var members) = self else { return self }
        members[key] = nil
        return .object(members)
    }

    /// What people call this kind of value.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .integer, .unsigned: "a whole number"
        case .number: "a number"
        case .text: "a text"
        case .list: "a list"
        case .object: "a mapping"
        }
    }
}

extension ConfigurationValue: Codable {
    public init(from decoder: any Decoder) throws {
        if let members = try? decoder.container(keyedBy: AnyKey.self) {
            var object: [String: ConfigurationValue] = [:]
            for key in members.allKeys {
                object[key.stringValue] = try members.decode(ConfigurationValue.self, forKey: key)
            }
            self = .object(object)
            return
        }
        if var items = try? decoder.unkeyedContainer() {
            var list: [ConfigurationValue] = []
            while !items.isAtEnd { list.append(try items.decode(ConfigurationValue.self)) }
            self = .list(list)
            return
        }
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let integer = try? value.decode(Int64.self) {
            self = .integer(integer)
        } else if let unsigned = try? value.decode(UInt64.self) {
            self = .unsigned(unsigned)
        } else if let text = try? value.decode(String.self) {
            // Before the number: texts that stand for infinity or not-a-number stay texts in the tree.
            self = .text(text)
        } else {
            self = .number(try value.decode(Double.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .object(let members):
            var container = encoder.container(keyedBy: AnyKey.self)
            for (key, value) in members { try container.encode(value, forKey: AnyKey(key)) }
        case .list(let items):
            var container = encoder.unkeyedContainer()
            for item in items { try container.encode(item) }
        default:
            var container = encoder.singleValueContainer()
            switch self {
            case .bool(let bool): try container.encode(bool)
            case .integer(let integer): try container.encode(integer)
            case .unsigned(let unsigned): try container.encode(unsigned)
            case .number(let number): try container.encode(number)
            case .text(let text): try container.encode(text)
            case .null, .list, .object: try container.encodeNil()
            }
        }
    }
}

struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ key: String) { stringValue = key }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
