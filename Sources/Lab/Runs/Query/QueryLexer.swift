/// Splits a query into words, numbers, texts and signs.
struct QueryLexer {
    struct Token: Equatable {
        enum Kind: Equatable {
            case word
            /// In quotes; `text` is what they hold.
            case quoted
            /// In backquotes: a name with characters that words cannot have.
            case name
            case sign
            case end
        }
        var kind: Kind
        var text: String
        /// In characters from 1.
        var position: Int
    }

    static let longest = 10_000
    private static let signs: Set<Character> = ["(", ")", ",", "=", "!", "<", ">"]
    private static let quotes: Set<Character> = ["\"", "'", "`"]

    static func tokens(_ text: String) throws -> [Token] {
        let characters = Array(text)
        guard characters.count <= longest else {
            throw RunsError.badQuery(text: text, position: longest, problem: "it is too long", nearest: nil)
        }
        var tokens: [Token] = []
        var next = 0
        while next < characters.count {
            let character = characters[next]
            let position = next + 1
            if character.isWhitespace {
                next += 1
            } else if quotes.contains(character) {
                guard let (content, end) = quotation(characters, from: next) else {
                    throw RunsError.badQuery(
                        text: text, position: position, problem: "the quotation is not closed", nearest: nil)
                }
                tokens.append(Token(kind: character == "`" ? .name : .quoted, text: content, position: position))
                next = end
            } else if signs.contains(character) {
                let pair = next + 1 < characters.count ? String([character, characters[next + 1]]) : ""
                let sign = ["!=", "<=", ">=", "=="].contains(pair) ? pair : String(character)
                next += sign.count
                tokens.append(Token(kind: .sign, text: sign == "==" ? "=" : sign, position: position))
            } else {
                var end = next
                while end < characters.count, isWordPart(characters[end]) { end += 1 }
                // A member with odd characters: figures.`click rate`.
                if end < characters.count, characters[end] == "`", characters[end - 1] == ".",
                    let (content, after) = quotation(characters, from: end)
                {
                    tokens.append(
                        Token(kind: .name, text: String(characters[next..<end]) + content, position: position))
                    next = after
                } else {
                    tokens.append(Token(kind: .word, text: String(characters[next..<end]), position: position))
                    next = end
                }
            }
        }
        tokens.append(Token(kind: .end, text: "", position: characters.count + 1))
        return tokens
    }

    private static func isWordPart(_ character: Character) -> Bool {
        !character.isWhitespace && !signs.contains(character) && !quotes.contains(character)
    }

    /// What stands up to the same quotation mark; a doubled mark is the mark itself.
    private static func quotation(_ characters: [Character], from start: Int) -> (String, Int)? {
        let mark = characters[start]
        var content = ""
        var next = start + 1
        while next < characters.count {
            if characters[next] == mark {
                guard next + 1 < characters.count, characters[next + 1] == mark else { return (content, next + 1) }
                next += 1
            }
            content.append(characters[next])
            next += 1
        }
        return nil
    }
}
