/// One step of the normalisation that a `tokenizer.json` describes.
enum TextRewriter: Sendable {
    /// SentencePiece's map in the form of Hugging Face's `Precompiled`.
    case characterMap(CharacterMap)
    case replace([UInt8], by: [UInt8])
    /// Two or more spaces, as the pattern ` {2,}`.
    case replaceSpaces(by: [UInt8])

    var isReplacement: Bool { if case .characterMap = self { false } else { true } }

    /// What becomes of `text`, which is valid UTF-8, and so is the result.
    func apply(to text: [UInt8]) -> [UInt8] {
        switch self {
        case .characterMap(let map): TextRewriter.mapped(text, by: map)
        case .replace(let pattern, let content): TextRewriter.replaced(text, pattern, content)
        case .replaceSpaces(let content): TextRewriter.spacesReplaced(text, content)
        }
    }

    /// `tokenizers`' `Precompiled` maps a grapheme cluster of less than six bytes as a whole, by the shortest key at its
    /// beginning, and where no key matches, or it is longer, each of its characters alone.
    private static func mapped(_ text: [UInt8], by map: CharacterMap) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.count + text.count / 4)
        func append(_ bytes: UTF8Bytes) -> Bool {
            guard let match = map.match(bytes, shortest: true) else { return false }
            output += map.replacement(match)
            return true
        }
        for cluster in String(decoding: text, as: UTF8.self) {
            cluster.utf8.withContiguousBytes { bytes in
                if bytes.count < 6, append(bytes) { return }
                var place = bytes.startIndex
                while place < bytes.endIndex {
                    let end = place + UTF8Bytes.length(lead: bytes[place])
                    let scalar = bytes[place..<end]
                    if !append(scalar) { output += scalar }
                    place = end
                }
            }
        }
        return output
    }

    private static func replaced(_ text: [UInt8], _ pattern: [UInt8], _ content: [UInt8]) -> [UInt8] {
        guard let first = pattern.first, text.contains(first) else { return text }
        var output: [UInt8] = []
        var place = 0
        while place < text.count {
            if text[place...].starts(with: pattern) {
                output += content
                place += pattern.count
            } else {
                output.append(text[place])
                place += 1
            }
        }
        return output
    }

    private static func spacesReplaced(_ text: [UInt8], _ content: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var place = 0
        while place < text.count {
            let end = text[place...].firstIndex { $0 != 0x20 } ?? text.count
            if end - place >= 2 {
                output += content
                place = end
            } else {
                output.append(text[place])
                place += 1
            }
        }
        return output
    }
}

extension Character.UTF8View {
    /// Calls `body` with the bytes of one grapheme cluster.
    fileprivate func withContiguousBytes(_ body: (UTF8Bytes) -> Void) {
        Array(self).withUTF8Bytes(body)
    }
}
