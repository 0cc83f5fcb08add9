/// Users, addresses and numbers.
extension TokenPass {
    @inline(__always)
    func isWordByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) && byte >= 0x41 && byte < 0x80 || (0x30...0x39).contains(byte)
            || byte == 0x5F
    }

    /// Whether a letter, digit or mark stands before `position`.
    func followsWord(_ text: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
        guard position > 0 else { return false }
        if text[position - 1] < 0x80 { return isWordByte(text[position - 1]) }
        var start = position - 1
        while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
        return ScalarClass.isWordPart(text.scalar(at: start).scalar)
    }

    func precedesWord(_ text: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
        guard position < text.count else { return false }
        if text[position] < 0x80 { return isWordByte(text[position]) }
        return ScalarClass.isWordPart(text.scalar(at: position).scalar)
    }

    /// `@name`, but not the second half of a mail address.
    func user(_ start: Int, _ rewriting: inout Rewriting) -> Int? {
        let text = rewriting.source
        guard !followsWord(text, start) else { return nil }
        var end = start + 1
        while end < text.count, isWordByte(text[end]) { end += 1 }
        guard end > start + 1 else { return nil }
        rewriting.findings.append(NormalisedText.Finding(kind: .user, source: start..<end, words: "@user"))
        rewriting.replace(start..<end, with: "@user".utf8)
        return end
    }

    /// `http://…`, `https://…`, `www.…`, and `http`, which stands for an address already.
    func address(_ start: Int, _ rewriting: inout Rewriting) -> Int? {
        let text = rewriting.source
        guard let prefix = addressPrefix(text, start) else { return nil }
        let isGlued = followsWord(text, start)
        var end = prefix
        if text[prefix - 1] == UInt8(ascii: "/") || text[prefix - 1] == UInt8(ascii: ".") {
            while end < text.count, text[end] > 0x20, text[end] < 0x7F, !"\"<>".utf8.contains(text[end]) { end += 1 }
            // The sentence's marks behind it are none of the address.
            while end > prefix, ".,:;!?')]}*".utf8.contains(text[end - 1]) { end -= 1 }
            guard end > prefix, text[prefix - 1] != UInt8(ascii: ".") || !isGlued else { return nil }
        } else if isGlued || precedesWord(text, end) {
            return nil
        }
        rewriting.findings.append(NormalisedText.Finding(kind: .address, source: start..<end, words: "http"))
        // A letter on either side would make another word of it.
        let before = isGlued ? " " : ""
        let after = precedesWord(text, end) ? " " : ""
        rewriting.replace(start..<end, with: Array((before + "http" + after).utf8))
        return end
    }

    /// The end of what shows that an address begins here.
    private func addressPrefix(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        func matches(_ prefix: StaticString) -> Bool {
            let count = prefix.utf8CodeUnitCount
            guard start + count <= text.count else { return false }
            return prefix.withUTF8Buffer { bytes in
                for index in 0..<count where text[start + index] | 0x20 != bytes[index] | 0x20 { return false }
                return true
            }
        }
        if matches("http") {
            if matches("http://") { return start + 7 }
            if matches("https://") { return start + 8 }
            return text[start] == UInt8(ascii: "h") && text[start + 3] == UInt8(ascii: "p") ? start + 4 : nil
        }
        return matches("www.") ? start + 4 : nil
    }

    /// `3`, `1,000.50`, `10:30`; not `2nd`.
    func number(_ start: Int, _ rewriting: inout Rewriting) -> Int? {
        let text = rewriting.source
        func isDigit(_ index: Int) -> Bool { index < text.count && (0x30...0x39).contains(text[index]) }
        guard !followsWord(text, start) else { return nil }
        var end = start
        while end < text.count {
            if isDigit(end) || ".,:/".utf8.contains(text[end]) && isDigit(end + 1) { end += 1 } else { break }
        }
        guard !precedesWord(text, end) else { return nil }
        rewriting.findings.append(
            NormalisedText.Finding(
                kind: .number, source: start..<end, words: String(decoding: text[start..<end], as: UTF8.self)))
        rewriting.replace(start..<end, with: "0".utf8)
        return end
    }
}
