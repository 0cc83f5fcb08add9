/// Words, hashtags and emoticons.
extension TokenPass {
    /// The end of the letters, digits and marks that begin at `start`.
    private func endOfWord(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var end = start
        while end < text.count {
            if text[end] < 0x80 {
                guard isWordByte(text[end]) else { break }
                end += 1
            } else {
                let (scalar, after) = text.scalar(at: end)
                guard ScalarClass.isWordPart(scalar) else { break }
                end = after
            }
        }
        return end
    }

    func word(_ start: Int, _ rewriting: inout Rewriting) -> Int {
        let text = rewriting.source
        var end = endOfWord(text, start)
        // Inside an address that is glued to a word, begin anew there.
        if settings.masksAddresses, let glued = gluedAddress(text, start + 1..<end) { end = glued }
        if settings.expandsSlang, let meaning = meaning(text, start..<end) {
            rewriting.findings.append(NormalisedText.Finding(kind: .slang, source: start..<end, words: meaning))
            rewriting.replace(start..<end, with: Array(meaning.utf8))
            rewriting.mustRepeat = true
            return end
        }
        if settings.shortensRepeats, let short = shortened(text, start..<end) {
            rewriting.findings.append(
                NormalisedText.Finding(
                    kind: .repeated, source: start..<end, words: String(decoding: short, as: UTF8.self)))
            rewriting.replace(start..<end, with: short)
            rewriting.mustRepeat = true
        }
        return end
    }

    private func gluedAddress(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
        guard range.upperBound + 3 < text.count, text[range.upperBound] == UInt8(ascii: ":"),
            text[range.upperBound + 1] == UInt8(ascii: "/"), text[range.upperBound + 2] == UInt8(ascii: "/")
        else { return nil }
        for length in [4, 5] where range.count >= length {
            let start = range.upperBound - length
            let scheme = text[start..<range.upperBound].map { $0 | 0x20 }
            if scheme.elementsEqual((length == 4 ? "http" : "https").utf8) { return start }
        }
        return nil
    }

    /// The word with each run of three or more equal letters cut to two; `nil` where there is none. Digits stay.
    private func shortened(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [UInt8]? {
        guard range.count >= 3 else { return nil }
        var isLong = false
        var index = range.lowerBound + 2
        // Equal bytes three apart: certain in ASCII, worth a look elsewhere.
        while index < range.upperBound {
            if text[index] >= 0x80 || text[index] == text[index - 1] && text[index] == text[index - 2] {
                isLong = true
                break
            }
            index += 1
        }
        guard isLong else { return nil }
        var result: [UInt8] = []
        var (last, run): (Unicode.Scalar?, Int) = (nil, 0)
        var position = range.lowerBound
        while position < range.upperBound {
            let (scalar, end) = text.scalar(at: position)
            run = scalar == last ? run + 1 : 1
            last = scalar
            if run <= 2 || (0x30...0x39).contains(scalar.value) { result += text[position..<end] }
            position = end
        }
        return result.count < range.count ? result : nil
    }

    /// What a word of the slang table stands for, if it stands by itself.
    private func meaning(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String? {
        guard range.count <= 8 else { return nil }
        if range.lowerBound > 0, "@#&/\\.-'_".utf8.contains(text[range.lowerBound - 1]) { return nil }
        if range.upperBound < text.count {
            let next = text[range.upperBound]
            if "@/\\'-".utf8.contains(next) || next == 0xE2 { return nil }
            if next == UInt8(ascii: "."), precedesWord(text, range.upperBound + 1) { return nil }
        }
        return Slang.meanings[String(decoding: text[range], as: UTF8.self).lowercased()]
    }

    /// `#` and what follows it; a number alone, as in `#1`, is no hashtag.
    func hashtag(_ start: Int, _ rewriting: inout Rewriting) -> Int? {
        let text = rewriting.source
        // `a#b` holds none, `#a#b` holds two.
        guard start == rewriting.endOfHashtag || !followsWord(text, start) else { return nil }
        let end = endOfWord(text, start + 1)
        guard text[(start + 1)..<end].contains(where: { !(0x30...0x39).contains($0) && $0 != 0x5F }) else { return nil }
        rewriting.endOfHashtag = end
        let tag = String(decoding: text[(start + 1)..<end], as: UTF8.self)
        let words = (splitter ?? HashtagSplitter.withoutCounts).words(tag).joined(separator: " ")
        if settings.splitsHashtags {
            rewriting.replace(start..<end, withWords: words, .hashtag)
        } else {
            rewriting.findings.append(NormalisedText.Finding(kind: .hashtag, source: start..<end, words: words))
        }
        return end
    }

    /// The longest emoticon that begins here.
    func emoticon(_ start: Int, _ rewriting: inout Rewriting) -> Int? {
        let text = rewriting.source
        guard EmoticonTree.begins(text[start]), let (meaning, found) = EmoticonTree.match(text, at: start) else {
            return nil
        }
        var end = found
        let mouth = text[end - 1]
        while end < text.count, text[end] == mouth { end += 1 }
        // Letters and digits must not touch it on their side; the slash of `://` closes none.
        if isWordByte(text[start]) || text[start] >= 0x80 {
            if followsWord(text, start) { return nil }
        } else if "()[]{}^\\-.=".utf8.contains(text[start]) || text[start] == UInt8(ascii: "<"), start > 0,
            text[start - 1] != 0x20
        {
            return nil
        }
        if isWordByte(mouth), precedesWord(text, end) { return nil }
        if mouth == UInt8(ascii: "/") || mouth == UInt8(ascii: "\\"), end < text.count, text[end] != 0x20 { return nil }
        if text[start] == UInt8(ascii: ":"), start > 0, (0x30...0x39).contains(text[start - 1]), isWordByte(mouth) {
            return nil
        }
        rewriting.replace(start..<end, withWords: meaning, .emoticon)
        return end
    }
}
