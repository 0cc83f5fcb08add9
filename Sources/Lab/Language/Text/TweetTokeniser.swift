/// Cuts posts into tokens: words, hashtags, emoji, emoticons, masks, numbers, punctuation.
///
/// It never fails and needs no language: any string gives tokens, an empty one none. Texts are expected in NFC.
public struct TweetTokeniser: Sendable {
    /// At most this many tokens after a negation are marked; a clause ends earlier at its punctuation.
    static let negationReach = 5

    public init() {}

    public func tokens(_ text: String) -> [Token] {
        var cutter = Cutter(Array(text.unicodeScalars))
        var tokens = cutter.run()
        markNegation(&tokens)
        return tokens
    }

    /// Marks what stands after `not`, `never`, `isn't` … in the same clause (Das and Chen 2001; Pang et al. 2002).
    private func markNegation(_ tokens: inout [Token]) {
        var left = 0
        for index in tokens.indices {
            let token = tokens[index]
            switch token.kind {
            case .punctuation, .emoticon, .emoji: left = 0
            case .word where TweetTokeniser.isNegation(token.text): left = TweetTokeniser.negationReach
            case .word where token.text == "but": left = 0
            default:
                if left > 0 {
                    tokens[index].isNegated = true
                    left -= 1
                }
            }
        }
    }

    static func isNegation(_ word: String) -> Bool {
        negations.contains(word) || word.hasSuffix("n't")
    }

    private static let negations: Set<String> = [
        "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "nowhere", "without", "cannot", "cant",
        "dont", "doesnt", "didnt", "isnt", "wasnt", "wont", "wouldnt", "shouldnt", "couldnt", "aint", "arent", "havent",
        "hasnt", "hadnt", "hardly", "barely", "nicht", "kein", "keine", "nie", "niemals", "pas", "jamais", "nunca",
    ]
}
