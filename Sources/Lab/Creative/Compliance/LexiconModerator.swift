public import LabDomain

/// Blocks texts by a lexicon of words and phrases: the first gate, in front of any classifier.
///
/// It errs towards blocking and gives its reasons; it cannot tell a quotation from a threat.
public struct LexiconModerator: Moderator {
    /// Terms that are blocked, by category. A term that ends in `*` covers every word that begins so; `a … b` may have
    /// up to two words between.
    public let categories: [(name: String, terms: [String])]
    private let compiled: [(category: String, term: String, words: [String])]

    public init(_ categories: [(name: String, terms: [String])] = ModerationLexicon.standard) {
        self.categories = categories
        compiled = categories.flatMap { category in
            category.terms.map { term in
                (category.name, term, term.split(separator: " ").map(String.init))
            }
        }
    }

    public func objections(to text: String) throws -> [String] {
        let words = TextFolding.words(text)
        return compiled.filter { Self.matches($0.words, words) }.map { "\($0.category): '\($0.term)'" }
    }

    private static func matches(_ pattern: [String], _ words: [String]) -> Bool {
        words.indices.contains { matches(pattern[...], words[$0...]) }
    }

    private static func matches(_ pattern: ArraySlice<String>, _ words: ArraySlice<String>) -> Bool {
        guard let first = pattern.first else { return true }
        if first == "…" {
            return (0...2).contains { matches(pattern.dropFirst(), words.dropFirst($0)) }
        }
        guard let word = words.first else { return false }
        let fits = first.hasSuffix("*") ? word.hasPrefix(first.dropLast()) : word == first
        return fits && matches(pattern.dropFirst(), words.dropFirst())
    }
}
