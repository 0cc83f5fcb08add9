/// Walks over a post's scalars once and cuts tokens off.
struct Cutter {
    let scalars: [Unicode.Scalar]
    var position = 0
    var tokens: [Token] = []

    init(_ scalars: [Unicode.Scalar]) {
        self.scalars = scalars
        tokens.reserveCapacity(scalars.count / 4)
    }

    func scalar(_ index: Int) -> Unicode.Scalar { scalars.indices.contains(index) ? scalars[index] : " " }

    mutating func run() -> [Token] {
        while position < scalars.count {
            let scalar = scalars[position]
            if isSpace(scalar) {
                position += 1
            } else if let (text, end) = emoticon(at: position) {
                take(Token(.emoticon, text), to: end)
            } else if scalar == "@", isWordPart(self.scalar(position + 1)) {
                take(Token(.mention, "@user"), to: endOfWord(position + 1))
            } else if scalar == "#", isWordPart(self.scalar(position + 1)) {
                hashtag()
            } else if scalar == "[", let end = mask() {
                take(Token(.address, end.text), to: end.position)
            } else if isDigit(scalar), let end = endOfNumber() {
                take(Token(.number, "0"), to: end)
            } else if isWordPart(scalar) {
                word()
            } else if isEmoji(scalar) {
                emoji()
            } else {
                punctuation()
            }
        }
        return tokens
    }

    mutating func take(_ token: Token, to end: Int) {
        tokens.append(token)
        position = end
    }

    private mutating func word() {
        let end = endOfWord(position)
        if matches("http", at: position), end == position + 4 || matches("https", at: position) {
            var addressEnd = end
            if matches("://", at: end) {
                while addressEnd < scalars.count, !isSpace(scalars[addressEnd]) { addressEnd += 1 }
            }
            if addressEnd > end || end == position + 4 { return take(Token(.address, "http"), to: addressEnd) }
        }
        take(normalised(.word, position..<end), to: end)
    }

    private mutating func hashtag() {
        let end = endOfWord(position + 1)
        let tag = normalised(.word, (position + 1)..<end)
        take(Token(.hashtag, "#" + tag.text, isShouted: tag.isShouted, isElongated: tag.isElongated), to: end)
    }

    /// Lower case, elongations cut to two letters, typographic apostrophes made plain.
    private func normalised(_ kind: Token.Kind, _ range: Range<Int>) -> Token {
        var text = String.UnicodeScalarView()
        var (capitals, letters, run) = (0, 0, 0)
        var isElongated = false
        var previous: Unicode.Scalar = " "
        for scalar in scalars[range] {
            if scalar.isASCII {
                let isCapital = (65...90).contains(scalar.value)
                let lower = isCapital ? Unicode.Scalar(UInt8(scalar.value | 32)) : scalar
                letters += (97...122).contains(lower.value) ? 1 : 0
                capitals += isCapital ? 1 : 0
                run = lower == previous ? run + 1 : 1
                previous = lower
                if run > 2, !isDigit(lower) {
                    isElongated = true
                } else {
                    text.append(lower)
                }
            } else {
                letters += 1
                capitals += scalar.properties.isUppercase ? 1 : 0
                run = scalar == previous ? run + 1 : 1
                previous = scalar
                if run > 2 {
                    isElongated = true
                } else if scalar == "\u{2019}" {
                    text.append("'")
                } else {
                    text.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
                }
            }
        }
        return Token(
            kind, String(text), isShouted: capitals >= 2 && capitals == letters, isElongated: isElongated)
    }

    private mutating func emoji() {
        var end = position + 1
        while end < scalars.count {
            let next = scalars[end].value
            if next == 0xFE0F || next == 0x20E3 || (0x1F3FB...0x1F3FF).contains(next) {
                end += 1
            } else if next == 0x200D, end + 1 < scalars.count, isEmoji(scalars[end + 1]) {
                end += 2
            } else if isRegional(scalars[position]), isRegional(scalars[end]), end == position + 1 {
                end += 1
            } else {
                break
            }
        }
        // Skin tones and presentation marks do not change what an emoji says.
        var text = String.UnicodeScalarView()
        for scalar in scalars[position..<end]
        where scalar.value != 0xFE0F && !(0x1F3FB...0x1F3FF).contains(scalar.value) {
            text.append(scalar)
        }
        take(Token(.emoji, text.isEmpty ? "\u{1F3FB}" : String(text)), to: end)
    }

    private mutating func punctuation() {
        let first = scalars[position]
        var end = position + 1
        guard first == "!" || first == "?" || first == "." else {
            return take(Token(.punctuation, String(first)), to: end)
        }
        while end < scalars.count, first == "." ? scalars[end] == "." : scalars[end] == "!" || scalars[end] == "?" {
            end += 1
        }
        let run = scalars[position..<end]
        let text =
            if first == "." {
                run.count > 1 ? "…" : "."
            } else if run.contains("!"), run.contains("?") {
                "?!"
            } else {
                String(repeating: Character(first), count: min(run.count, 3))
            }
        take(Token(.punctuation, text), to: end)
    }

    private func mask() -> (text: String, position: Int)? {
        for text in ["[email]", "[phone]"] where matches(text, at: position) {
            return (text, position + text.unicodeScalars.count)
        }
        return nil
    }
}
