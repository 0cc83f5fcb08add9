import Foundation

/// How a platform counts the length of a text.
public enum TextUnit: String, Codable, Sendable, CaseIterable, Hashable {
    /// Unicode scalars, as most APIs' "characters".
    case scalars
    /// UTF-16 code units, as JavaScript forms count.
    case utf16
    /// X: most of Latin, Greek, Cyrillic … weighs 1, everything else and every emoji 2, every address 23.
    case weightedX
    /// Google Ads and TikTok: East Asian wide characters weigh 2, everything else 1.
    case doubleWidth
    /// Characters as a reader counts them.
    case graphemes

    /// The length of a text in this unit.
    public func length(of text: String) -> Int {
        switch self {
        case .scalars: text.unicodeScalars.count
        case .utf16: text.utf16.count
        case .graphemes: text.count
        case .doubleWidth: text.unicodeScalars.reduce(0) { $0 + (Self.isWide($1) ? 2 : 1) }
        case .weightedX: Self.weightedLength(of: text)
        }
    }

    /// Unicode's wide and fullwidth blocks (UAX #11), in ranges: Hangul, CJK, kana, fullwidth forms, emoji.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

    /// twitter-text's configuration 3: weights in hundredths, ranges of weight 100, 200 elsewhere, emoji 200 whole,
    /// addresses 23 characters.
    private static func weightedLength(of text: String) -> Int {
        let normalised = text.precomposedStringWithCanonicalMapping
        var weight = 0
        var rest = normalised[...]
        while let address = rest.firstMatch(of: /(?i)\bhttps?:\/\/[^\s\p{Ps}\p{Pe}<>"]+/) {
            weight += weightOfPlainText(rest[..<address.range.lowerBound])
            weight += 2_300
            rest = rest[address.range.upperBound...]
        }
        return (weight + weightOfPlainText(rest)) / 100
    }

    private static func weightOfPlainText(_ text: Substring) -> Int {
        text.reduce(0) { sum, character in
            if isEmoji(character) { return sum + 200 }
            return sum
                + character.unicodeScalars.reduce(0) { part, scalar in
                    switch scalar.value {
                    case 0...4351, 8192...8205, 8208...8223, 8242...8247: part + 100
                    default: part + 200
                    }
                }
        }
    }

    private static func isEmoji(_ character: Character) -> Bool {
        guard let first = character.unicodeScalars.first else { return false }
        if first.properties.isEmojiPresentation { return true }
        // Keycaps and text symbols become emoji by a variation selector or by joining.
        return first.properties.isEmoji && character.unicodeScalars.count > 1
    }
}
