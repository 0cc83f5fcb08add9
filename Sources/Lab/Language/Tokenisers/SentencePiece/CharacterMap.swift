/// SentencePiece's precompiled map from characters to what they are normalised to: a double array in the layout of
/// darts-clone, and the replacements as texts that end with a zero byte.
///
/// Walks are bounded by the text, and each look into the arrays by their size, so a damaged map gives other replacements at
/// worst. Source: `normalizer.cc` of SentencePiece, `darts.h` of darts-clone.
struct CharacterMap: Sendable {
    private let units: [UInt32]
    private let replacements: [UInt8]

    /// A replacement: bytes of the map's store, or none where nothing matches.
    struct Match {
        /// The number of bytes of the text that it replaces.
        let length: Int
        /// Where the replacement begins in the store.
        let offset: Int
    }

    /// Reads a map.
    ///
    /// - Throws: `LanguageError.badTokeniser` where the sizes do not fit or a replacement is not valid UTF-8.
    init(_ blob: some RandomAccessCollection<UInt8>, file: String) throws {
        func bad(_ reason: String) -> LanguageError {
            .badTokeniser(file: file, reason: "the character map \(reason)")
        }
        let bytes = Array(blob)
        guard bytes.count > 4 else { throw bad("is cut off") }
        func word(_ offset: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
        }
        let size = Int(word(0))
        guard size >= 4, size < bytes.count - 4 else { throw bad("says its trie has \(size) of \(bytes.count) bytes") }
        units = (0..<size / 4).map { word(4 + 4 * $0) }
        var store = Array(bytes[(4 + size)...])
        guard String(validating: store, as: UTF8.self) != nil else { throw bad("has replacements that are not UTF-8") }
        store.append(0)
        replacements = store
    }

    private static func offset(_ unit: UInt32) -> UInt32 { (unit >> 10) << ((unit & 0x200) >> 6) }

    /// The longest key at the beginning of `text`, or the shortest where `shortest` is set.
    func match(_ text: UTF8Bytes, shortest: Bool = false) -> Match? {
        units.withUnsafeBufferPointer { units in
            var position = CharacterMap.offset(units[0])
            var found: Match?
            var place = text.startIndex
            while place < text.endIndex {
                let byte = UInt32(text[place])
                position ^= byte
                guard Int(position) < units.count else { break }
                let unit = units[Int(position)]
                guard unit & 0x8000_00FF == byte else { break }
                position ^= CharacterMap.offset(unit)
                place &+= 1
                if unit & 0x100 != 0, Int(position) < units.count {
                    let value = Int(units[Int(position)] & 0x7FFF_FFFF)
                    guard isStart(value) else { continue }
                    found = Match(length: place &- text.startIndex, offset: value)
                    if shortest { break }
                }
            }
            return found
        }
    }

    /// Whether a replacement may be read from `offset`: within the store and not amid a character.
    private func isStart(_ offset: Int) -> Bool {
        offset < replacements.count && replacements[offset] & 0xC0 != 0x80
    }

    /// The replacement's bytes, up to the zero byte.
    func replacement(_ match: Match) -> ArraySlice<UInt8> {
        let end = replacements[match.offset...].firstIndex(of: 0) ?? replacements.endIndex
        return replacements[match.offset..<end]
    }

    /// Calls `body` with the replacement's bytes, up to the zero byte.
    @inline(__always)
    func withReplacement<Result>(_ match: Match, _ body: (UTF8Bytes) -> Result) -> Result {
        replacements.withUnsafeBufferPointer { store in
            var end = match.offset
            while end < store.count, store[end] != 0 { end &+= 1 }
            return body(store[match.offset..<end])
        }
    }

    /// Whether each ASCII character stays itself wherever another ASCII character or the end follows: it has no other
    /// replacement, and no key goes on with ASCII.
    func plainASCII() -> [Bool] {
        (UInt8(0)..<128).map { first in
            let isItself = [first].withUTF8Bytes { text in
                guard let match = match(text) else { return true }
                return replacement(match).elementsEqual([first])
            }
            return isItself && !(UInt8(0)..<128).contains { leads(first, $0) }
        }
    }

    /// Whether a key begins with these two bytes.
    private func leads(_ first: UInt8, _ second: UInt8) -> Bool {
        var position = CharacterMap.offset(units[0])
        for byte in [UInt32(first), UInt32(second)] {
            position ^= byte
            guard Int(position) < units.count, units[Int(position)] & 0x8000_00FF == byte else { return false }
            position ^= CharacterMap.offset(units[Int(position)])
        }
        return true
    }
}
