/// One line of `metrics.jsonl`: JSON with sorted keys, the same bytes as the standard library's descriptions of the
/// numbers would give, made without allocation.
enum MetricLine {
    /// - Parameter milliseconds: Unix time.
    static func append(name: String, value: Double, step: Int, milliseconds: Int64, to buffer: inout LineBuffer) {
        buffer.append("{\"name\":\"")
        appendEscaped(name, to: &buffer)
        buffer.append("\",\"step\":")
        appendInteger(step, to: &buffer)
        buffer.append(",\"time\":")
        appendSeconds(milliseconds, to: &buffer)
        buffer.append(",\"value\":")
        appendNumber(value, to: &buffer)
        buffer.append("}\n")
    }

    /// The shortest decimal that reads back as the same number; a text for what JSON has no number for.
    static func appendNumber(_ value: Double, to buffer: inout LineBuffer) {
        if value.isNaN { return buffer.append("\".nan\"") }
        if value.isInfinite {
            if value > 0 { buffer.append("\".inf\"") } else { buffer.append("\"-.inf\"") }
            return
        }
        if value.magnitude < 0x1p53, value == value.rounded(.towardZero), value != 0 {
            appendInteger(Int(value), to: &buffer)
            return buffer.append(".0")
        }
        var sink = NumberSink()
        value.write(to: &sink)
        sink.move(to: &buffer)
    }

    static func appendInteger(_ value: Int, to buffer: inout LineBuffer) {
        if value < 0 { buffer.append(UInt8(ascii: "-")) }
        buffer.append(digitsOf: UInt64(value.magnitude))
    }

    /// Milliseconds as seconds: what the shortest decimal of their thousandth is, as long as they have 15 digits.
    static func appendSeconds(_ milliseconds: Int64, to buffer: inout LineBuffer) {
        guard milliseconds >= 0, milliseconds < 1_000_000_000_000_000 else {
            return appendNumber(Double(milliseconds) / 1000, to: &buffer)
        }
        let (seconds, rest) = UInt64(milliseconds).quotientAndRemainder(dividingBy: 1000)
        buffer.append(digitsOf: seconds)
        buffer.append(UInt8(ascii: "."))
        if rest % 100 == 0 {
            buffer.append(digitsOf: rest / 100)
        } else if rest % 10 == 0 {
            buffer.append(digitsOf: rest / 10, width: 2)
        } else {
            buffer.append(digitsOf: rest, width: 3)
        }
    }

    /// The text as it stands between the quotes of a JSON string.
    static func appendEscaped(_ text: String, to buffer: inout LineBuffer) {
        var text = text
        text.withUTF8 { bytes in
            if bytes.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
                return buffer.append(bytes)
            }
            for byte in bytes {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                    buffer.append(UInt8(ascii: "\\"))
                    buffer.append(byte)
                case 0..<0x20:
                    buffer.append(byte < 16 ? "\\u000" : "\\u001")
                    buffer.append(Array("0123456789abcdef".utf8)[Int(byte & 15)])
                default: buffer.append(byte)
                }
            }
        }
    }
}

/// Takes a number's text: from the standard library as ASCII bytes, so that no string is made.
private struct NumberSink: TextOutputStream {
    private var text = InlineArray<32, UInt8>(repeating: 0)
    private var count = 0

    mutating func write(_ string: String) { for byte in string.utf8 { take(byte) } }

    mutating func _writeASCII(_ buffer: UnsafeBufferPointer<UInt8>) { for byte in buffer { take(byte) } }

    private mutating func take(_ byte: UInt8) {
        // No double has a shortest decimal of more than 24 characters.
        guard count < 32 else { return }
        text[count] = byte
        count += 1
    }

    func move(to buffer: inout LineBuffer) { for place in 0..<count { buffer.append(text[place]) } }
}
