/// SentencePiece's normalisation of a text, which is always on: characters by the map, white space by the flags.
///
/// Source: `Normalizer::Normalize` in `normalizer.cc` of SentencePiece.
struct SentencePieceNormaliser: Sendable {
    private let map: CharacterMap?
    /// What a byte is, 256 of them.
    private let kinds: [Kind]
    /// Found in the text as they stand, and left as they are.
    private let userDefined: ByteTrie
    private let hasUserDefined: Bool
    private let addsDummyPrefix: Bool
    private let removesExtraWhitespace: Bool
    private let whitespaceIsSuffix: Bool
    /// Whether a space becomes ▁ (U+2581).
    private let escapesWhitespace: Bool

    private enum Kind: UInt8 {
        /// Looked up.
        case other
        /// ASCII that stays itself before more ASCII: the fast way.
        case plain
        /// Likewise the space.
        case space
    }

    init(_ file: SentencePieceFile, userDefined: ByteTrie, named name: String) throws {
        map = file.characterMap.isEmpty ? nil : try CharacterMap(file.characterMap, file: name)
        self.userDefined = userDefined
        hasUserDefined = userDefined.values.count > 1
        let plain = map?.plainASCII() ?? [Bool](repeating: true, count: 128)
        kinds = (UInt8(0)...255).map { byte in
            guard byte < 128, plain[Int(byte)], userDefined.step(from: ByteTrie.root, byte) == nil else {
                return .other
            }
            return byte == 0x20 ? .space : .plain
        }
        addsDummyPrefix = file.addsDummyPrefix
        removesExtraWhitespace = file.removesExtraWhitespace
        whitespaceIsSuffix = file.whitespaceIsSuffix
        escapesWhitespace = file.escapesWhitespace
    }

    /// A text that is written to a workspace.
    private struct Output {
        let workspace: SentencePieceWorkspace
        let escapesWhitespace: Bool
        private var bytes: UnsafeMutablePointer<UInt8>
        private(set) var count = 0

        /// Room for the spaces around a text.
        static let spare = 8

        init(_ workspace: SentencePieceWorkspace, escapesWhitespace: Bool) {
            self.workspace = workspace
            self.escapesWhitespace = escapesWhitespace
            bytes = workspace.bytes
        }

        /// Makes room for `more` bytes; nothing below does.
        @inline(__always)
        mutating func reserve(_ more: Int) {
            workspace.reserve(bytes: count &+ more, keeping: count)
            bytes = workspace.bytes
        }

        @inline(__always)
        mutating func add(_ byte: UInt8) {
            bytes[count] = byte
            count &+= 1
        }

        @inline(__always)
        mutating func addSpace() {
            guard escapesWhitespace else { return add(0x20) }
            bytes[count] = 0xE2
            bytes[count &+ 1] = 0x96
            bytes[count &+ 2] = 0x81
            count &+= 3
        }

        /// Adds `text`, without the spaces at its beginning if `skippingSpaces` is set.
        @inline(__always)
        mutating func add(_ text: UTF8Bytes, skippingSpaces: Bool) {
            var skips = skippingSpaces
            for place in text.startIndex..<text.endIndex {
                let byte = text[place]
                if byte != 0x20 {
                    add(byte)
                    skips = false
                } else if !skips {
                    addSpace()
                }
            }
        }

        mutating func removeSpacesAtEnd() {
            if escapesWhitespace {
                while count >= 3, bytes[count - 1] == 0x81, bytes[count - 2] == 0x96, bytes[count - 3] == 0xE2 {
                    count -= 3
                }
            } else {
                while count > 0, bytes[count - 1] == 0x20 { count -= 1 }
            }
        }
    }

    /// Writes `text` normalised to the workspace.
    ///
    /// - Returns: the number of bytes.
    func normalise(_ text: UTF8Bytes, to workspace: SentencePieceWorkspace) -> Int {
        var rest = text
        if removesExtraWhitespace {
            while !rest.isEmpty {
                let prefix = normalisedPrefix(rest)
                let end = rest.startIndex + prefix.length
                guard withBytes(of: prefix, before: end, in: rest, { $0.count == 1 && $0.first == 0x20 }) else { break }
                rest = rest[end...]
            }
        }
        guard !rest.isEmpty else { return 0 }
        // Spaces grow to three bytes; what the map makes longer reserves more.
        var output = Output(workspace, escapesWhitespace: escapesWhitespace)
        output.reserve(3 * rest.count + Output.spare)
        if addsDummyPrefix, !whitespaceIsSuffix { output.addSpace() }
        write(rest, to: &output)
        if removesExtraWhitespace { output.removeSpacesAtEnd() }
        if addsDummyPrefix, whitespaceIsSuffix { output.addSpace() }
        return output.count
    }

    private func write(_ text: UTF8Bytes, to output: inout Output) {
        var afterSpace = removesExtraWhitespace
        var place = text.startIndex
        let end = text.endIndex
        kinds.withUnsafeBufferPointer { kinds in
            while place < end {
                let byte = text[place]
                let kind = kinds[Int(byte)]
                guard kind != .other, place &+ 1 == end || text[place &+ 1] < 0x80 else {
                    let prefix = normalisedPrefix(text[place...])
                    place &+= prefix.length
                    withBytes(of: prefix, before: place, in: text) { bytes in
                        output.reserve(3 &* (bytes.count &+ end &- place) &+ Output.spare)
                        output.add(bytes, skippingSpaces: afterSpace)
                        if let last = bytes.last, last != 0x20 || !afterSpace { afterSpace = last == 0x20 }
                    }
                    if !removesExtraWhitespace { afterSpace = false }
                    continue
                }
                place &+= 1
                if kind == .plain {
                    output.add(byte)
                    afterSpace = false
                } else if !afterSpace {
                    output.addSpace()
                    afterSpace = removesExtraWhitespace
                }
            }
        }
    }

    /// What the beginning of a text becomes.
    private struct Prefix {
        /// The number of bytes of the text.
        let length: Int
        /// What stands instead of them; nil where they stay.
        var replacement: CharacterMap.Match?
    }

    /// What the beginning of `text`, which is not empty, becomes.
    @inline(__always)
    private func normalisedPrefix(_ text: UTF8Bytes) -> Prefix {
        if hasUserDefined, let match = userDefined.longest(in: text) { return Prefix(length: match.length) }
        if let map, let match = map.match(text) { return Prefix(length: match.length, replacement: match) }
        return Prefix(length: min(UTF8Bytes.length(lead: text[text.startIndex]), text.count))
    }

    /// Calls `body` with what the prefix that ends before `end` becomes.
    @inline(__always)
    private func withBytes<Result>(
        of prefix: Prefix, before end: Int, in text: UTF8Bytes, _ body: (UTF8Bytes) -> Result
    ) -> Result {
        guard let map, let match = prefix.replacement else { return body(text[end &- prefix.length..<end]) }
        return map.withReplacement(match, body)
    }
}
