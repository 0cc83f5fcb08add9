/// What makes two copies of a post equal although addresses, names, case, space or entities differ.
struct TextFingerprint: Hashable {
    /// The text in lower case, with one mark for any user and any address, single spaces and entities resolved.
    let normalised: String
    /// Its different words in order of the alphabet; names, addresses, signs and a leading "rt" do not count.
    let words: [String]

    /// Fewer words than this say too little to call two posts nearly the same.
    static let fewestWords = 4

    var hasEnoughWords: Bool { words.count >= Self.fewestWords }
}

/// Takes fingerprints with the folding of the n-gram scanner.
struct Fingerprinter {
    private let scanner: NGramScanner

    init() throws {
        scanner = try NGramScanner(NGramRecipe(longestWords: 1, longestCharacters: 0))
    }

    func callAsFunction(_ text: String) -> TextFingerprint {
        let folded = scanner.folded(text)
        var words: Set<String> = []
        for (index, word) in folded.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "'" }).enumerated()
        where index > 0 || word != "rt" {
            words.insert(String(word))
        }
        return TextFingerprint(normalised: folded.trimmingSpaces, words: words.sorted())
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
