/// VADER: a lexicon and five rules of how English changes a word's strength (Hutto and Gilbert, ICWSM 2014).
///
/// The rules and their constants are the paper's: punctuation, capitals, degree modifiers, the contrastive `but`, and
/// negation within the three preceding words; where the paper is silent, the published program's behaviour decides.
/// Differences from that program, on purpose: `so` and `this` strengthen by a quarter only after `never` (for want of
/// brackets the program does it for every third word after them); a clause's words before and after `but` are told
/// apart by their position (the program takes the first word of equal valence); and an emoji's description is separated
/// from a word that touches it.
public struct VaderScorer: Sendable {
    public let lexicon: VaderLexicon

    public init(_ lexicon: VaderLexicon) { self.lexicon = lexicon }

    enum Constant {
        /// Table of degree modifiers: mean increase of intensity.
        static let booster = 0.293
        /// A capitalised word among others that are not.
        static let capitals = 0.733
        /// A negation turns and dampens.
        static let negation = -0.74
        static let exclamation = 0.292
        static let question = 0.18
        static let manyQuestions = 0.96
        /// Of the normalisation x / √(x² + α).
        static let alpha = 15.0
        /// How much a modifier two and three words away still does.
        static let distance = [1, 0.95, 0.9]
    }

    public func score(_ text: String) -> VaderScore {
        let described = describingEmoji(text)
        let words = VaderWords(described)
        guard !words.isEmpty else { return .empty }
        var valences = words.indices.map { valence(at: $0, in: words) }
        weighClauses(around: words, &valences)
        return summarised(valences, emphasis: emphasis(of: described))
    }

    private func describingEmoji(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if let description = scalar.isASCII ? nil : lexicon.emoji[String(scalar)] {
                result += " \(description) "
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// What comes after the first `but` weighs half as much again, what comes before half.
    private func weighClauses(around words: VaderWords, _ valences: inout [Double]) {
        guard let turn = words.lower.firstIndex(of: "but") else { return }
        for index in valences.indices where index != turn { valences[index] *= index < turn ? 0.5 : 1.5 }
    }

    private func emphasis(of text: String) -> Double {
        let exclamations = text.unicodeScalars.count { $0 == "!" }
        let questions = text.unicodeScalars.count { $0 == "?" }
        let asked =
            switch questions {
            case ...1: 0.0
            case 2...3: Double(questions) * Constant.question
            default: Constant.manyQuestions
            }
        return Double(min(exclamations, 4)) * Constant.exclamation + asked
    }

    private func summarised(_ valences: [Double], emphasis: Double) -> VaderScore {
        var sum = valences.reduce(0, +)
        if sum > 0 { sum += emphasis } else if sum < 0 { sum -= emphasis }
        // Each word counts 1 besides its valence, so that shares compare with neutral words, which count 1.
        var positive = valences.filter { $0 > 0 }.reduce(0) { $0 + $1 + 1 }
        var negative = valences.filter { $0 < 0 }.reduce(0) { $0 - $1 + 1 }
        let neutral = Double(valences.count { $0 == 0 })
        if positive > negative { positive += emphasis } else if positive < negative { negative += emphasis }
        let total = positive + negative + neutral
        let compound = max(-1, min(1, sum / (sum * sum + Constant.alpha).squareRoot()))
        return VaderScore(
            compound: compound, positive: positive / total, negative: negative / total, neutral: neutral / total)
    }
}
