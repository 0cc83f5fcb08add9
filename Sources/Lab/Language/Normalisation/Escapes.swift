/// Entities of HTML and escapes of JSON in one pass over UTF-8; what they make may stand for more, so passes repeat.
enum Escapes {
    /// What a reference or escape at `start` stands for, and where it ends.
    static func decode(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> (scalar: Unicode.Scalar, end: Int)? {
        switch text[start] {
        case UInt8(ascii: "&"): entity(text, start)
        case UInt8(ascii: "\\"): escape(text, start)
        default: nil
        }
    }

    private static func entity(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> (Unicode.Scalar, Int)? {
        // The longest known name has 6 letters, the longest number 8 characters.
        let limit = min(text.count, start + 11)
        guard let end = text[(start + 1)..<limit].firstIndex(of: UInt8(ascii: ";")), end > start + 1 else { return nil }
        let name = String(decoding: text[(start + 1)..<end], as: UTF8.self)
        guard name.utf8.first == UInt8(ascii: "#") else { return names[name].map { ($0, end + 1) } }
        let digits = name.dropFirst()
        let isHexadecimal = digits.first == "x" || digits.first == "X"
        guard let value = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits),
            let scalar = Unicode.Scalar(value), value >= 0x20
        else { return nil }
        return (scalar, end + 1)
    }

    private static func escape(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> (Unicode.Scalar, Int)? {
        guard start + 1 < text.count else { return nil }
        switch text[start + 1] {
        case UInt8(ascii: "\""): return ("\"", start + 2)
        case UInt8(ascii: "/"): return ("/", start + 2)
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            // `\name` is no line end with a word behind it, `\n` before a capital, a space or the end is.
            let next = start + 2 < text.count ? text[start + 2] : 0x20
            return (0x61...0x7A).contains(next) ? nil : (" ", start + 2)
        case UInt8(ascii: "u"):
            guard let high = hexadecimal(text, start + 2) else { return nil }
            if let scalar = Unicode.Scalar(high) { return high >= 0x20 ? (scalar, start + 6) : nil }
            // The first half of a pair (UTF-16).
            guard (0xD800...0xDBFF).contains(high), start + 7 < text.count, text[start + 6] == UInt8(ascii: "\\"),
                text[start + 7] == UInt8(ascii: "u"), let low = hexadecimal(text, start + 8),
                (0xDC00...0xDFFF).contains(low)
            else { return nil }
            return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)).map { ($0, start + 12) }
        default: return nil
        }
    }

    private static func hexadecimal(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt32? {
        guard start + 4 <= text.count else { return nil }
        var value: UInt32 = 0
        for byte in text[start..<start + 4] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((byte | 32) - 0x61 + 10)
            default: return nil
            }
        }
        return value
    }

    /// Entities that occur in posts; others stay as they are.
    private static let names: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "hellip": "…", "mdash": "—",
        "ndash": "–", "lsquo": "‘", "rsquo": "’", "sbquo": "‚", "ldquo": "“", "rdquo": "”", "bdquo": "„",
        "laquo": "«", "raquo": "»", "copy": "©", "reg": "®", "trade": "™", "euro": "€", "pound": "£", "yen": "¥",
        "cent": "¢", "deg": "°", "hearts": "♥", "iexcl": "¡", "iquest": "¿", "bull": "•", "middot": "·",
        "times": "×", "frac12": "½", "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü",
        "szlig": "ß", "eacute": "é", "egrave": "è", "ecirc": "ê", "agrave": "à", "aacute": "á", "acirc": "â",
        "atilde": "ã", "otilde": "õ", "ntilde": "ñ", "oacute": "ó", "iacute": "í", "uacute": "ú", "ccedil": "ç",
        "Eacute": "É", "aring": "å", "oslash": "ø", "aelig": "æ",
    ]
}
