/// Decodes the HTML entities that platforms put into exported texts.
enum HTMLEntities {
    /// Named entities that occur in posts; others stay as they are.
    static let names: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "hellip": "…", "mdash": "—",
        "ndash": "–", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«", "raquo": "»",
        "copy": "©", "reg": "®", "trade": "™", "euro": "€", "pound": "£", "yen": "¥", "cent": "¢", "deg": "°",
        "hearts": "♥", "iexcl": "¡", "iquest": "¿", "bull": "•", "middot": "·", "times": "×", "auml": "ä",
        "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é", "egrave": "è",
        "agrave": "à", "aacute": "á", "ntilde": "ñ", "oacute": "ó", "iacute": "í", "uacute": "ú", "ccedil": "ç",
        "ecirc": "ê", "acirc": "â",
    ]

    /// The text with each known entity replaced once, from left to right.
    static func decode(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var result = ""
        var rest = Substring(text)
        while let ampersand = rest.firstIndex(of: "&") {
            result += rest[..<ampersand]
            let after = rest.index(after: ampersand)
            // The longest known name has 6 letters, the longest number 7 characters (#x10FFFF has 8).
            let window = rest[after...].prefix(10)
            if let semicolon = window.firstIndex(of: ";"), let scalar = scalar(window[..<semicolon]) {
                result.unicodeScalars.append(scalar)
                rest = rest[rest.index(after: semicolon)...]
            } else {
                result += "&"
                rest = rest[after...]
            }
        }
        return result + rest
    }

    private static func scalar(_ name: Substring) -> Unicode.Scalar? {
        guard name.first == "#" else { return names[String(name)] }
        let digits = name.dropFirst()
        let isHexadecimal = digits.first == "x" || digits.first == "X"
        guard let value = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits),
            let scalar = Unicode.Scalar(value)
        else { return nil }
        // Controls stay written out: decoded they would slip past validation.
        return PostRules.holdsControlCharacters(String(scalar)) ? nil : scalar
    }
}
