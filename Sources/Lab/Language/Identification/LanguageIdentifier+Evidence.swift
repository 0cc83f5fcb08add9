import Foundation

extension LanguageIdentifier {
    /// Candidates of another script are out of the question, whatever the model says.
    private static let otherScript = -12.0
    /// Chinese characters without kana.
    private static let hanWithoutKana = -5.0
    private static let mostLetters = 4

    /// The best candidate's place in `languages` and its confidence; `nil` where no candidate writes such letters.
    func best(_ evidence: LanguageEvidence) -> (index: Int, confidence: Double)? {
        guard let totals = totals(evidence), let largest = totals.max(), let index = totals.firstIndex(of: largest)
        else { return nil }
        let sum = totals.reduce(0) { $0 + exp($1 - largest) }
        return (index, 1 / sum)
    }

    /// The evidence for each candidate, in nats.
    private func totals(_ evidence: LanguageEvidence) -> [Double]? {
        guard let script = evidence.script else { return nil }
        let writers = tables.candidates(of: script)
        guard !writers.isEmpty else { return nil }
        var totals = [Double](repeating: settings.floor, count: languages.count)
        let scores = evidence.text.withUnsafeBufferPointer { text in
            var scores = [Float](repeating: -.infinity, count: model.labels.count)
            _ = scores.withUnsafeMutableBufferPointer { model.score(text, into: $0) }
            return scores
        }
        for (score, candidate) in zip(scores, tables.candidateOfLabel) where candidate >= 0 && score > -.infinity {
            totals[Int(candidate)] += Double(exp(score))
        }
        for index in totals.indices { totals[index] = log(totals[index]) + LanguageIdentifier.otherScript }
        for index in writers { totals[index] -= LanguageIdentifier.otherScript }
        if script == .han, let japanese = tables.japanese { totals[japanese] += LanguageIdentifier.hanWithoutKana }
        weighLetters(evidence, &totals)
        weighWords(evidence, &totals)
        return totals
    }

    private func weighLetters(_ evidence: LanguageEvidence, _ totals: inout [Double]) {
        guard !evidence.special.isEmpty else { return }
        var foreign = [Int](repeating: 0, count: languages.count)
        for letter in evidence.special {
            guard let script = Script(letter) else { continue }
            for index in tables.judged[Int(script.rawValue)] { foreign[index] += 1 }
            for index in tables.languagesOfLetter[letter] ?? [] { foreign[Int(index)] -= 1 }
        }
        for index in totals.indices where foreign[index] > 0 {
            totals[index] -= Double(min(foreign[index], LanguageIdentifier.mostLetters)) * settings.alphabetWeight
        }
    }

    private func weighWords(_ evidence: LanguageEvidence, _ totals: inout [Double]) {
        evidence.text.withUnsafeBufferPointer { text in
            for range in evidence.words {
                let word = UnsafeBufferPointer(rebasing: text[range])
                guard let languages = tables.languagesOfWord[LanguageTables.hash(word)] else { continue }
                let gain = settings.wordWeight * tables.informativeness(of: languages.count)
                for index in languages { totals[Int(index)] += gain }
            }
        }
    }
}
