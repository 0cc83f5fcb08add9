/// The special categories of personal data (GDPR article 9), which are never inferred and never stored.
public enum SpecialCategory: String, Codable, Sendable, CaseIterable, Hashable {
    case health
    case faith
    case politics
    case sexuality
    case ethnicity
    case unionMembership
    case biometrics
    case genetics

    /// Beginnings of words that name the category in an attribute's name, in lower case.
    var stems: [String] {
        switch self {
        case .health:
            ["health", "illness", "disease", "diagnos", "depress", "pregnan", "medic", "disab", "therap", "patient"]
        case .faith:
            ["faith", "relig", "church", "mosque", "synagog", "belief", "muslim", "christian", "jewish", "hindu"]
        case .politics: ["politic", "party", "vote", "voting", "ballot", "ideolog", "leftwing", "rightwing"]
        case .sexuality: ["sexual", "gay", "lesbian", "bisexual", "queer", "lgbt", "transgender"]
        case .ethnicity: ["ethnic", "race", "racial", "skin", "nationalorigin", "nationality"]
        case .unionMembership: ["union", "tradeunion"]
        case .biometrics: ["biometric", "face", "facial", "voiceprint", "fingerprint", "gaze", "iris"]
        case .genetics: ["genetic", "genome", "dna"]
        }
    }

    /// The category that an attribute's name speaks of, if any. Words are split at case, digits and punctuation.
    public static func named(in attribute: String) -> SpecialCategory? {
        let words = words(of: attribute)
        let joined = words.joined()
        return allCases.first { category in
            category.stems.contains { stem in
                words.contains { $0.hasPrefix(stem) } || (stem.count > 7 && joined.contains(stem))
            }
        }
    }

    private static func words(of name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var previousIsLower = false
        for character in name {
            if !character.isLetter || (character.isUppercase && previousIsLower) {
                if !word.isEmpty { words.append(word) }
                word = ""
            }
            if character.isLetter { word += character.lowercased() }
            previousIsLower = character.isLowercase
        }
        return word.isEmpty ? words : words + [word]
    }
}
