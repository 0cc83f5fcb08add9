public import Foundation
public import LabDomain

/// Says which language a post is in, or that it cannot tell.
///
/// Four kinds of evidence are added as logarithms: the probability that fastText's lid.176 gives to the cleaned text
/// (Joulin et al., EACL 2017), the script, the letters that a language does not have, and the language's commonest words.
/// The script and the orthographies are rules, the words were written for this project, and the weights of letters and
/// words were tried on SemEval-style tweets of seven languages (UMSAB, training parts) and on joined word pairs of ELD's
/// benchmark: nothing was trained on either. What speaks for a language outside the candidates counts for a candidate of
/// the same macrolanguage, if there is one: without `id` among them, Indonesian is `ms`.
public struct LanguageIdentifier: Sendable {
    /// How the evidence is weighed, and when it is too little.
    public struct Settings: Hashable, Codable, Sendable {
        /// Fewer letters than this say nothing, in scripts that several candidates write.
        public var leastLetters = 3
        /// Below this confidence the language is unknown; 0…1.
        public var leastConfidence = 0.3
        /// What each letter outside a language's alphabet costs it, in nats; four letters count at most.
        public var alphabetWeight = 2.0
        /// What a common word of one language alone adds to it, in nats.
        public var wordWeight = 1.5
        /// Added to each language's probability: what the model's certainty can count for at most.
        public var floor = 1e-3

        public init() {}
    }

    /// ISO 639-1 codes of the candidates, sorted.
    public let languages: [String]
    public let settings: Settings
    let model: FastTextModel
    let tables: LanguageTables

    /// The 60 languages of the Efficient Language Detector's benchmark (nitotm), and those that have a script of their own.
    public static let standardLanguages = benchmarkLanguages + ["bo", "km", "my", "si"]

    /// The 60 languages of the Efficient Language Detector's benchmark.
    public static let benchmarkLanguages =
        """
        am ar az be bg bn ca cs da de el en es et eu fa fi fr gu he hi hr hu hy is it ja ka kn ko ku lo lt lv ml mr ms nl \
        no or pa pl pt ro ru sk sl sq sr sv ta te th tl tr uk ur vi yo zh
        """.split(separator: " ").map(String.init)

    /// - Parameters:
    ///   - model: lid.176, or another model with codes as labels.
    ///   - languages: the candidates: the fewer, the surer. They are codes of the model.
    /// - Throws: `LanguageError.unknownName` for a code that the model does not have.
    public init(
        model: FastTextModel, languages: [String] = standardLanguages, settings: Settings = Settings()
    ) throws {
        let known = Set(model.labels)
        for language in languages where !known.contains(language) {
            throw LanguageError.unknownName(kind: "language", name: language, known: model.labels.sorted())
        }
        self.model = model
        self.languages = Set(languages).sorted()
        self.settings = settings
        tables = LanguageTables(languages: self.languages, labels: model.labels)
    }

    /// Reads the file `lid.176.ftz` of the dataset `langid-176`.
    public init(contentsOf url: URL, languages: [String] = standardLanguages) throws {
        try self.init(model: FastTextModel(contentsOf: url), languages: languages)
    }

    /// The same for fewer or other candidates.
    public func restricted(to languages: [String]) throws -> LanguageIdentifier {
        try LanguageIdentifier(model: model, languages: languages, settings: settings)
    }

    /// The language of a post, raw or masked, but before its emoji became words of some language.
    public func identify(_ text: String) -> IdentifiedLanguage {
        let evidence = LanguageEvidence(text)
        guard let (index, confidence) = best(evidence) else { return IdentifiedLanguage(code: nil, confidence: 0) }
        let isEnough = confidence >= settings.leastConfidence && hasEnoughLetters(evidence)
        return IdentifiedLanguage(code: isEnough ? languages[index] : nil, confidence: confidence)
    }

    /// The language of a post's text; where that says none, of the first description of its images and films that says one.
    ///
    /// Descriptions are often written by a program, in a language of its own.
    public func identify(_ post: PostText) -> IdentifiedLanguage {
        let found = identify(post.text)
        guard found.code == nil else { return found }
        return post.mediaDescriptions.lazy.map { identify($0) }.first { $0.code != nil } ?? found
    }

    private func hasEnoughLetters(_ evidence: LanguageEvidence) -> Bool {
        guard let script = evidence.script else { return false }
        return evidence.letterCount >= settings.leastLetters || tables.candidates(of: script).count == 1
            || script.weight > 2
    }
}
