/// The pieces of a vocabulary with their ids.
struct Vocabulary: Sendable {
    /// In the order of the file; a piece that occurs twice stands once, with its last id.
    private(set) var pieces: [(piece: [UInt8], id: Int32)] = []
    private var places: [[UInt8]: Int] = [:]
    /// The largest id + 1.
    private(set) var size = 0

    /// Ids stay below this: no model has a table of more rows.
    static let largest = 1 << 24

    func id(of piece: [UInt8]) -> Int32? { places[piece].map { pieces[$0].id } }

    func id(of piece: String) -> Int32? { id(of: Array(piece.utf8)) }

    /// Adds a piece.
    ///
    /// - Throws: `LanguageError.badTokeniser` where the id is negative or beyond any table.
    mutating func add(_ piece: [UInt8], id: Int, file: String) throws {
        guard id >= 0, id < Vocabulary.largest else {
            throw LanguageError.badTokeniser(
                file: file, reason: "the piece '\(String(decoding: piece, as: UTF8.self))' has the id \(id)")
        }
        if let place = places[piece] {
            pieces[place].id = Int32(id)
        } else {
            places[piece] = pieces.count
            pieces.append((piece, Int32(id)))
        }
        size = max(size, id + 1)
    }
}
