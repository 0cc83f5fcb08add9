import Foundation

extension TokenizerJSON {
    func wordPiece() throws -> WordPieceTokeniser {
        var settings = WordPieceTokeniser.Settings()
        if let unknown = model["unk_token"]?.bytes { settings.unknown = unknown }
        if let prefix = model["continuing_subword_prefix"]?.bytes { settings.continuationPrefix = prefix }
        if let longest = model["max_input_chars_per_word"]?.integer { settings.longestWord = longest }
        let normalisers = try steps("normalizer", members: "normalizers")
        settings.normaliser = BertNormaliser.Settings(
            cleansText: false, spacesIdeographs: false, stripsAccents: false, lowercases: false)
        for step in normalisers {
            let type = try type(of: step, part: "normalizer")
            guard type == "BertNormalizer", normalisers.count == 1 else {
                throw unsupported("the normalizer \(type)\(normalisers.count > 1 ? " in a sequence" : "")")
            }
            settings.normaliser.cleansText = step["clean_text"]?.bool ?? true
            settings.normaliser.spacesIdeographs = step["handle_chinese_chars"]?.bool ?? true
            settings.normaliser.stripsAccents = step["strip_accents"]?.bool
            settings.normaliser.lowercases = step["lowercase"]?.bool ?? true
        }
        let cutters = try steps("pre_tokenizer", members: "pretokenizers")
        guard cutters.count == 1, try type(of: cutters[0], part: "pre-tokenizer") == "BertPreTokenizer" else {
            let names = try cutters.map { try type(of: $0, part: "pre-tokenizer") }
            throw unsupported("the pre-tokenizer \(names.joined(separator: ", ")) before WordPiece")
        }
        let vocabulary = try vocabulary()
        return try WordPieceTokeniser(
            vocabulary, settings: settings, frame: try frame(id: vocabulary.id), file: file)
    }

    func bytePairs() throws -> ByteLevelTokeniser {
        for part in ["dropout", "continuing_subword_prefix", "end_of_word_suffix"] {
            if let value = model[part], value.bytes?.isEmpty != true, value.double != 0 {
                throw unsupported("the setting \(part) of BPE")
            }
        }
        if model["byte_fallback"]?.bool == true { throw unsupported("the setting byte_fallback of BPE") }
        if let step = try steps("normalizer", members: "normalizers").first {
            throw unsupported("the normalizer \(try type(of: step, part: "normalizer")) before BPE")
        }
        let cutters = try steps("pre_tokenizer", members: "pretokenizers")
        guard cutters.count == 1, try type(of: cutters[0], part: "pre-tokenizer") == "ByteLevel" else {
            let names = try cutters.map { try type(of: $0, part: "pre-tokenizer") }
            throw unsupported("the pre-tokenizer \(names.joined(separator: ", ")) before BPE")
        }
        if cutters[0]["use_regex"]?.bool == false {
            throw unsupported("the pre-tokenizer ByteLevel without its pattern")
        }
        let vocabulary = try vocabulary()
        guard let list = model["merges"]?.array else { throw bad("the model has no merges") }
        let pairs = try list.map { merge -> ([UInt8], [UInt8]) in
            if let line = merge.bytes { return try BytePairMerges.pair(line, file: file) }
            guard let pair = merge.array, pair.count == 2, let left = pair[0].bytes, let right = pair[1].bytes else {
                throw bad("a merge is not of two pieces")
            }
            return (left, right)
        }
        let unknown = try model["unk_token"]?.bytes.map { token -> Int32 in
            guard let id = vocabulary.id(of: token) else {
                throw bad("the vocabulary has no \(String(decoding: token, as: UTF8.self))")
            }
            return id
        }
        // A run of unknown bytes as one piece is for vocabularies without all bytes, which byte-level ones are not.
        if model["fuse_unk"]?.bool == true, ByteAlphabet.text.contains(where: { vocabulary.id(of: $0) == nil }) {
            throw unsupported("the setting fuse_unk of BPE in a vocabulary without all bytes")
        }
        return ByteLevelTokeniser(
            vocabulary: vocabulary, merges: try BytePairMerges(pairs, vocabulary: vocabulary, file: file),
            unknown: unknown, addsPrefixSpace: cutters[0]["add_prefix_space"]?.bool ?? true,
            ignoresMerges: model["ignore_merges"]?.bool ?? false, frame: try frame(id: vocabulary.id))
    }

