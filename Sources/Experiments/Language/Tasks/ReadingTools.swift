import Foundation
import LabLanguage
import LabRuns
import LabStorage

/// What readers stand on beside their own weights.
struct ReadingTools {
    var encoder: PretrainedEncoder?
    var emoji: EmojiNames?
    var languages: LanguageIdentifier?
    let preparation: TextPreparation

    init<Task: TaskDefinition>(_ configuration: TaskConfiguration<Task>, _ run: Run) throws {
        if configuration.recipe.needsEncoder {
            encoder = try Self.encoder(configuration.encoder, run)
            if configuration.preparation == .encoder { emoji = try EmojiNames(run.dataset("emoji-names")) }
        }
        if configuration.languages {
            languages = try LanguageIdentifier(contentsOf: run.dataset("langid-176").file("lid.176.ftz"))
        }
        preparation = emoji.map { .encoder($0) } ?? .none
    }

    /// An encoder of the catalogue, or a user's own folder.
    static func encoder(_ name: String, _ run: Run) throws -> PretrainedEncoder {
        guard !name.contains("/") else { return try PretrainedEncoder(folder: URL(filePath: name), name: name) }
        let dataset = try run.dataset(name)
        let folder = try dataset.file(TransformerModel.weightsFile).deletingLastPathComponent()
        // Every file that is read is verified first; not every encoder has each.
        for file in files {
            do { _ = try dataset.file(file) } catch StorageError.noSuchObject { continue }
        }
        return try PretrainedEncoder(folder: folder, name: name)
    }

    private static let files = [
        "1_Pooling/config.json", "config.json", "modules.json", "sentence_bert_config.json", "tokenizer.json",
        "tokenizer_config.json", "vocab.txt",
    ]
}

extension EmojiNames {
    /// The files of the dataset `emoji-names`.
    init(_ dataset: Dataset) throws {
        try self.init(folder: dataset.file("emoji.json").deletingLastPathComponent())
    }
}
