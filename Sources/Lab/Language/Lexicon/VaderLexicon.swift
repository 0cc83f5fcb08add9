public import Foundation

/// The valence lexicon of Hutto and Gilbert (ICWSM 2014): what ten raters felt at single words, emoticons and emoji.
///
/// It comes from the dataset catalogue (`vader-lexicon`, MIT licence); nothing of it is part of this code.
public struct VaderLexicon: Hashable, Codable, Sendable {
    /// Mean rating by lower-case token, from -4 to 4.
    public let valence: [String: Double]
    /// English description by emoji, one scalar each; its words are looked up in `valence`.
    public let emoji: [String: String]

    public init(valence: [String: Double], emoji: [String: String]) {
        self.valence = valence
        self.emoji = emoji
    }

    /// Reads the published files: token, tab, mean and more a line; emoji, tab, description a line.
    ///
    /// - Throws: `LanguageError.badLexicon` with the first line that does not fit.
    public init(lexicon: Data, emoji emojiFile: Data) throws {
        var valence: [String: Double] = [:]
        try VaderLexicon.forEachRow(of: lexicon, file: "vader_lexicon.txt") { token, mean in
            guard let value = Double(mean), value.isFinite, abs(value) <= 4 else { return "\(mean) is no mean valence" }
            valence[token] = value
            return nil
        }
        var emoji: [String: String] = [:]
        try VaderLexicon.forEachRow(of: emojiFile, file: "emoji_utf8_lexicon.txt") { symbol, description in
            // Sequences of several scalars stand in the file, too, but single scalars are what is looked up.
            if symbol.unicodeScalars.count == 1 { emoji[symbol] = description }
            return nil
        }
        self.init(valence: valence, emoji: emoji)
    }

    private static func forEachRow(
        of data: Data, file: String, _ take: (_ first: String, _ second: String) -> String?
    ) throws {
        guard let text = String(data: data, encoding: .utf8) else {
            throw LanguageError.badLexicon(file: file, line: 1, reason: "it is not UTF-8")
        }
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let row = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
            if line.isEmpty { continue }
            guard row.count >= 2, !row[0].isEmpty else {
                throw LanguageError.badLexicon(file: file, line: index + 1, reason: "it has no two columns")
            }
            let second = row[1].trimmingCharacters(in: .whitespacesAndNewlines)
            if let reason = take(String(row[0]), second) {
                throw LanguageError.badLexicon(file: file, line: index + 1, reason: reason)
            }
        }
    }
}
