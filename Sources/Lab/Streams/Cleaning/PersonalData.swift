/// Masks what a text itself says about how to reach a person: addresses, handles, e-mail, telephone numbers.
///
/// It looks at form only, in one pass over the bytes: `http…` and `www.…` up to the next space become `http`; a handle
/// becomes `@user`; `name@host.tld` becomes `[email]`; 10 to 15 digits (8 to 15 after a `+`) with the usual separators
/// become `[phone]`. Names and postal addresses are not found.
public enum PersonalData {
    public static func mask(_ text: String) -> String {
        var masker = Masker(bytes: Array(text.utf8))
        masker.run()
        return String(decoding: masker.output, as: UTF8.self)
    }
}

private struct Masker {
    let bytes: [UInt8]
    var output: [UInt8] = []

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func run() {
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let start = index
            if let end = address(at: index) {
                output.append(contentsOf: "http".utf8)
                index = end
            } else if bytes[index] == UInt8(ascii: "@"), let end = emailOrHandle(at: index) {
                index = end
            } else if let end = telephone(at: index) {
                output.append(contentsOf: "[phone]".utf8)
                index = end
            }
            if index == start {
                output.append(bytes[index])
                index += 1
            }
        }
    }

    private func byte(_ index: Int) -> UInt8 { bytes.indices.contains(index) ? bytes[index] : 0x20 }

    private func matches(_ word: StaticString, at index: Int) -> Bool {
        guard index + word.utf8CodeUnitCount <= bytes.count else { return false }
        for offset in 0..<word.utf8CodeUnitCount where lowercased(bytes[index + offset]) != word.utf8Start[offset] {
            return false
        }
        return true
    }

    private func address(at index: Int) -> Int? {
        guard !isWord(byte(index - 1)) || index == 0 else { return nil }
        guard matches("http://", at: index) || matches("https://", at: index) || matches("www.", at: index) else {
            return nil
        }
        var end = index
        while end < bytes.count, bytes[end] != 0x20, bytes[end] != UInt8(ascii: "<"), bytes[end] != UInt8(ascii: "\"") {
            end += 1
        }
        while end > index, ".,!?;:)]'".utf8.contains(bytes[end - 1]) { end -= 1 }
        return end
    }

    /// Writes the mask for the `@` at `index`; an e-mail's local part, written before, is taken back.
    private mutating func emailOrHandle(at index: Int) -> Int? {
        let hostEnd = host(from: index + 1)
        var local = 0
        while local < output.count, isLocalPart(output[output.count - 1 - local]) { local += 1 }
        if local > 0, let hostEnd {
            output.removeLast(local)
            output.append(contentsOf: "[email]".utf8)
            return hostEnd
        }
        // Platforms read `b@d` as a word, but `日本@anna` as a name; `@user@anna` are two names.
        let touches = isWord(byte(index - 1)) && byte(index - 1) < 0x80
        guard !touches || output.suffix(5).elementsEqual("@user".utf8) else { return nil }
        var end = index + 1
        while end < bytes.count, isWord(bytes[end]) || isInnerDot(end) { end += 1 }
        guard end > index + 1 else { return nil }
        // A handle of a federated network carries its host: @name@host.tld.
        if byte(end) == UInt8(ascii: "@"), let federated = host(from: end + 1) { end = federated }
        output.append(contentsOf: "@user".utf8)
        return end
    }

    /// Whether a dot at `index` belongs to the handle before it: half a name would still be a name. A word that was written
    /// without a space behind a sentence goes with it.
    private func isInnerDot(_ index: Int) -> Bool {
        byte(index) == UInt8(ascii: ".") && isWord(byte(index - 1)) && byte(index + 1) < 0x80
            && isWord(byte(index + 1)) && address(at: index + 1) == nil
    }

    /// The end of `label.label…tld` that begins at `start`.
    private func host(from start: Int) -> Int? {
        var end = start
        while end < bytes.count,
            isWord(bytes[end]) || bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: ".")
        {
            end += 1
        }
        while end > start, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: "-") { end -= 1 }
        guard let dot = bytes[start..<end].lastIndex(of: UInt8(ascii: ".")), dot > start, end - dot > 2,
            bytes[(dot + 1)..<end].allSatisfy({ isLetter($0) })
        else { return nil }
        return end
    }

    private func telephone(at index: Int) -> Int? {
        let first = bytes[index]
        guard first == UInt8(ascii: "+") || first == UInt8(ascii: "(") || isDigit(first) else { return nil }
        let before = byte(index - 1)
        guard !isWord(before), !"#$€£.,/:-+".utf8.contains(before) else { return nil }
        var digits = 0
        var separators = 0
        var end = index
        var cursor = index
        while cursor < bytes.count {
            let byte = bytes[cursor]
            if isDigit(byte) {
                digits += 1
                separators = 0
                end = cursor + 1
            } else if " -.()/".utf8.contains(byte) || (byte == UInt8(ascii: "+") && cursor == index) {
                separators += 1
                if separators > 2 { break }
            } else {
                break
            }
            cursor += 1
        }
        guard !isWord(byte(end)), byte(end) != UInt8(ascii: ":"), byte(end) != UInt8(ascii: "%") else { return nil }
        // Years, dates and scores are shorter or look like 2010-11-22.
        if isDate(at: index) { return nil }
        return (first == UInt8(ascii: "+") ? 8...15 : 10...15).contains(digits) ? end : nil
    }

    private func isDate(at index: Int) -> Bool {
        guard index + 10 <= bytes.count else { return false }
        let form = Array("0000-00-00".utf8)
        return (0..<10).allSatisfy { offset in
            form[offset] == UInt8(ascii: "0")
                ? isDigit(bytes[index + offset]) : "-/.".utf8.contains(bytes[index + offset])
        }
    }
}

private func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80 }
/// Letters, digits, underscore; every byte of a non-ASCII letter counts.
private func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") }
private func isLocalPart(_ byte: UInt8) -> Bool { isWord(byte) || "._%+-".utf8.contains(byte) }
