extension UnigramTokeniser {
    /// XLM-RoBERTa's tokeniser from its `sentencepiece.bpe.model`: the ids are shifted by one behind `<s>`, `<pad>`, `</s>`,
    /// `<unk>`, and `<mask>` is the last.
    ///
    /// Source: fairseq's dictionary, as `XLMRobertaTokenizer` of Hugging Face's `transformers` rebuilds it.
    convenience init(fairseq file: SentencePieceFile, configuration: TokeniserConfiguration, file name: String) throws {
        guard file.algorithm == .unigram else {
            throw LanguageError.unsupportedModel(
                file: name, what: "XLM-RoBERTa's numbering for a model of type bpe", supported: "type unigram")
        }
        var list = ["<s>", "<pad>", "</s>", "<unk>"].map { Piece(text: Array($0.utf8), score: 0) }
        list += file.pieces.dropFirst(3).map { Piece(text: $0.text, score: Double($0.score)) }
        list.append(Piece(text: Array("<mask>".utf8), score: 0))
        let mask = AddedToken(content: Array("<mask>".utf8), id: Int32(list.count - 1))
        let special = list.prefix(4).enumerated().map { AddedToken(content: $1.text, id: Int32($0)) }
        var metaspace = Metaspace()
        metaspace.splitsAtWhitespace = true
        if configuration.flag("add_prefix_space") == false { metaspace.prepending = .never }
        let rewriters: [TextRewriter] =
            file.characterMap.isEmpty ? [] : [.characterMap(try CharacterMap(file.characterMap, file: name))]
        try self.init(
            list, unknown: 3, byteFallback: false, rewriters: rewriters, metaspace: metaspace,
            frame: TokeniserFrame(prefix: [0], suffix: [2], added: special + [mask]), file: name)
    }
}
