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
            encoder = try source.encoder(configuration.encoder)
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
