/// A tokeniser from a `.model` file of SentencePiece, of the type unigram or BPE.
///
/// Gives the ids of `sentencepiece` 0.2.3. Source: Kudo and Richardson 2018, arXiv:1808.06226.
public final class SentencePieceTokeniser: SubwordTokeniser {
    public let vocabularySize: Int
    public let prefix: [Int32]
    public let suffix: [Int32]

    private enum Algorithm: Sendable {
        case unigram(SentencePieceUnigram)
        case bytePairs(SentencePieceBytePairs)
    }

    private let vocabulary: SentencePieceVocabulary
    private let normaliser: SentencePieceNormaliser
    private let algorithm: Algorithm
    private let workspaces = SentencePieceWorkspacePool()

    /// Reads a model.
    ///
    /// - Parameters:
    ///   - model: the file's bytes.
    ///   - file: what errors call it.
    ///   - marksEnds: whether the model's pieces for beginning and end stand around every text, where it has them.
    /// - Throws: `LanguageError.badTokeniser` or `.unsupportedModel`.
    public convenience init(model: [UInt8], file: String, marksEnds: Bool) throws {
        let parsed = try SentencePieceFile(model, file: file)
        try self.init(parsed, file: file, marksEnds: marksEnds)
    }

    init(_ parsed: SentencePieceFile, file: String, marksEnds: Bool) throws {
        vocabulary = try SentencePieceVocabulary(parsed, named: file)
        normaliser = try SentencePieceNormaliser(parsed, userDefined: vocabulary.userDefined, named: file)
        algorithm =
            parsed.algorithm == .unigram
            ? .unigram(SentencePieceUnigram(vocabulary)) : .bytePairs(SentencePieceBytePairs(vocabulary: vocabulary))
        vocabularySize = parsed.pieces.count
        func mark(_ id: Int64) -> [Int32] { parsed.pieces.indices.contains(Int(id)) ? [Int32(id)] : [] }
        prefix = marksEnds ? mark(parsed.beginning) : []
        suffix = marksEnds ? mark(parsed.end) : []
    }

    public func append(_ text: String, to ids: inout [Int32]) {
        let workspace = workspaces.take()
        defer { workspaces.giveBack(workspace) }
        let count = text.withUTF8Bytes { normaliser.normalise($0, to: workspace) }
        guard count > 0 else { return }
        switch algorithm {
        case .unigram(let model):
            let found = model.cut(count, in: workspace)
            // What stands behind a single text is thought of, so that memory is taken once.
            if ids.count <= prefix.count { ids.reserveCapacity(ids.count + found.count + suffix.count) }
            ids.append(contentsOf: found)
        case .bytePairs(let model):
            var last: Int32 = -1
            let text = UnsafeBufferPointer(start: workspace.bytes, count: count)[...]
            model.cut(text) { id, range in add(id, text[range], after: &last, to: &ids) }
        }
    }

    /// Appends a piece: unknown ones as their bytes where the model falls back, else a run of them as one.
    @inline(__always)
    private func add(_ id: Int32, _ bytes: UTF8Bytes, after last: inout Int32, to ids: inout [Int32]) {
        if id != vocabulary.unknown {
            ids.append(id)
        } else if !vocabulary.bytes.isEmpty {
            for byte in bytes { ids.append(vocabulary.bytes[Int(byte)]) }
        } else if last != id {
            ids.append(id)
        }
        last = id
    }
}
