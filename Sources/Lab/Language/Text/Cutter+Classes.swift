extension Cutter {
    func matches(_ text: String, at start: Int) -> Bool {
        var index = start
        for wanted in text.unicodeScalars {
            guard scalar(index) == wanted else { return false }
            index += 1
        }
        return true
    }

    /// Letters, digits, marks, underscores, and apostrophes between letters.
    func endOfWord(_ start: Int) -> Int {
        var end = start
        while end < scalars.count {
            if isWordPart(scalars[end]) {
                end += 1
            } else if scalars[end] == "'" || scalars[end] == "\u{2019}", end > start, isWordPart(scalar(end + 1)) {
                end += 1
            } else {
                break
            }
        }
        return end
    }

    /// The end of a number such as `3`, `1,000.50` or `10:30`; `nil` where letters follow, as in `2nd`.
    func endOfNumber() -> Int? {
        var end = position
        while end < scalars.count {
            if isDigit(scalars[end]) || (".,:/".unicodeScalars.contains(scalars[end]) && isDigit(scalar(end + 1))) {
                end += 1
            } else {
                break
            }
        }
        return isWordPart(scalar(end)) ? nil : end
    }

    func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar.value <= 0x20 : scalar.properties.isWhitespace
    }

    func isDigit(_ scalar: Unicode.Scalar) -> Bool { (48...57).contains(scalar.value) }

    func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return (97...122).contains(scalar.value | 32) && scalar.value >= 65 || isDigit(scalar) || scalar == "_"
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .nonspacingMark, .spacingMark:
            return !(0xFE00...0xFE0F).contains(scalar.value)
        default: return false
        }
    }

    func isRegional(_ scalar: Unicode.Scalar) -> Bool { (0x1F1E6...0x1F1FF).contains(scalar.value) }

    /// Pictographs; digits and `#`, which Unicode calls emoji as well, are none here.
    func isEmoji(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x203C && scalar.properties.isEmoji }
}
