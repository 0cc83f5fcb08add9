public import Foundation

/// Words that say little about what a text is about, by language.
///
/// Read from the dataset `stopwords-iso` (57 languages, MIT licence).
public struct StopWords: Sendable {
    public let words: [String: Set<String>]

    /// - Parameter words: lower case, by ISO 639-1 code.
    public init(_ words: [String: Set<String>]) { self.words = words }

    /// Reads `stopwords-iso.json`.
    ///
    /// - Throws: `LanguageError.badLexicon`.
    public init(contentsOf url: URL) throws {
        do {
            let lists = try JSONDecoder().decode([String: [String]].self, from: Data(contentsOf: url))
            words = lists.mapValues { list in
                // Pieces that broke when the lists were made.
                Set(list.lazy.filter { !$0.isEmpty && !$0.contains("\u{FFFD}") }.map { $0.lowercased() })
            }
        } catch {
            throw LanguageError.badLexicon(
                file: url.lastPathComponent, line: 1, reason: "it is no table of languages and their words")
        }
    }

    /// Whether a lower-case word is a stop word of the language; of an unknown language nothing is.
    public func contains(_ word: String, in language: String) -> Bool { words[language]?.contains(word) ?? false }
}
