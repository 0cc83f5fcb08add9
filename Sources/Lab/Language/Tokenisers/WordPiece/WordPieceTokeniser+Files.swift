extension WordPieceTokeniser {
    /// What a WordPiece model needs beside its pieces.
    struct Settings {
        var unknown = Array("[UNK]".utf8)
        var continuationPrefix = Array("##".utf8)
        var longestWord = 100
        var normaliser = BertNormaliser.Settings()
    }

    /// Reads `vocab.txt`, one piece a line, with the settings and special tokens of BERT.
    ///
    /// - Throws: `LanguageError.badTokeniser` where the file is not UTF-8 or lacks `[UNK]`, `[CLS]` or `[SEP]`.
    convenience init(vocabulary file: Tokeniser.File, configuration: TokeniserConfiguration) throws {
        func bad(_ reason: String) -> LanguageError { .badTokeniser(file: file.name, reason: reason) }
        guard String(validating: file.bytes, as: UTF8.self) != nil else { throw bad("it is not valid UTF-8") }
        var vocabulary = Vocabulary()
        var lines = file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty ?? false { lines.removeLast() }
        for (index, line) in lines.enumerated() {
            let piece = line.last == 0x0D ? line.dropLast() : line
            try vocabulary.add(Array(piece), id: index, file: file.name)
        }
        var settings = Settings()
        settings.unknown = configuration.token("unk_token", default: "[UNK]")
        settings.normaliser.lowercases = configuration.flag("do_lower_case") ?? true
        settings.normaliser.stripsAccents = configuration.flag("strip_accents")
        settings.normaliser.spacesIdeographs = configuration.flag("tokenize_chinese_chars") ?? true
        func special(_ name: String, _ standard: String) throws -> Int32 {
            try configuration.id(name, default: standard, in: vocabulary, file: file.name)
        }
        let frame = TokeniserFrame(
            prefix: [try special("cls_token", "[CLS]")], suffix: [try special("sep_token", "[SEP]")],
            added: configuration.added(
                [
                    ("unk_token", "[UNK]"), ("sep_token", "[SEP]"), ("pad_token", "[PAD]"), ("cls_token", "[CLS]"),
                    ("mask_token", "[MASK]"),
                ], vocabulary: vocabulary))
        try self.init(vocabulary, settings: settings, frame: frame, file: file.name)
    }
}
