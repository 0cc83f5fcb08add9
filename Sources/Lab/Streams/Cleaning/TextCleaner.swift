import Foundation

/// Turns a raw text into the form that every later stage reads.
///
/// HTML entities are decoded, the text is brought to Unicode NFC, invisible formatting is removed, white space is
/// collapsed, and what leads to a person is masked: `@user`, `http`, `[email]`, `[phone]`. Cleaning twice changes nothing.
public struct TextCleaner: Sendable {
    public init() {}

    /// The cleaned text; empty where nothing is left.
    public func clean(_ text: String) -> String {
        var cleaned = text
        // A mask can bring characters together that make a new entity or name, so the steps run to their fixed point;
        // each pass but the last shortens the text or leaves it alone, and four passes bound hostile input.
        for _ in 0..<4 {
            let next = pass(cleaned)
            // Strings compare by canonical equivalence; what counts here are the bytes.
            let isStable = next.utf8.elementsEqual(cleaned.utf8)
            cleaned = next
            if isStable { break }
        }
        return cleaned
    }

    private func pass(_ text: String) -> String {
        var result = HTMLEntities.decode(text)
        if !result.utf8.allSatisfy({ $0 < 0x80 }) {
            result = TextCleaner.withoutInvisibles(result).precomposedStringWithCanonicalMapping
        }
        return PersonalData.mask(TextCleaner.collapsingWhitespace(result))
    }

    /// Drops zero-width spaces, byte order marks and direction marks, by which equal texts look different.
    ///
    /// The wide `＠` becomes a plain one, so that handles are seen in East Asian texts, too.
    /// The joiners stay: emoji and several scripts need them.
    static func withoutInvisibles(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF: continue
            case 0xFF20: scalars.append("@")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// One space for each run of white space, none at the ends.
    static func collapsingWhitespace(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var pending = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                pending = !scalars.isEmpty
            } else {
                if pending { scalars.append(" ") }
                pending = false
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
