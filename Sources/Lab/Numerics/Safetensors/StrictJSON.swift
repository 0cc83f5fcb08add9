/// Reads the JSON of a safetensors header, and unlike Foundation's reader refuses two members of one name.
///
/// Numbers are natural ones only, as nothing else occurs there. Source: RFC 8259.
struct StrictJSON {
    indirect enum Value {
        case object([(name: String, value: Value)])
        case array([Value])
        case string(String)
        case integer(Int)
    }

    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    private static let deepest = 8

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The whole text as one value, with nothing but white space after it.
    mutating func document() throws -> Value {
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw fault("text after the end") }
        return value
    }

    private func fault(_ what: String) -> SafetensorsHeader.Fault {
        SafetensorsHeader.Fault(reason: "the header is not valid JSON at byte \(position): \(what)")
    }

    private mutating func value(depth: Int) throws -> Value {
        guard depth < Self.deepest else { throw fault("nested too deeply") }
        skipSpace()
        switch peek() {
        case UInt8(ascii: "{"): return .object(try members(depth))
        case UInt8(ascii: "["): return .array(try elements(depth))
        case UInt8(ascii: "\""): return .string(try string())
        case .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return .integer(try integer())
        default: throw fault("no value that a header can have")
        }
    }

    private mutating func members(_ depth: Int) throws -> [(name: String, value: Value)] {
        var members: [(name: String, value: Value)] = []
        // Compared by bytes: canonically equivalent names are still two names.
        var names: Set<[UInt8]> = []
        position += 1
        if closes("}") { return members }
        repeat {
            skipSpace()
            guard peek() == UInt8(ascii: "\"") else { throw fault("a member needs a name") }
            let name = try string()
            guard names.insert(Array(name.utf8)).inserted else { throw fault("two members are named \(name)") }
            guard closes(":") else { throw fault("a colon is missing") }
            members.append((name, try value(depth: depth + 1)))
        } while closes(",")
        guard closes("}") else { throw fault("an object does not end") }
        return members
    }

    private mutating func elements(_ depth: Int) throws -> [Value] {
        var elements: [Value] = []
        position += 1
        if closes("]") { return elements }
        repeat { elements.append(try value(depth: depth + 1)) } while closes(",")
        guard closes("]") else { throw fault("an array does not end") }
        return elements
    }

    private mutating func integer() throws -> Int {
        let start = position
        var result = 0
        while let byte = peek(), byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
            guard !overflow, !carry else { throw fault("a number is too large") }
            result = sum
            position += 1
        }
        guard position == start + 1 || bytes[start] != UInt8(ascii: "0") else { throw fault("a number begins with 0") }
        return result
    }

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    /// Whether the next sign is `sign`, which is then passed.
    private mutating func closes(_ sign: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek() == UInt8(ascii: sign) else { return false }
        position += 1
        return true
    }

    private mutating func string() throws -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = peek() {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw fault("text is not UTF-8") }
                return string
            case UInt8(ascii: "\\"): text.append(contentsOf: String(try escape()).utf8)
            case 0..<0x20: throw fault("a control character in a text")
            default: text.append(byte)
            }
        }
        throw fault("a text does not end")
    }

    private mutating func escape() throws -> Unicode.Scalar {
        guard let byte = peek() else { throw fault("a text does not end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            var code = UInt32(try hexadecimal())
            if 0xD800..<0xDC00 ~= code, peek() == UInt8(ascii: "\\") {
                position += 1
                guard peek() == UInt8(ascii: "u") else { throw fault("half of a surrogate pair") }
                position += 1
                let low = UInt32(try hexadecimal())
                guard 0xDC00..<0xE000 ~= low else { throw fault("half of a surrogate pair") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault("half of a surrogate pair") }
            return scalar
        default: throw fault("an unknown escape")
        }
    }

    private mutating func hexadecimal() throws -> UInt16 {
        guard position + 4 <= bytes.count else { throw fault("a text does not end") }
        let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
        guard digits.allSatisfy(\.isHexDigit), let value = UInt16(digits, radix: 16) else {
            throw fault("an unknown escape")
        }
        position += 4
        return value
    }
}
