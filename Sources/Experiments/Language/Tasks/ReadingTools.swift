import LabLanguage
import LabRuns
import LabWorkbench

/// What readers stand on beside their own weights.
struct ReadingTools {
    var encoder: PretrainedEncoder?
    var emoji: EmojiNames?
    var languages: LanguageIdentifier?
    let preparation: TextPreparation

    init<Task: TaskDefinition>(_ configuration: TaskConfiguration<Task>, _ run: Run) throws {
        let source = ReaderSource(run.dataset)
        if configuration.recipe.needsEncoder {
            let found = try source.encoder(configuration.encoder)
            try require(
                found.transformer != nil || !configuration.recipe.parts.contains(.tuned), "recipe",
                configuration.recipe.rawValue,
                "frozen or fusion with the encoder \(found.name), which gives vectors and cannot be trained further")
            encoder = found
            if configuration.preparation == .encoder { emoji = try source.emojiNames() }
        }
        if configuration.languages { languages = try source.languageIdentifier() }
        preparation = emoji.map { .encoder($0) } ?? .none
    }

    /// The languages of a twentieth of the texts or more; none where nobody looks.
    func frequentLanguages(of texts: [String]) -> [String] {
        guard let languages else { return [] }
        var counts: [String: Int] = [:]
        for text in texts { if let code = languages.identify(text).code { counts[code, default: 0] += 1 } }
        return counts.filter { $0.value * 20 >= texts.count }.keys.sorted()
    }
}

extension SentenceEncoder {
    /// What a head reads of the layers that a setting names: none where a text has one vector.
    func layers(_ wanted: [Int]) throws -> [Int] {
        guard let depth else { return [] }
        try require(
            wanted.allSatisfy { $0 <= depth }, "layers", wanted, "numbers up to \(depth), the encoder's depth")
        return wanted
    }
}
