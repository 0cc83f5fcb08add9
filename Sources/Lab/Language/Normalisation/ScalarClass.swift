/// What the rewriting needs to know of a scalar, by ranges where they decide.
enum ScalarClass {
    /// Letters, marks and digits beyond ASCII: what words and hashtags are made of.
    static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0xAA: return false
        case 0xC0...0x24F: return scalar.value != 0xD7 && scalar.value != 0xF7
        case 0x370...0x373, 0x386...0x481, 0x48A...0x52F, 0x620...0x669, 0x3041...0x3096, 0x30A1...0x30FA,
            0x4E00...0x9FFF, 0xAC00...0xD7A3:
            return true
        case 0x2000...0x2BFF, 0x3000...0x3004, 0xFE00...0xFE0F, 0x1F000...0x1FAFF: return false
        default:
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
                .nonspacingMark, .spacingMark:
                return true
            default: return false
            }
        }
    }

    /// Controls, zero-width spaces, byte order marks, direction marks and the soft hyphen. The joiners stay: emoji and several
    /// scripts need them.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F,
            0xFEFF,
            0xFFF9...0xFFFB:
            true
        default: false
        }
    }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// Whether NFC may change it or what it stands beside.
    static func mayCompose(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x300, 0x400...0x482, 0x48A...0x52F, 0x620...0x64A, 0x660...0x66F, 0x2010...0x2027, 0x3041...0x3096,
            0x30A1...0x30FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xFE0E, 0xFE0F, 0x1F000...0x1FAFF:
            false
        default: true
        }
    }
}
