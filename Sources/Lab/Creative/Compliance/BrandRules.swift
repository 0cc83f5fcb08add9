import Foundation

/// What a brand wants of its texts.
public struct BrandRules: Hashable, Codable, Sendable {
    /// Never used, in any case and as whole words or phrases.
    public var forbiddenTerms: [String]
    /// Claims that need proof which an ad cannot carry.
    public var unprovenClaims: [String]
    /// At most so many exclamation marks in the whole text.
    public var maximumExclamationMarks: Int
    /// Whether words may be written in capitals for emphasis.
    public var allowsShouting: Bool
    /// Abbreviations that are no shouting.
    public var abbreviations: Set<String>
    /// Whether texts may carry web addresses of their own: links belong to the platform's button.
    public var allowsAddresses: Bool

    public init(
        forbiddenTerms: [String] = [], unprovenClaims: [String] = BrandRules.usualUnprovenClaims,
        maximumExclamationMarks: Int = 1, allowsShouting: Bool = false, abbreviations: Set<String> = [],
        allowsAddresses: Bool = false
    ) {
        self.forbiddenTerms = forbiddenTerms
        self.unprovenClaims = unprovenClaims
        self.maximumExclamationMarks = maximumExclamationMarks
        self.allowsShouting = allowsShouting
        self.abbreviations = abbreviations
        self.allowsAddresses = allowsAddresses
    }

    /// Superlatives and promises that regulators ask proof of.
    public static let usualUnprovenClaims = [
        "the best", "number one", "no. 1", "#1", "guaranteed", "100 % safe", "risk free", "risk-free",
        "clinically proven",
        "scientifically proven", "cheapest", "unbeatable", "world's", "miracle",
    ]

    /// What speaks against a text; empty where nothing does.
    public func objections(to copy: Copy) -> [Objection] {
        var found: [Objection] = []
        for part in CopyPart.allCases {
            let text = copy[part]
            for term in forbiddenTerms where TermMatcher.contains(term, in: text) {
                found.append(
                    Objection(rule: "brand.forbidden", part: part, reason: "the brand does not say '\(term)'"))
            }
            for term in unprovenClaims where TermMatcher.contains(term, in: text) {
                found.append(Objection(rule: "brand.claim", part: part, reason: "'\(term)' is a claim without proof"))
            }
            if !allowsShouting, let word = shouted(text) {
                found.append(
                    Objection(
                        rule: "brand.capitals", part: part, reason: "'\(word)' is written in capitals",
                        suggestion: text.replacingOccurrences(of: word, with: word.lowercased())))
            }
            if !allowsAddresses, text.contains(/(?i)https?:\/\/|www\./) {
                found.append(
                    Objection(rule: "brand.address", part: part, reason: "links belong to the button, not to the text"))
            }
        }
        let marks = copy.fullText.count { $0 == "!" }
        if marks > maximumExclamationMarks {
            found.append(
                Objection(
                    rule: "brand.exclamation",
                    reason: "\(marks) exclamation marks, at most \(maximumExclamationMarks) are wanted"))
        }
        return found
    }

    private func shouted(_ text: String) -> String? {
        text.split { !$0.isLetter }.map(String.init).first { word in
            word.count > 3 && word == word.uppercased() && word != word.lowercased() && !abbreviations.contains(word)
        }
    }
}

/// Finds words and phrases at word boundaries, whatever the case and the accents.
enum TermMatcher {
    static func contains(_ term: String, in text: String) -> Bool {
        let folding: String.CompareOptions = [.caseInsensitive, .diacriticInsensitive]
        let haystack = text.folding(options: folding, locale: nil)
        let needle = term.folding(options: folding, locale: nil)
        guard !needle.isEmpty else { return false }
        var start = haystack.startIndex
        while let range = haystack.range(of: needle, range: start..<haystack.endIndex) {
            let before =
                range.lowerBound > haystack.startIndex ? haystack[haystack.index(before: range.lowerBound)] : " "
            let after = range.upperBound < haystack.endIndex ? haystack[range.upperBound] : " "
            let opens = !(needle.first?.isLetter ?? false) || !before.isLetter
            let closes = !(needle.last?.isLetter ?? false) || !after.isLetter
            if opens, closes { return true }
            start = haystack.index(after: range.lowerBound)
        }
        return false
    }
}
