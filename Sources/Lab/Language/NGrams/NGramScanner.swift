/// Cuts posts into n-grams and gives the buckets they fall into, without a `String` on the way.
///
/// Two passes over a post: the first folds its UTF-8 bytes into characters (`NGramScanner+Folding.swift`), the second
/// hashes runs of characters eight at a time (`NGramScanner+Hashing.swift`). One scanner serves one thread.
final class NGramScanner {
    /// How many characters of a post are read; the rest of a longer one is cut off.
    static let longestPost = 1 << 20
    /// Behind the characters lie zeros, which the vectors of the second pass may read.
    static let padding = 24

    let recipe: NGramRecipe
    /// Buckets of the last post: those of its words, then those of its characters.
    private(set) var buckets: UnsafeMutablePointer<UInt32>
    private(set) var wordCount = 0
    private(set) var characterCount = 0
    /// Number of folded characters.
    private(set) var foldedCount = 0
    var count: Int { wordCount + characterCount }

    /// The folded characters; a space before, between and behind tokens' groups.
    private(set) var characters: UnsafeMutablePointer<UInt32>
    /// Hashes of the tokens.
    private(set) var tokens: UnsafeMutablePointer<UInt32>
    private var capacity = 0
    let lowercase: UnsafePointer<UInt16>
    let kinds: UnsafePointer<UInt8>

    /// - Throws: `LanguageError.badRecipe`.
    init(_ recipe: NGramRecipe) throws {
        try recipe.check()
        self.recipe = recipe
        (lowercase, kinds) = (Self.copy(ScalarTable.lowercase), Self.copy(ScalarTable.kinds))
        (buckets, characters, tokens) = (.allocate(capacity: 1), .allocate(capacity: 1), .allocate(capacity: 1))
        reserve(1 << 10)
    }

    deinit {
        buckets.deallocate()
        characters.deallocate()
        tokens.deallocate()
        lowercase.deallocate()
        kinds.deallocate()
    }

    private static func copy<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
        memory.initialize(from: elements, count: elements.count)
        return UnsafePointer(memory)
    }

    /// Reads a post.
    func scan(_ text: String) {
        var text = text
        text.withUTF8 { scan($0) }
    }

    /// Reads a post's bytes; what is not UTF-8 separates tokens.
    func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
        let bytes = UnsafeBufferPointer(rebasing: bytes.prefix(Self.longestPost))
        // Every byte gives at most two characters (a space before it), and two more stand at the ends.
        reserve(2 * bytes.count + 2)
        let folded = fold(bytes)
        foldedCount = folded.characters
        wordCount = hashWords(folded.tokens, to: buckets)
        characterCount = hashCharacters(folded.characters, to: buckets + wordCount)
    }

    private func reserve(_ wanted: Int) {
        guard wanted > capacity else { return }
        capacity = max(wanted, 2 * capacity)
        let lengths = max(0, recipe.longestCharacters - recipe.shortestCharacters + 1)
        buckets.deallocate()
        characters.deallocate()
        tokens.deallocate()
        buckets = .allocate(capacity: (lengths + recipe.longestWords) * capacity + Self.padding)
        characters = .allocate(capacity: capacity + Self.padding)
        tokens = .allocate(capacity: capacity + Self.padding)
    }
}
