/// A text's words as the lexicon knows them: without surrounding punctuation, emoticons whole.
struct VaderWords {
    let lower: [String]
    /// The word is written in capitals.
    let isCapital: [Bool]
    /// Some words are in capitals, not all: capitals mean something.
    let capitalsMatter: Bool

    var isEmpty: Bool { lower.isEmpty }
    var indices: Range<Int> { lower.indices }

    init(_ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).map(VaderWords.trimmed)
        lower = words.map { $0.lowercased() }
        isCapital = words.map(VaderWords.isWrittenInCapitals)
        let capitals = isCapital.count { $0 }
        capitalsMatter = capitals > 0 && capitals < words.count
    }

    /// Surrounding ASCII punctuation is dropped unless at most two characters stay, as of an emoticon.
    private static func trimmed(_ word: Substring) -> String {
        var middle = word.unicodeScalars
        while let first = middle.first, isPunctuation(first) { middle.removeFirst() }
        while let last = middle.last, isPunctuation(last) { middle.removeLast() }
        return middle.count <= 2 ? String(word) : String(Substring(middle))
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    private static func isWrittenInCapitals(_ word: String) -> Bool {
        var hasCapital = false
        for scalar in word.unicodeScalars {
            if scalar.isASCII {
                if (97...122).contains(scalar.value) { return false }
                hasCapital = hasCapital || (65...90).contains(scalar.value)
            } else {
                if scalar.properties.isLowercase { return false }
                hasCapital = hasCapital || scalar.properties.isUppercase
            }
        }
        return hasCapital
    }
}
