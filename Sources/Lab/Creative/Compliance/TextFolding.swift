import Foundation

/// Undoes the usual disguises of a word: look-alike letters, digits for letters, invisible characters, spaced and repeated
/// letters.
enum TextFolding {
    /// Words of the text in lower case without accents and disguise.
    static func words(_ text: String) -> [String] {
        let compatible = text.precomposedStringWithCompatibilityMapping.folding(
            options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
        var plain = ""
        for scalar in compatible.unicodeScalars where scalar.properties.generalCategory != .format {
            plain.unicodeScalars.append(lookAlikes[scalar] ?? scalar)
        }
        let tokens = plain.split(whereSeparator: \.isWhitespace).map(String.init)
        return joined(tokens.flatMap(pieces))
    }

    /// A token without punctuation around it; digits and signs inside a word count as the letters they look like.
    private static func pieces(_ token: String) -> [String] {
        let hasLetter = token.contains(where: \.isLetter)
        var result: [String] = []
        var word = ""
        let characters = Array(token)
        for (index, character) in characters.enumerated() {
            if character.isLetter {
                word.append(character)
            } else if hasLetter, let letter = digits[character], index + 1 < characters.count || character.isNumber {
                word.append(letter)
            } else if character == "'" || character == "’" || character == "*" || character == "." || character == "_" {
                // "k.i.l.l" and "f*ck" stay one word; a full stop at the end is nothing.
                continue
            } else if !word.isEmpty {
                result.append(word)
                word = ""
            }
        }
        if !word.isEmpty { result.append(word) }
        return result.map(squeezed)
    }

    /// Three or more of a letter become one: "freeee" is still a word.
    private static func squeezed(_ word: String) -> String {
        var result = ""
        var run = 0
        for character in word {
            run = result.last == character ? run + 1 : 1
            if run < 3 {
                result.append(character)
            } else if run == 3 {
                result.removeLast()
            }
        }
        return result
    }

    /// Runs of single letters are one word: "c a s i n o".
    private static func joined(_ words: [String]) -> [String] {
        var result: [String] = []
        var run = ""
        for word in words + [""] {
            if word.count == 1 {
                run += word
                continue
            }
            if run.count >= 4 { result.append(run) } else { result += run.map(String.init) }
            run = ""
            if !word.isEmpty { result.append(word) }
        }
        return result
    }

    private static let digits: [Character: Character] = [
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "€": "e",
    ]

    private static let lookAlikes: [Unicode.Scalar: Unicode.Scalar] = [
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "і": "i", "ѕ": "s", "ј": "j", "к": "k",
        "м": "m", "т": "t", "н": "h", "в": "b", "α": "a", "ο": "o", "ε": "e", "ρ": "p", "ι": "i", "κ": "k", "ν": "v",
        "τ": "t", "ı": "i", "ł": "l", "ø": "o",
    ]
}
