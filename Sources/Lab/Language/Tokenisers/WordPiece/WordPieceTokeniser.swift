/// BERT's tokeniser: normalisation, words, and of each word greedily the longest piece of the vocabulary.
///
/// Gives the ids of Hugging Face's `tokenizers` 0.23.3. Source: Wu et al. 2016, arXiv:1609.08144, section 4.1; Devlin et
/// al. 2019, arXiv:1810.04805.
public final class WordPieceTokeniser: SubwordTokeniser {
    public let vocabularySize: Int
    public let prefix: [Int32]
    public let suffix: [Int32]

    let normaliser: BertNormaliser
    let preTokeniser = BertPreTokeniser()
    /// All pieces; those that go on a word begin with `##`.
    let pieces: ByteTrie
    /// Where a walk begins within a word: behind `##`, if any piece begins so.
    let continuation: UInt32?
    let unknown: Int32
    /// A longer word, counted in characters, is unknown as a whole.
    let longestWord: Int
    /// Found in the text as it stands, and in the normalised text.
    let added: AddedTokens
    let addedNormalised: AddedTokens

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

    public func append(_ text: String, to ids: inout [Int32]) {
        text.withUTF8Bytes { bytes in
            added.split(bytes) { part in
                switch part {
                case .token(let id): ids.append(id)
                case .text(let range): appendText(bytes[range], to: &ids)
                }
            }
        }
    }

    private func appendText(_ text: UTF8Bytes, to ids: inout [Int32]) {
        normaliser.normalised(text).withUTF8Bytes { bytes in
            addedNormalised.split(bytes) { part in
                switch part {
                case .token(let id): ids.append(id)
                case .text(let range): preTokeniser.words(of: bytes[range]) { appendWord($0, to: &ids) }
                }
            }
        }
    }

    private func appendWord(_ word: UTF8Bytes, to ids: inout [Int32]) {
        let before = ids.count
        var place = word.startIndex
        if word.count > longestWord, isTooLong(word) {
            ids.append(unknown)
            return
        }
        while place < word.endIndex {
            let node = place == word.startIndex ? ByteTrie.root : continuation
            guard let node, let match = pieces.longest(in: word[place...], from: node) else {
                ids.removeLast(ids.count - before)
                ids.append(unknown)
                return
            }
            ids.append(match.value)
            place &+= match.length
        }
    }

    private func isTooLong(_ word: UTF8Bytes) -> Bool {
        word.reduce(into: 0) { count, byte in if byte & 0xC0 != 0x80 { count += 1 } } > longestWord
    }
}
