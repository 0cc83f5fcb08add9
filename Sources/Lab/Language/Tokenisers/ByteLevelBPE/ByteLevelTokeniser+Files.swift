extension ByteLevelTokeniser {
    /// Reads `vocab.json` and `merges.txt`, with the settings and special tokens of RoBERTa.
    ///
    /// - Throws: `LanguageError.badTokeniser` where a file is damaged, a merge is of pieces that are not in the vocabulary, or
    ///   `<s>` or `</s>` is missing.
    convenience init(vocabulary file: Tokeniser.File, merges: Tokeniser.File, configuration: TokeniserConfiguration)
        throws
    {
        func bad(_ reason: String) -> LanguageError { .badTokeniser(file: file.name, reason: reason) }
        guard let members = try JSONParser.parse(file.bytes, file: file.name).members else {
            throw bad("it is no object")
        }
        var vocabulary = Vocabulary()
        for member in members {
            guard let id = member.value.integer else { throw bad("an id is no whole number") }
            try vocabulary.add(member.name, id: id, file: file.name)
        }
        guard String(validating: merges.bytes, as: UTF8.self) != nil else {
            throw LanguageError.badTokeniser(file: merges.name, reason: "it is not valid UTF-8")
        }
        var pairs: [([UInt8], [UInt8])] = []
        for line in merges.bytes.split(separator: 0x0A) where !line.starts(with: "#version".utf8) {
            let line = line.last == 0x0D ? line.dropLast() : line
            pairs.append(try BytePairMerges.pair(line, file: merges.name))
        }
        func special(_ name: String, _ standard: String) throws -> Int32 {
            try configuration.id(name, default: standard, in: vocabulary, file: file.name)
        }
        let frame = TokeniserFrame(
            prefix: [try special("cls_token", "<s>")], suffix: [try special("sep_token", "</s>")],
            added: configuration.added(
                [
                    ("bos_token", "<s>"), ("eos_token", "</s>"), ("unk_token", "<unk>"), ("sep_token", "</s>"),
                    ("pad_token", "<pad>"), ("cls_token", "<s>"), ("mask_token", "<mask>"),
                ], vocabulary: vocabulary))
        self.init(
            vocabulary: vocabulary, merges: try BytePairMerges(pairs, vocabulary: vocabulary, file: merges.name),
            unknown: nil, addsPrefixSpace: configuration.flag("add_prefix_space") ?? false, ignoresMerges: false,
            frame: frame)
    }
}

extension BytePairMerges {
    /// The two pieces of a line such as `Ġ t`.
    static func pair(_ line: some Collection<UInt8>, file: String) throws -> ([UInt8], [UInt8]) {
        let parts = line.split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw LanguageError.badTokeniser(
                file: file, reason: "the merge '\(String(decoding: line, as: UTF8.self))' is not of two pieces")
        }
        return (Array(parts[0]), Array(parts[1]))
    }

    /// - Throws: `LanguageError.badTokeniser` where a piece or the union of two is not in the vocabulary.
    init(_ pairs: [([UInt8], [UInt8])], vocabulary: Vocabulary, file: String) throws {
        self.init()
        for (left, right) in pairs {
            func id(_ piece: [UInt8]) throws -> Int32 {
                guard let id = vocabulary.id(of: piece) else {
                    throw LanguageError.badTokeniser(
                        file: file,
                        reason: "the vocabulary lacks '\(String(decoding: piece, as: UTF8.self))', which a merge needs")
                }
                return id
            }
            add(try id(left), try id(right), result: try id(left + right))
        }
    }
}
