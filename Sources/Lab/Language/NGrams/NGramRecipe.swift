/// Which n-grams a post is cut into, and how many buckets they are hashed to.
public struct NGramRecipe: Hashable, Codable, Sendable {
    /// The number of buckets is 2 to this power.
    public var bits: Int
    /// Runs of 1 ... this many tokens; 0 for none.
    public var longestWords: Int
    /// The shortest run of characters, from 1 on.
    public var shortestCharacters: Int
    /// The longest run of characters; less than `shortestCharacters` for none.
    public var longestCharacters: Int
    /// Whether runs of characters end at spaces, which they may begin or end with.
    public var withinWords: Bool

    public init(
        bits: Int = 18, longestWords: Int = 3, shortestCharacters: Int = 3, longestCharacters: Int = 6,
        withinWords: Bool = true
    ) {
        self.bits = bits
        self.longestWords = longestWords
        self.shortestCharacters = shortestCharacters
        self.longestCharacters = longestCharacters
        self.withinWords = withinWords
    }

    /// 2^`bits`.
    public var buckets: Int { 1 << bits }

    /// - Throws: `LanguageError.badRecipe`.
    func check() throws {
        guard (8...24).contains(bits) else { throw LanguageError.badRecipe("bits is \(bits), but must be in 8 ... 24") }
        guard (0...4).contains(longestWords) else {
            throw LanguageError.badRecipe("longestWords is \(longestWords), but must be in 0 ... 4")
        }
        guard (1...8).contains(shortestCharacters), longestCharacters <= 8 else {
            throw LanguageError.badRecipe("runs of characters have 1 to 8 of them")
        }
        guard longestWords > 0 || longestCharacters >= shortestCharacters else {
            throw LanguageError.badRecipe("it has neither words nor characters")
        }
    }
}
