/// How a post becomes numbers.
public struct FeatureRecipe: Hashable, Codable, Sendable {
    /// Longest word n-gram; 0 leaves words out.
    public var wordGrams = 2
    /// Shortest and longest character n-gram; 0 leaves characters out.
    public var shortestCharacterGram = 3
    public var longestCharacterGram = 5
    /// Hashed columns: 2 to this power.
    public var bits = 18
    /// Whether what the lexicon says is given as further columns.
    public var lexicon = false

    public init() {}

    /// - Throws: `LanguageError.badRecipe`.
    public func validate() throws {
        guard (8...24).contains(bits) else { throw LanguageError.badRecipe("bits must be 8 to 24, not \(bits)") }
        guard (0...3).contains(wordGrams) else {
            throw LanguageError.badRecipe("wordGrams must be 0 to 3, not \(wordGrams)")
        }
        guard (0...8).contains(longestCharacterGram), longestCharacterGram == 0 || shortestCharacterGram >= 1,
            shortestCharacterGram <= max(longestCharacterGram, shortestCharacterGram)
        else { throw LanguageError.badRecipe("character n-grams must be between 1 and 8 long") }
        guard wordGrams > 0 || longestCharacterGram > 0 || lexicon else {
            throw LanguageError.badRecipe("it leaves no features")
        }
    }
}
