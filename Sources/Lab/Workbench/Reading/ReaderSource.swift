public import Foundation
public import LabLanguage
public import LabRuns
import LabStorage

/// Where readers get what they stand on: encoders, names of emoji, the model that finds languages, each from a dataset whose
/// files are verified before they are read.
public struct ReaderSource {
    private let dataset: (String) throws -> Dataset

    /// - Parameter dataset: gives a dataset of the catalogue, pulled where it is not here.
    public init(_ dataset: @escaping (String) throws -> Dataset) { self.dataset = dataset }

    /// The datasets of emoji's names and of languages.
    public static let emojiDataset = "emoji-names"
    public static let languageDataset = "langid-176"

    /// An encoder of the catalogue, or a user's own folder, told by a slash in its name.
    ///
    /// - Throws: `LanguageError` for what is no encoder, `StorageError` for what is missing or altered.
    public func encoder(_ name: String) throws -> PretrainedEncoder {
        guard !name.contains("/") else { return try PretrainedEncoder(folder: URL(filePath: name), name: name) }
        let dataset = try dataset(name)
        let folder = try weights(dataset).deletingLastPathComponent()
        // Not every encoder has each.
        for file in Self.files {
            do { _ = try dataset.file(file) } catch StorageError.noSuchObject { continue }
        }
        return try PretrainedEncoder(folder: folder, name: name)
    }

    /// The weights by which an encoder is known: a transformer's, or the Universal Sentence Encoder's.
    private func weights(_ dataset: Dataset) throws -> URL {
        do { return try dataset.file(TransformerModel.weightsFile) } catch let missing as StorageError {
            guard case .noSuchObject = missing else { throw missing }
            do { return try dataset.file(UniversalSentenceEncoder.weightsFile) } catch StorageError.noSuchObject {
                throw missing
            }
        }
    }

    private static let files = [
        "1_Pooling/config.json", "config.json", "modules.json", "sentence_bert_config.json", "sp.model",
        "tokenizer.json", "tokenizer_config.json", "vocab.txt",
    ]

    /// The English names of emoji.
    public func emojiNames() throws -> EmojiNames {
        try EmojiNames(language: "en", contentsOf: dataset(Self.emojiDataset).file(EmojiNames.file("en")))
    }

    public func languageIdentifier() throws -> LanguageIdentifier {
        try LanguageIdentifier(contentsOf: dataset(Self.languageDataset).file("lid.176.ftz"))
    }

    /// The reader in `folder`, with what its description asks for.
    public func reader(_ folder: URL) throws -> TextReader {
        let needs = try TextReader.needs(folder: folder)
        return try TextReader.load(
            folder: folder, encoders: needs.encoders.map(encoder), emoji: needs.emojiNames ? emojiNames() : nil)
    }
}
