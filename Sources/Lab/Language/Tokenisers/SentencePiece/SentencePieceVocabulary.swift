/// The pieces of a SentencePiece model, found by their text.
///
/// Source: `ModelInterface::InitializePieces` in `model_interface.cc` of SentencePiece.
final class SentencePieceVocabulary: Sendable {
    /// Normal, user-defined and unused pieces: what a text can be cut into.
    let pieces: DoubleArray
    /// The user-defined ones alone.
    let userDefined: ByteTrie
    let scores: [Float]
    /// The bytes of each piece.
    let lengths: [Int]
    /// Whether ▁ (U+2581) stands in a piece elsewhere than at its beginning.
    let hasMarkWithin: Bool
    let kinds: [SentencePieceFile.Kind]
    let unknown: Int32
    /// The piece of each byte where the model falls back to bytes, else empty.
    let bytes: [Int32]

    /// - Throws: `LanguageError.badTokeniser` where a piece is empty, occurs twice or scores no number, or unknown or byte
    ///   pieces are not as they must be.
    init(_ file: SentencePieceFile, named name: String) throws {
        func bad(_ reason: String) -> LanguageError { .badTokeniser(file: name, reason: reason) }
        var pieces = ByteTrie()
        var userDefined = ByteTrie()
        var reserved = ByteTrie()
        var unknown: Int32?
        var bytes = [Int32](repeating: -1, count: 256)
        for (index, piece) in file.pieces.enumerated() {
            let id = Int32(index)
            guard !piece.text.isEmpty, !piece.text.contains(0) else { throw bad("piece \(index) is empty") }
            guard piece.score.isFinite else { throw bad("piece \(index) has the score \(piece.score)") }
            let text = String(decoding: piece.text, as: UTF8.self)
            let isNew: Bool
            switch piece.kind {
            case .normal, .userDefined, .unused:
                let before = pieces.stringCount
                guard pieces.insert(piece.text, value: id) else { throw bad("it has too many pieces") }
                isNew = pieces.stringCount > before
                if piece.kind == .userDefined { userDefined.insert(piece.text, value: id) }
            case .unknown, .control, .byte:
                let before = reserved.stringCount
                guard reserved.insert(piece.text, value: id) else { throw bad("it has too many pieces") }
                isNew = reserved.stringCount > before
            }
            guard isNew else { throw bad("the piece '\(text)' occurs twice") }
            if piece.kind == .unknown {
                guard unknown == nil else { throw bad("it has two unknown pieces") }
                unknown = id
            }
            if piece.kind == .byte {
                guard file.byteFallback else {
                    throw bad("it has the byte piece \(text), but does not fall back to bytes")
                }
                guard let byte = SentencePieceVocabulary.byte(text) else {
                    throw bad("the byte piece \(text) is no byte")
                }
                bytes[byte] = id
            }
        }
        guard let unknown else { throw bad("it has no unknown piece") }
        guard pieces.values.count > 1 else { throw bad("it has no pieces") }
        guard !file.byteFallback || !bytes.contains(-1) else {
            throw bad("it falls back to bytes, but some are missing")
        }
        userDefined.seal()
        self.pieces = DoubleArray(pieces)
        self.userDefined = userDefined
        self.unknown = unknown
        self.bytes = file.byteFallback ? bytes : []
        scores = file.pieces.map(\.score)
        lengths = file.pieces.map { $0.text.count }
        hasMarkWithin = file.pieces.contains { piece in
            piece.text.indices.dropFirst().contains { piece.text[$0...].starts(with: [0xE2, 0x96, 0x81]) }
        }
        kinds = file.pieces.map(\.kind)
    }

    /// The byte that a piece such as `<0x0A>` means.
    static func byte(_ piece: String) -> Int? {
        guard piece.utf8.count == 6, piece.hasPrefix("<0x"), piece.hasSuffix(">") else { return nil }
        let digits = piece.dropFirst(3).dropLast()
        guard digits.allSatisfy({ $0.isHexDigit && !$0.isLowercase }) else { return nil }
        return Int(digits, radix: 16)
    }
}
