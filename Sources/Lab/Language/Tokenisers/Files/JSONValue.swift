/// A JSON document with its texts as bytes and its members in order.
///
/// Foundation's readers key objects by Swift's strings, which hold canonically equivalent texts for equal; in a vocabulary
/// "é" as one character and as two are different pieces.
enum JSONValue: Sendable {
    case null
    case bool(Bool)
    /// The number as it stands.
    case number(String)
    /// Valid UTF-8.
    case text([UInt8])
    case array([JSONValue])
    case object([Member])

    struct Member: Sendable {
        let name: [UInt8]
        let value: JSONValue
    }

    /// The member `name`, the last of several; `nil` where it is missing or null, or this is no object.
    subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self,
            let member = members.last(where: { $0.name.elementsEqual(name.utf8) })
        else { return nil }
        if case .null = member.value { return nil }
        return member.value
    }

    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    var bytes: [UInt8]? { if case .text(let value) = self { value } else { nil } }

    var string: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }

    var members: [Member]? { if case .object(let value) = self { value } else { nil } }

    var integer: Int? { if case .number(let text) = self { Int(text) } else { nil } }

    var double: Double? { if case .number(let text) = self { Double(text) } else { nil } }
}
