/// Posts as buckets of their n-grams, cut once and read by every training over them.
public struct NGramCorpus: Sendable {
    public let recipe: NGramRecipe
    /// Post p's buckets lie at `starts[p] ..< starts[p + 1]`, those of words first.
    private var starts: [Int] = [0]
    private var wordCounts: [Int32] = []
    private var buckets: [UInt32] = []

    /// Cuts `texts`.
    ///
    /// - Throws: `LanguageError.badRecipe`.
    public init(_ texts: [String], recipe: NGramRecipe = NGramRecipe()) throws {
        self.recipe = recipe
        let scanner = try NGramScanner(recipe)
        starts.reserveCapacity(texts.count + 1)
        wordCounts.reserveCapacity(texts.count)
        for text in texts {
            scanner.scan(text)
            buckets.append(contentsOf: UnsafeBufferPointer(start: scanner.buckets, count: scanner.count))
            starts.append(buckets.count)
            wordCounts.append(Int32(scanner.wordCount))
        }
    }

    /// Number of posts.
    public var count: Int { wordCounts.count }

    /// Number of n-grams of all posts.
    public var gramCount: Int { buckets.count }

    @inline(__always)
    func withPost<Result>(
        _ post: Int, _ body: (_ buckets: UnsafePointer<UInt32>, _ words: Int, _ characters: Int) -> Result
    ) -> Result? {
        buckets.withUnsafeBufferPointer { buckets in
            let (start, end) = (starts[post], starts[post + 1])
            let words = Int(wordCounts[post])
            // An empty array has no address; its posts have no n-grams either.
            guard let base = buckets.baseAddress else { return nil }
            return body(base + start, words, end - start - words)
        }
    }

    /// In how many posts each bucket occurs, [buckets].
    func postCounts() -> [Int32] {
        var counts = [Int32](repeating: 0, count: recipe.buckets)
        var lastPost = [Int32](repeating: -1, count: recipe.buckets)
        for post in 0..<count {
            for bucket in buckets[starts[post]..<starts[post + 1]] where lastPost[Int(bucket)] != Int32(post) {
                lastPost[Int(bucket)] = Int32(post)
                counts[Int(bucket)] += 1
            }
        }
        return counts
    }
}
