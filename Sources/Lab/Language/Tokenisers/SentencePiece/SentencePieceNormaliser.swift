/// SentencePiece's normalisation of a text, which is always on: characters by the map, white space by the flags.
///
/// Source: `Normalizer::Normalize` in `normalizer.cc` of SentencePiece.
struct SentencePieceNormaliser: Sendable {
    private let map: CharacterMap?
    /// ASCII characters that stay themselves before another one; their fast way.
    private let plain: [Bool]
    /// Found in the text as they stand, and left as they are.
    private let userDefined: ByteTrie
    private let hasUserDefined: Bool
    private let addsDummyPrefix: Bool
    private let removesExtraWhitespace: Bool
    private let whitespaceIsSuffix: Bool
    /// What a space becomes: ▁ (U+2581), or a space.
    private let space: [UInt8]

    init(_ file: SentencePieceFile, userDefined: ByteTrie, named name: String) throws {
        map = file.characterMap.isEmpty ? nil : try CharacterMap(file.characterMap, file: name)
        self.userDefined = userDefined
        hasUserDefined = userDefined.values.count > 1
        var plain = map?.plainASCII() ?? [Bool](repeating: true, count: 128)
        plain[0x20] = false
        if hasUserDefined {
            for byte in UInt8(0)..<128 where userDefined.step(from: ByteTrie.root, byte) != nil {
                plain[Int(byte)] = false
            }
        }
        self.plain = plain
        addsDummyPrefix = file.addsDummyPrefix
        removesExtraWhitespace = file.removesExtraWhitespace
        whitespaceIsSuffix = file.whitespaceIsSuffix
        space = file.escapesWhitespace ? [0xE2, 0x96, 0x81] : [0x20]
    }

    private static let singleSpace: [UInt8] = [0x20]

    /// `text` normalised.
    func normalised(_ text: UTF8Bytes) -> [UInt8] {
        var rest = text
        if removesExtraWhitespace {
            while !rest.isEmpty {
                let (piece, length) = normalisedPrefix(rest)
                guard isSingleSpace(piece) else { break }
                rest = rest.dropFirst(length)
            }
        }
        guard !rest.isEmpty else { return [] }
        var output: [UInt8] = []
        output.reserveCapacity(rest.count + rest.count / 2 + 16)
        if addsDummyPrefix, !whitespaceIsSuffix { output += space }
        appendNormalised(rest, to: &output)
        if removesExtraWhitespace {
            while output.count >= space.count, output.suffix(space.count).elementsEqual(space) {
                output.removeLast(space.count)
            }
        }
        if addsDummyPrefix, whitespaceIsSuffix { output += space }
        return output
    }

    private func appendNormalised(_ text: UTF8Bytes, to output: inout [UInt8]) {
        var afterSpace = removesExtraWhitespace
        var place = text.startIndex
        plain.withUnsafeBufferPointer { plain in
            while place < text.endIndex {
                let byte = text[place]
                if byte < 0x80, plain[Int(byte)], place &+ 1 == text.endIndex || text[place &+ 1] < 0x80 {
                    output.append(byte)
                    afterSpace = false
                    place &+= 1
                    continue
                }
                let (piece, length) = normalisedPrefix(text[place...])
                place &+= length
                append(piece, to: &output, afterSpace: &afterSpace)
            }
        }
    }

    private func append(_ piece: Prefix, to output: inout [UInt8], afterSpace: inout Bool) {
        func add(_ bytes: some BidirectionalCollection<UInt8>) {
            let rest = afterSpace ? bytes.drop(while: { $0 == 0x20 }) : bytes[...]
            for byte in rest {
                if byte == 0x20 { output += space } else { output.append(byte) }
            }
            if let last = rest.last { afterSpace = last == 0x20 }
            if !removesExtraWhitespace { afterSpace = false }
        }
        switch piece {
        case .text(let bytes): add(bytes)
        case .replacement(let bytes): add(bytes)
        }
    }

    /// What the beginning of a text becomes.
    private enum Prefix {
        case text(UTF8Bytes)
        case replacement(ArraySlice<UInt8>)
    }

    private func isSingleSpace(_ piece: Prefix) -> Bool {
        switch piece {
        case .text(let bytes): bytes.elementsEqual(SentencePieceNormaliser.singleSpace)
        case .replacement(let bytes): bytes.elementsEqual(SentencePieceNormaliser.singleSpace)
        }
    }

    /// What the beginning of `text`, which is not empty, becomes, and the number of bytes that it replaces.
    private func normalisedPrefix(_ text: UTF8Bytes) -> (Prefix, Int) {
        if hasUserDefined, let match = userDefined.longest(in: text) {
            return (.text(text.prefix(match.length)), match.length)
        }
        if let map, let match = map.match(text) { return (.replacement(map.replacement(match)), match.length) }
        let length = UTF8Bytes.length(lead: text[text.startIndex])
        return (.text(text.prefix(length)), length)
    }
}
