/// What the scanner needs to know of a character: its lower-case form and whether it belongs to a word.
///
/// Made once from the standard library's Unicode data for the basic plane; beyond it, letters stay as they are.
enum ScalarTable {
    /// What a character does to the token it stands in.
    static let space: UInt8 = 0
    /// A letter, digit, mark, apostrophe or underscore: tokens are runs of these.
    static let word: UInt8 = 1
    /// A token of its own: punctuation, emoji.
    static let symbol: UInt8 = 2
    /// Nothing: variation selectors, joiners, control characters.
    static let ignored: UInt8 = 3
    /// Read more closely: what can begin a user name, an address, an entity or an escape.
    static let special: UInt8 = 4

    /// Lower-case forms of U+0000 ... U+FFFF where they are one character, else the first one of them.
    static let lowercase: [UInt16] = (0..<0x10000).map { value in
        guard let scalar = Unicode.Scalar(UInt32(value)) else { return 0xFFFD }
        guard let first = scalar.properties.lowercaseMapping.unicodeScalars.first, first.value < 0x10000 else {
            return UInt16(value)
        }
        return UInt16(first.value)
    }

    /// The kind of U+0000 ... U+FFFF.
    static let kinds: [UInt8] = (0..<0x10000).map { value in
        Unicode.Scalar(UInt32(value)).map(kind) ?? symbol
    }

    /// The kind of a character beyond U+FFFF: pictographs are symbols, tags and further selectors nothing, others letters.
    @inline(__always)
    static func kindBeyond(_ scalar: UInt32) -> UInt8 {
        switch scalar {
        case 0x1F000...0x1FBFF: symbol
        case 0xE0000...0xE0FFF: ignored
        default: word
        }
    }

    private static func kind(_ scalar: Unicode.Scalar) -> UInt8 {
        switch scalar {
        case "'", "_", "\u{2019}": return word
        case "@", "&", "\\", "h", "w", "H", "W": return special
        case "\u{FE00}"..."\u{FE0F}", "\u{200B}"..."\u{200F}", "\u{202A}"..."\u{202E}", "\u{2060}"..."\u{2064}",
            "\u{2066}"..."\u{2069}", "\u{FEFF}":
            return ignored
        default: break
        }
        if scalar.properties.isWhitespace { return space }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            return word
        case .control, .format: return ignored
        default: return symbol
        }
    }
}
