extension WordPieceTokeniser {
    /// What a WordPiece model needs beside its pieces.
    struct Settings {
        var unknown = Array("[UNK]".utf8)
        var continuationPrefix = Array("##".utf8)
        var longestWord = 100
        var normaliser = BertNormaliser.Settings()
    }

    /// - Throws: `LanguageError.badTokeniser` where the unknown piece is missing or there are too many pieces.
    init(_ vocabulary: Vocabulary, settings: Settings, frame: TokeniserFrame, file: String) throws {
        guard let unknown = vocabulary.id(of: settings.unknown) else {
            let name = String(decoding: settings.unknown, as: UTF8.self)
            throw LanguageError.badTokeniser(file: file, reason: "the vocabulary has no \(name)")
        }
        var pieces = ByteTrie()
        for (piece, id) in vocabulary.pieces where !piece.isEmpty {
            guard pieces.insert(piece, value: id) else {
                throw LanguageError.badTokeniser(file: file, reason: "it has too many pieces")
            }
        }
        pieces.seal()
        self.pieces = pieces
        self.unknown = unknown
        continuation = pieces.node(of: settings.continuationPrefix)
        longestWord = settings.longestWord
        let normaliser = BertNormaliser(settings: settings.normaliser)
        self.normaliser = normaliser
        vocabularySize = max(vocabulary.size, frame.largestID + 1)
        prefix = frame.prefix
        suffix = frame.suffix
        added = AddedTokens(frame.added.filter { !$0.normalised })
        addedNormalised = AddedTokens(
            frame.added.filter(\.normalised).map { token in
                var token = token
                token.content = token.content.withUTF8Bytes(normaliser.normalised)
                return token
            })
    }

    /// Reads `vocab.txt`, one piece a line, with the settings and special tokens of BERT.
    ///
    /// - Throws: `LanguageError.badTokeniser` where the file is not UTF-8 or lacks `[UNK]`, `[CLS]` or `[SEP]`.
    init(vocabulary file: Tokeniser.File, configuration: TokeniserConfiguration) throws {
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
            let token = configuration.token(name, default: standard)
            guard let id = vocabulary.id(of: token) else {
                throw bad("the vocabulary has no \(String(decoding: token, as: UTF8.self))")
            }
            return id
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
