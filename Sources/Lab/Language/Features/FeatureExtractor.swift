/// Turns texts into hashed features: words, word pairs, character runs, shape, and on request the lexicon's opinion.
///
/// Each family's vector has Euclidean length 1, so that long posts weigh no more than short ones. Columns are found by
/// signed hashing (Weinberger et al. 2009): a collision adds noise of mean 0 instead of a bias.
public struct FeatureExtractor: Sendable {
    public let recipe: FeatureRecipe
    let lexicon: VaderScorer?
    private let tokeniser = TweetTokeniser()

    /// Columns before the hashed ones, for the lexicon's features.
    static let reserved = 8

    /// Number of columns.
    public var width: Int { FeatureExtractor.reserved + 1 << recipe.bits }

    /// - Throws: `LanguageError.badRecipe`, `.lexiconNeeded`.
    public init(_ recipe: FeatureRecipe, lexicon: VaderScorer? = nil) throws {
        try recipe.validate()
        guard !recipe.lexicon || lexicon != nil else { throw LanguageError.lexiconNeeded }
        self.recipe = recipe
        self.lexicon = recipe.lexicon ? lexicon : nil
    }

    /// The features of one text. Texts without any token give an empty vector.
    public func features(_ text: String) -> SparseVector {
        let tokens = tokeniser.tokens(text)
        var all: [(column: Int32, value: Float)] = []
        append(wordGrams(tokens), to: &all)
        append(characterGrams(tokens), to: &all)
        append(shape(tokens), scale: 0.5, to: &all)
        if let lexicon { all += lexiconFeatures(lexicon.score(text)) }
        return SparseVector(summing: all)
    }

    /// Adds a family: each feature once, whatever its count, scaled to length `scale`.
    private func append(_ hashes: [UInt64], scale: Float = 1, to all: inout [(column: Int32, value: Float)]) {
        guard !hashes.isEmpty else { return }
        let unique = Set(hashes).sorted()
        let value = scale / Float(unique.count).squareRoot()
        let mask = UInt64(1) << recipe.bits - 1
        for hash in unique {
            let column = FeatureExtractor.reserved + Int(hash & mask)
            all.append((Int32(column), hash >> 63 == 0 ? value : -value))
        }
    }
}
