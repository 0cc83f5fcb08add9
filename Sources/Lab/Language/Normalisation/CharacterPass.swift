import Foundation

/// The first pass: references and escapes become characters, invisible ones go, white space is collapsed, the rest is NFC.
struct CharacterPass {
    let settings: NormalisationSettings

    /// Whether a text in ASCII is left alone: one look at each byte, as most posts are.
    private func needsNothing(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var last: UInt8 = 0x20
        for byte in text {
            switch byte {
            case 0x20:
                if last == 0x20, settings.composes { return false }
            case 0x21...0x7E:
                if byte == 0x26 || byte == 0x5C, settings.decodesEscapes { return false }
            default: return false
            }
            last = byte
        }
        return last != 0x20 || text.isEmpty || !settings.composes
    }

    func run(_ rewriting: inout Rewriting) {
        let text = rewriting.source
        guard settings.decodesEscapes || settings.composes, !needsNothing(text) else { return }
        var position = 0
        var mayCompose = false
        while position < text.count {
            let byte = text[position]
            if byte == 0x26 || byte == 0x5C, settings.decodesEscapes, let found = Escapes.decode(text, at: position) {
                rewriting.replace(
                    position..<found.end, with: UTF8.encode(found.scalar) ?? UTF8.encodedReplacementCharacter)
                rewriting.mustRepeat = true
                position = found.end
            } else if byte > 0x20, byte < 0x7F {
                position += 1
            } else {
                let (scalar, end) = text.scalar(at: position)
                mayCompose = mayCompose || ScalarClass.mayCompose(scalar)
                position = settings.composes ? rewriteSpace(scalar, position..<end, &rewriting) : end
            }
        }
        guard settings.composes, mayCompose, rewriting.isUnchanged else {
            rewriting.mustRepeat = rewriting.mustRepeat || mayCompose && settings.composes
            return
        }
        compose(&rewriting)
    }

    /// Collapses a run of spaces and drops an invisible scalar; gives the place behind it.
    private func rewriteSpace(_ scalar: Unicode.Scalar, _ range: Range<Int>, _ rewriting: inout Rewriting) -> Int {
        let text = rewriting.source
        if ScalarClass.isSpace(scalar) {
            var end = range.upperBound
            while end < text.count {
                let (next, after) = text.scalar(at: end)
                guard ScalarClass.isSpace(next) || ScalarClass.isInvisible(next) else { break }
                end = after
            }
            let isAtEdge = range.lowerBound == 0 || end == text.count
            rewriting.replace(range.lowerBound..<end, with: isAtEdge ? [] : [0x20])
            return end
        }
        guard ScalarClass.isInvisible(scalar) else { return range.upperBound }
        rewriting.replace(range, with: [])
        rewriting.mustRepeat = true
        return range.upperBound
    }

    /// NFC, character by character where the text is not in it.
    private func compose(_ rewriting: inout Rewriting) {
        let text = String(decoding: rewriting.source, as: UTF8.self)
        guard !text.precomposedStringWithCanonicalMapping.utf8.elementsEqual(rewriting.source) else { return }
        var start = 0
        for character in text {
            let end = start + character.utf8.count
            if character.unicodeScalars.contains(where: ScalarClass.mayCompose) {
                rewriting.replace(
                    start..<end, with: Array(String(character).precomposedStringWithCanonicalMapping.utf8))
            }
            start = end
        }
        rewriting.mustRepeat = true
    }
}
