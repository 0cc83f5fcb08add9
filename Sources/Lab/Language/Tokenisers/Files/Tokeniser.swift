public import Foundation

/// Reads the tokeniser that belongs to a model's folder.
public enum Tokeniser {
    /// The tokeniser in a folder as Hugging Face's `save_pretrained` and SentencePiece leave them.
    ///
    /// `tokenizer.json` comes first; without it `vocab.txt` (WordPiece), `vocab.json` with `merges.txt` (byte-level BPE) or a
    /// `.model` of SentencePiece (`sp.model`, `spiece.model`, `tokenizer.model`, `sentencepiece.bpe.model`) do, with what
    /// `tokenizer_config.json` says. BERT, DistilBERT, RoBERTa and XLM-RoBERTa are covered.
    ///
    /// - Throws: `LanguageError.badTokeniser` for a damaged or missing file, `.unsupportedModel` for a part that is not known,
    ///   which it names.
    public static func load(folder: URL) throws -> any SubwordTokeniser {
        func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder.appending(path: name).path) }
        if has("tokenizer.json") { return try load(tokenizer: try read(folder.appending(path: "tokenizer.json"))) }
        let configuration = try TokeniserConfiguration(folder: folder)
        if has("vocab.txt") {
            let vocabulary = try read(folder.appending(path: "vocab.txt"))
            return try WordPieceTokeniser(vocabulary: vocabulary, configuration: configuration)
        }
        if has("vocab.json"), has("merges.txt") {
            return try ByteLevelTokeniser(
                vocabulary: try read(folder.appending(path: "vocab.json")),
                merges: try read(folder.appending(path: "merges.txt")), configuration: configuration)
        }
        for name in ["sp.model", "spiece.model", "tokenizer.model", "sentencepiece.bpe.model"] where has(name) {
            return try load(model: try read(folder.appending(path: name)), configuration: configuration)
        }
        throw LanguageError.badTokeniser(
            file: folder.lastPathComponent,
            reason: "the folder has no tokenizer.json, vocab.txt, vocab.json with merges.txt, or .model")
    }

    /// A file's bytes with the name by which errors call it.
    struct File {
        let name: String
        let bytes: [UInt8]
    }

    static func read(_ url: URL) throws -> File {
        do {
            return File(name: url.lastPathComponent, bytes: [UInt8](try Data(contentsOf: url)))
        } catch {
            throw LanguageError.badTokeniser(file: url.lastPathComponent, reason: error.localizedDescription)
        }
    }

    /// SentencePiece's numbering, or XLM-RoBERTa's where the configuration names that class.
    private static func load(
        model: File, configuration: TokeniserConfiguration
    ) throws -> any SubwordTokeniser {
        let parsed = try SentencePieceFile(model.bytes, file: model.name)
        if configuration.isXLMRoberta {
            return try UnigramTokeniser(fairseq: parsed, configuration: configuration, file: model.name)
        }
        return try SentencePieceTokeniser(parsed, file: model.name, marksEnds: true)
    }
}
