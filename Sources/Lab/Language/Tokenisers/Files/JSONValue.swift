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

    var double: Double? { if case .number(let text) = self { JSONValue.serdeDouble(text) } else { nil } }

    /// The number as Rust's `serde_json` reads it, which Hugging Face's `tokenizers` use: digits into 64 bits, then one
    /// multiplication or division by a power of ten, so that the last bit may differ from the nearest number. Scores of
    /// equally good ways to cut a text depend on it.
    static func serdeDouble(_ text: String) -> Double? {
        var digits: UInt64 = 0
        var exponent = 0
        var isFull = false
        var isFraction = false
        var rest = text.utf8[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }
        while let byte = rest.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if byte == UInt8(ascii: ".") {
                isFraction = true
                continue
            }
            guard (0x30...0x39).contains(byte) else { return nil }
            let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(byte - 0x30))
            // Further digits of a fraction are ignored, those before the point count as zeros.
            if isFull || overflow || carry {
                isFull = true
                if !isFraction { exponent += 1 }
                continue
            }
            digits = sum
            if isFraction { exponent -= 1 }
        }
        if !rest.isEmpty {
            guard let written = Int(Substring(rest.dropFirst())), abs(written) < 10_000 else { return nil }
            exponent += written
        }
        var value = Double(digits)
        while exponent < -308, value != 0 {
            value /= 1e308
            exponent += 308
        }
        guard exponent <= 308 else { return value == 0 ? 0 : nil }
        if value != 0 { value = exponent < 0 ? value / powers[-exponent] : value * powers[exponent] }
        guard value.isFinite else { return nil }
        return isNegative ? -value : value
    }

    /// The powers of ten from 1 to 10³⁰⁸, each the nearest number.
    private static let powers: [Double] = (0...308).map { Double("1e\($0)") ?? .infinity }
}
