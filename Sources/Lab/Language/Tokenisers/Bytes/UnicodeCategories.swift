/// The classes of characters as Hugging Face's `tokenizers` 0.23 see them.
///
/// Its crates carry tables of different age: `unicode_categories` has those of Unicode 8.0 (punctuation, marks, format
/// characters), `unicode-normalization-alignments` those of 9, Oniguruma those of 16, and Rust's own (white space, lower
/// case) agree with Swift's. So a character counts only if it was assigned by then; the few whose category has changed
/// since are listed. Compared over all scalars.
enum UnicodeCategories {
    /// Whether `scalar` was assigned in the given version of Unicode.
    private static func isAssigned(_ scalar: Unicode.Scalar, by major: Int, _ minor: Int) -> Bool {
        guard let age = scalar.properties.age else { return false }
        return (age.major, age.minor) <= (major, minor)
    }

    /// Categories Cc, Cf and Co of Unicode 8.0.
    static func isOther(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .privateUse: true
        case .format: isAssigned(scalar, by: 8, 0)
        default: false
        }
    }

    /// Categories P* of Unicode 8.0, and ASCII's symbols.
    static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return true
        // Canadian syllabics chi sign and Sharada sandhi mark: punctuation until Unicode 12 and 11.
        case 0x166D, 0x111C9: return true
        default: break
        }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return isAssigned(scalar, by: 8, 0)
        default: return false
        }
    }

    /// Category Mn of Unicode 8.0.
    static func isNonspacingMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Hanunoo pamudpod and Ahom medial ra were nonspacing.
        case 0x1734, 0x1171E: return true
        // Mongolian baludas, Javanese keret and Sharada sandhi mark were not.
        case 0x1885, 0x1886, 0xA9BD, 0x111C9: return false
        default: break
        }
        return scalar.properties.generalCategory == .nonspacingMark && isAssigned(scalar, by: 8, 0)
    }

    /// Whether the canonical decomposition of Unicode 9 knows `scalar`.
    static func isNormalised(_ scalar: Unicode.Scalar) -> Bool { isAssigned(scalar, by: 9, 0) }

    /// The classes that GPT-2's splitting pattern tells apart, in Oniguruma's Unicode 16.
    enum Kind: UInt8 {
        case letter, number, space, other
    }

    static func kind(_ scalar: Unicode.Scalar) -> Kind {
        let properties = scalar.properties
        if properties.isWhitespace { return .space }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            return isAssigned(scalar, by: 16, 0) ? .letter : .other
        case .decimalNumber, .letterNumber, .otherNumber:
            return isAssigned(scalar, by: 16, 0) ? .number : .other
        default: return .other
        }
    }

    /// `\w` of Rust's regular expressions.
    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        if properties.isAlphabetic || properties.isJoinControl { return true }
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: return true
        default: return false
        }
    }
}
