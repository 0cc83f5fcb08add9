/// Reads JSON (RFC 8259) into a `JSONValue`; whatever the bytes are, it ends with a value or an error.
struct JSONParser {
    private let bytes: [UInt8]
    private var place = 0
    private let file: String

    /// Deeper documents are refused: no tokeniser needs more, and the stack is finite.
    private static let deepest = 64

    private init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
    }

    /// The document in `bytes`.
    ///
    /// - Throws: `LanguageError.badTokeniser` with the place of what is wrong.
    static func parse(_ bytes: [UInt8], file: String) throws -> JSONValue {
        var parser = JSONParser(bytes, file: file)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.place = 3 }
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.place == bytes.count else { throw parser.bad("something follows the document") }
        return value
    }

    private func bad(_ reason: String) -> LanguageError {
        .badTokeniser(file: file, reason: "\(reason) at byte \(place)")
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        place += 1
        return true
    }

    private mutating func value(depth: Int) throws -> JSONValue {
        guard depth < JSONParser.deepest else { throw bad("the document is nested too deeply") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws -> JSONValue {
        guard bytes[place...].starts(with: word.utf8) else { throw bad("no value stands") }
        place += word.utf8.count
        return value
    }

    private mutating func number() throws -> JSONValue {
        let start = place
        while let byte = next, (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte) { place += 1 }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        guard start < place, let value = Double(text), value.isFinite else {
            place = start
            throw bad("no value stands")
        }
        return .number(text)
    }

    private mutating func array(depth: Int) throws -> JSONValue {
        place += 1
        var values: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(values) }
        while true {
            values.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(values) }
            guard take(UInt8(ascii: ",")) else { throw bad("an array does not go on") }
        }
    }

    private mutating func object(depth: Int) throws -> JSONValue {
        place += 1
        var members: [JSONValue.Member] = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw bad("an object does not go on") }
            let name = try text()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw bad("a member has no value") }
            members.append(JSONValue.Member(name: name, value: try value(depth: depth + 1)))
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw bad("an object does not go on") }
        }
    }

    private mutating func text() throws -> [UInt8] {
        let start = place
        place += 1
        var text: [UInt8] = []
        while let byte = next {
            place += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard String(validating: text, as: UTF8.self) != nil else {
                    place = start
                    throw bad("a text is not valid UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): try escape(to: &text)
            default: text.append(byte)
            }
        }
        place = start
        throw bad("a text has no end")
    }

    private mutating func escape(to text: inout [UInt8]) throws {
        guard let byte = next else { throw bad("a text has no end") }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"):
            var value = try hexadecimal()
            if (0xD800..<0xDC00).contains(value), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else { throw bad("half a surrogate pair stands") }
                value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(value) else { throw bad("half a surrogate pair stands") }
            text += Array(String(scalar).utf8)
        default: throw bad("an escape is unknown")
        }
    }

    private mutating func hexadecimal() throws -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw bad("an escape is cut off")
            }
            value = value << 4 | UInt32(digit)
            place += 1
        }
        return value
    }
}
