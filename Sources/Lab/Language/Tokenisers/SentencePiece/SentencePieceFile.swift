import LabStorage

/// What a `.model` file of SentencePiece holds.
///
/// Source: `sentencepiece_model.proto` of github.com/google/sentencepiece; fields that do not bear on encoding are skipped.
struct SentencePieceFile: Sendable {
    enum Kind: Int64, Sendable {
        case normal = 1
        case unknown, control, userDefined, unused, byte
    }

    struct Piece: Sendable {
        var text: [UInt8] = []
        var score: Float = 0
        var kind = Kind.normal
    }

    enum Algorithm: Int64, Sendable {
        case unigram = 1
        case bytePair, word, character
    }

    var pieces: [Piece] = []
    var algorithm = Algorithm.unigram
    var byteFallback = false
    var whitespaceIsSuffix = false
    var beginning: Int64 = 1
    var end: Int64 = 2
    /// The precompiled character map; empty where there is none.
    var characterMap: [UInt8] = []
    var addsDummyPrefix = true
    var removesExtraWhitespace = true
    var escapesWhitespace = true

    /// Reads a model.
    ///
    /// - Throws: `LanguageError.badTokeniser` where the bytes are no model or pieces are wrong, `.unsupportedModel` for the
    ///   word and character types.
    init(_ bytes: [UInt8], file: String) throws {
        do {
            var reader = ProtocolBufferReader(bytes[...], file: file)
            while let field = try reader.next() {
                switch field.number {
                case 1: pieces.append(try SentencePieceFile.piece(try reader.message(field)))
                case 2: try readTrainer(try reader.message(field))
                case 3: try readNormaliser(try reader.message(field))
                default: break
                }
            }
        } catch let error as StorageError {
            throw LanguageError.badTokeniser(file: file, reason: error.what)
        }
        guard algorithm == .unigram || algorithm == .bytePair else {
            throw LanguageError.unsupportedModel(
                file: file, what: "a SentencePiece model of type \(algorithm)", supported: "type unigram or bpe")
        }
    }

    private static func piece(_ message: ProtocolBufferReader) throws -> Piece {
        var reader = message
        var piece = Piece()
        while let field = try reader.next() {
            switch field.number {
            case 1: piece.text = Array(try reader.text(field).utf8)
            case 2: piece.score = try reader.float(field)
            case 3:
                let raw = try reader.integer(field)
                guard let kind = Kind(rawValue: raw) else { throw reader.damaged("a piece has the type \(raw)") }
                piece.kind = kind
            default: break
            }
        }
        return piece
    }

    private mutating func readTrainer(_ message: ProtocolBufferReader) throws {
        var reader = message
        while let field = try reader.next() {
            switch field.number {
            case 3:
                let raw = try reader.integer(field)
                guard let known = Algorithm(rawValue: raw) else {
                    throw reader.damaged("the model has the type \(raw)")
                }
                algorithm = known
            case 24: whitespaceIsSuffix = try reader.integer(field) != 0
            case 35: byteFallback = try reader.integer(field) != 0
            case 41: beginning = try reader.integer(field)
            case 42: end = try reader.integer(field)
            default: break
            }
        }
    }

    private mutating func readNormaliser(_ message: ProtocolBufferReader) throws {
        var reader = message
        while let field = try reader.next() {
            switch field.number {
            case 2: characterMap = Array(try reader.bytes(field))
            case 3: addsDummyPrefix = try reader.integer(field) != 0
            case 4: removesExtraWhitespace = try reader.integer(field) != 0
            case 5: escapesWhitespace = try reader.integer(field) != 0
            default: break
            }
        }
    }
}
