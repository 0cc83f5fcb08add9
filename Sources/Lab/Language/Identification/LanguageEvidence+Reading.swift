import Foundation

extension LanguageEvidence {
    /// Gathers what a raw or normalised post says.
    init(_ post: String) {
        var post = post
        if post.utf8.contains(where: { $0 >= 0xCC }), post.unicodeScalars.contains(where: Self.needsComposing) {
            post = post.precomposedStringWithCompatibilityMapping
        }
        text.reserveCapacity(post.utf8.count + 1)
        let scalars = Array(post.unicodeScalars)
        var position = 0
        while position < scalars.count {
            if let end = Self.endOfForeignPart(scalars, position) {
                endWord()
                position = end
            } else {
                take(scalars[position], next: position + 1 < scalars.count ? scalars[position + 1] : " ")
                position += 1
            }
        }
        endWord()
    }

    /// Accents that stand apart, full-width forms, presentation forms of Arabic, letters of mathematics.
    private static func needsComposing(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x300...0x36F, 0xFB00...0xFDFF, 0xFE70...0xFEFE, 0xFF01...0xFFDC, 0x1D400...0x1D7FF: true
        default: false
        }
    }

    /// The end of a user's name, an address, an entity or an escape that begins here: they are of no language.
    private static func endOfForeignPart(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
        func scalar(_ index: Int) -> Unicode.Scalar { index < scalars.count ? scalars[index] : " " }
        func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
            scalar == "_" || (scalar.isASCII ? scalar.properties.isAlphabetic || isDigit(scalar) : false)
        }
        func isDigit(_ scalar: Unicode.Scalar) -> Bool { (48...57).contains(scalar.value) }
        func matches(_ text: StaticString) -> Bool {
            text.withUTF8Buffer { bytes in
                bytes.indices.allSatisfy { scalar(start + $0).value | 32 == UInt32(bytes[$0]) | 32 }
            }
        }
        let isWordStart = start == 0 || !isWordPart(scalars[start - 1])
        var end = start
        switch scalars[start] {
        case "@" where isWordPart(scalar(start + 1)):
            end += 1
            while end < scalars.count, isWordPart(scalars[end]) { end += 1 }
            return end
        case "h", "H", "w", "W":
            let isBare = matches("http") && !isWordPart(scalar(start + 4))
            guard isWordStart, isBare || matches("http:") || matches("https:") || matches("www.") else { return nil }
            while end < scalars.count, !scalars[end].properties.isWhitespace { end += 1 }
            return end
        case "R" where isWordStart && scalar(start + 1) == "T" && !isWordPart(scalar(start + 2)):
            return start + 2
        case "&":
            end += 1
            while end < start + 10, isWordPart(scalar(end)) || scalar(end) == "#" { end += 1 }
            return scalar(end) == ";" && end > start + 1 ? end + 1 : nil
        case "\\":
            if scalar(start + 1) == "u" { return start + 6 <= scalars.count ? start + 6 : nil }
            return "ntr".unicodeScalars.contains(scalar(start + 1)) ? start + 2 : nil
        default: return nil
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar, next: Unicode.Scalar) {
        switch scalar.value {
        case 97...122: append(UInt8(scalar.value))
        case 65...90: append(UInt8(scalar.value | 32))
        case 0x27, 0x2D, 0x2019, 0x2BC:
            // Only between letters.
            guard let last = text.last, last != 0x20, next.properties.isAlphabetic else { return endWord() }
            text.append(scalar.value == 0x2D ? 0x2D : 0x27)
        case 0..<0x80: endWord()
        default: takeBeyondASCII(scalar)
        }
    }

    private mutating func append(_ letter: UInt8) {
        letterCount += 1
        letters[Int(Script.latin.rawValue)] += 1
        text.append(letter)
        dropRepeats(of: 1)
    }

    private mutating func takeBeyondASCII(_ scalar: Unicode.Scalar) {
        let lower = Self.lowercase(scalar)
        switch lower.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            letterCount += 1
            special.append(lower)
            if let script = Script(lower) { letters[Int(script.rawValue)] += 1 }
        case .nonspacingMark, .spacingMark: break
        // Joiners of Persian and Indic scripts are part of the word.
        case .format where scalar.value == 0x200C || scalar.value == 0x200D: return
        default: return endWord()
        }
        let bytes = UTF8.encode(lower)
        guard let bytes else { return }
        text.append(contentsOf: bytes)
        dropRepeats(of: bytes.count)
    }

    /// A letter that stands three times or more in a row stands once: `sooooo` is `so`.
    private mutating func dropRepeats(of size: Int) {
        let count = text.count
        guard count >= 2 * size else { return }
        func isEqual(_ back: Int) -> Bool {
            count >= (back + 1) * size
                && (0..<size).allSatisfy { text[count - 1 - $0] == text[count - 1 - $0 - back * size] }
        }
        if isElongated, isEqual(1) {
            text.removeLast(size)
        } else if isEqual(1), isEqual(2) {
            text.removeLast(2 * size)
            isElongated = true
        } else {
            isElongated = false
        }
    }

    private mutating func endWord() {
        isElongated = false
        while let last = text.last, last == 0x27 || last == 0x2D { text.removeLast() }
        guard let last = text.last, last != 0x20 else { return }
        words.append(wordStart..<text.count)
        text.append(0x20)
        wordStart = text.count
    }

    /// The lower case of a letter, one scalar; the dotted capital I of Turkish becomes a plain one.
    private static func lowercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x130: "i"
        case 0x590..<0x10A0, 0x1100..<0x1C80, 0x2E80..<0xA640, 0xAC00..<0xFF00: scalar
        case 0x430...0x44F, 0xDF...0xF6: scalar
        default: scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
        }
    }
}