    func unigram() throws -> UnigramTokeniser {
        guard let list = model["vocab"]?.array else { throw bad("the model has no vocab") }
        var ids: [[UInt8]: Int32] = [:]
        let pieces = try list.enumerated().map { index, entry -> UnigramTokeniser.Piece in
            guard let pair = entry.array, pair.count == 2, let text = pair[0].bytes, let score = pair[1].double else {
                throw bad("piece \(index) is not a text and a score")
            }
            ids[text] = Int32(index)
            return UnigramTokeniser.Piece(text: text, score: score)
        }
        guard let unknown = model["unk_id"]?.integer else { throw unsupported("a Unigram model without unk_id") }
        let rewriters = try steps("normalizer", members: "normalizers").map(rewriter)
        let metaspace = try metaspace()
        // Whether a text counts as first depends on how `tokenizers` trace replaced characters back.
        if metaspace.prepending == .first, rewriters.contains(where: \.isReplacement) {
            throw unsupported("the prepend_scheme first behind the normalizer Replace")
        }
        return try UnigramTokeniser(
            pieces, unknown: unknown, byteFallback: model["byte_fallback"]?.bool ?? false, rewriters: rewriters,
            metaspace: metaspace, frame: try frame(id: { ids[$0] }), file: file)
    }

    private func rewriter(_ step: JSONValue) throws -> TextRewriter {
        switch try type(of: step, part: "normalizer") {
        case "Precompiled":
            guard let text = step["precompiled_charsmap"]?.string, let blob = Data(base64Encoded: text) else {
                throw bad("the character map is not base 64")
            }
            return .characterMap(try CharacterMap(blob, file: file))
        case "Replace":
            guard let content = step["content"]?.bytes else { throw bad("the normalizer Replace has no content") }
            if let text = step["pattern"]?["String"]?.bytes { return .replace(text, by: content) }
            guard let pattern = step["pattern"]?["Regex"]?.string else {
                throw bad("the normalizer Replace has no pattern")
            }
            guard pattern == " {2,}" else { throw unsupported("the normalizer Replace with the pattern \(pattern)") }
            return .replaceSpaces(by: content)
        case let other: throw unsupported("the normalizer \(other) before Unigram")
        }
    }

    private func metaspace() throws -> Metaspace {
        var cutters = try steps("pre_tokenizer", members: "pretokenizers")
        var result = Metaspace()
        if let first = cutters.first, try type(of: first, part: "pre-tokenizer") == "WhitespaceSplit" {
            result.splitsAtWhitespace = true
            cutters.removeFirst()
        }
        guard cutters.count == 1, try type(of: cutters[0], part: "pre-tokenizer") == "Metaspace" else {
            let names = try cutters.map { try type(of: $0, part: "pre-tokenizer") }
            throw unsupported("the pre-tokenizer \(names.joined(separator: ", ")) before Unigram")
        }
        let step = cutters[0]
        if let mark = step["replacement"]?.bytes {
            guard String(decoding: mark, as: UTF8.self).unicodeScalars.count == 1 else {
                throw bad("the pre-tokenizer Metaspace replaces spaces by more than a character")
            }
            result.mark = mark
        }
        if let scheme = step["prepend_scheme"]?.string {
            guard let known = Metaspace.Prepending(rawValue: scheme) else {
                throw unsupported("the prepend_scheme \(scheme)")
            }
            result.prepending = known
        } else if step["add_prefix_space"]?.bool == false {
            result.prepending = .never
        }
        result.splits = step["split"]?.bool ?? true
        return result
    }
}
