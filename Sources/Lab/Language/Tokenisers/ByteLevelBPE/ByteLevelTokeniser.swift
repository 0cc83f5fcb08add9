/// The byte-level byte-pair tokeniser of GPT-2 and RoBERTa.
///
/// Gives the ids of Hugging Face's `tokenizers` 0.23.3. Source: Radford et al. 2019, "Language Models are Unsupervised
/// Multitask Learners", section 2.2.
public final class ByteLevelTokeniser: SubwordTokeniser {
    public let vocabularySize: Int
    public let prefix: [Int32]
    public let suffix: [Int32]

    private let splitter = GPT2Splitter()
    /// The piece of each byte; -1 where it has none and leaves nothing.
    private let bytes: [Int32]
    private let merges: BytePairMerges
    /// The words, as bytes, that become a single piece: their answer without merging.
    private let words: ByteTrie
    private let addsPrefixSpace: Bool
    private let added: AddedTokens
    private let addedNormalised: AddedTokens

    init(
        vocabulary: Vocabulary, merges: BytePairMerges, unknown: Int32?, addsPrefixSpace: Bool, ignoresMerges: Bool,
        frame: TokeniserFrame
    ) {
        let bytes = (0...255).map { vocabulary.id(of: ByteAlphabet.text[$0]) ?? unknown ?? -1 }
        self.bytes = bytes
        self.merges = merges
        self.addsPrefixSpace = addsPrefixSpace
        var words = ByteTrie()
        for (piece, id) in vocabulary.pieces {
            guard let word = ByteAlphabet.bytes(of: piece) else { continue }
            var ids: [Int32] = []
            merges.append(word.map { bytes[Int($0)] }.filter { $0 >= 0 }, to: &ids)
            if ignoresMerges || ids == [id] { words.insert(word, value: id) }
        }
        words.seal()
        self.words = words
        vocabularySize = max(vocabulary.size, frame.largestID + 1)
        prefix = frame.prefix
        suffix = frame.suffix
        added = AddedTokens(frame.added.filter { !$0.normalised })
        addedNormalised = AddedTokens(frame.added.filter(\.normalised))
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
        addedNormalised.split(text) { part in
            switch part {
            case .token(let id): ids.append(id)
            case .text(let range):
                if addsPrefixSpace, text[range.lowerBound] != 0x20 {
                    ([0x20] + text[range]).withUTF8Bytes { appendPieces($0, to: &ids) }
                } else {
                    appendPieces(text[range], to: &ids)
                }
            }
        }
    }

    private func appendPieces(_ text: UTF8Bytes, to ids: inout [Int32]) {
        let bytes = bytes
        splitter.pieces(of: text) { piece in
            if let id = words.value(of: piece) {
                ids.append(id)
            } else {
                merges.append(piece.lazy.map { bytes[Int($0)] }.filter { $0 >= 0 }, to: &ids)
            }
        }
    }
}
