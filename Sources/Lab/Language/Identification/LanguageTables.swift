import Foundation

/// The knowledge about languages, by their place among the candidates.
struct LanguageTables: Sendable {
    /// Of each label of the model; -1 where its evidence counts for none.
    let candidateOfLabel: [Int32]
    let languagesOfWord: [UInt64: [UInt8]]
    let languagesOfLetter: [Unicode.Scalar: [UInt8]]
    /// By script: candidates whose alphabet in it is known.
    let judged: [[Int]]
    let japanese: Int?
    private let writers: [[Int]]
    private let logarithmOfCount: Double

    init(languages: [String], labels: [String]) {
        let place = Dictionary(uniqueKeysWithValues: languages.enumerated().map { ($1, $0) })
        candidateOfLabel = labels.map { label in
            LanguageRelatives.candidate(label) { place[$0] != nil }.flatMap { place[$0] }.map(Int32.init) ?? -1
        }
        var words: [UInt64: [UInt8]] = [:]
        var letters: [Unicode.Scalar: [UInt8]] = [:]
        var judged = [[Int]](repeating: [], count: Script.allCases.count)
        var writers = judged
        for (index, language) in languages.enumerated() {
            for script in Script.of(language) { writers[Int(script.rawValue)].append(index) }
            for word in FunctionWords.byLanguage[language] ?? [] {
                var word = word
                let hash = word.withUTF8 { LanguageTables.hash($0) }
                words[hash, default: []].append(UInt8(truncatingIfNeeded: index))
            }
            guard let alphabet = Alphabet.byLanguage[language] else { continue }
            for letter in alphabet { letters[letter, default: []].append(UInt8(truncatingIfNeeded: index)) }
            for script in Set(alphabet.compactMap(Script.init)) { judged[Int(script.rawValue)].append(index) }
        }
        languagesOfWord = words
        languagesOfLetter = letters
        self.judged = judged
        self.writers = writers
        japanese = place["ja"]
        logarithmOfCount = log(Double(max(2, languages.count)))
    }

    /// Places of the candidates that are written in a script.
    func candidates(of script: Script) -> [Int] { writers[Int(script.rawValue)] }

    /// 1 for what one language has alone, 0 for what all have.
    func informativeness(of count: Int) -> Double { max(0, 1 - log(Double(count)) / logarithmOfCount) }

    /// FNV-1a of 64 bits.
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash
    }
}
