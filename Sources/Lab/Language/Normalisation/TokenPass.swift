/// The second pass: names, addresses, numbers, hashtags, emoticons, emoji and words of a text in NFC.
struct TokenPass {
    let settings: NormalisationSettings
    let emoji: EmojiNames?
    let splitter: HashtagSplitter?

    /// What may begin with a byte; the same for all posts.
    let bytes: ByteClasses

    func run(_ rewriting: inout Rewriting) {
        let text = rewriting.source
        let count = text.count
        bytes.classes.withUnsafeBufferPointer { classes in
            var position = 0
            while position < count {
                let byte = text[position]
                let next = position + 1 < count ? text[position + 1] : 0x20
                let kind = classes[Int(byte)]
                if kind & ByteClasses.look != 0, ByteClasses.mayBegin(byte, next) {
                    position = step(position, &rewriting)
                } else if kind & ByteClasses.word != 0 {
                    // Most of a text: words in which there is nothing to change.
                    var end = position + 1
                    var isLong = false
                    while end < count, classes[Int(text[end])] & ByteClasses.word != 0 {
                        isLong = isLong || text[end] == text[end - 1] && text[end] == text[max(end - 2, position)]
                        end += 1
                    }
                    let follows = end < count ? text[end] : 0x20
                    let isPlain = !isLong && !settings.expandsSlang && follows < 0x80 && follows != 0x3A
                    position = isPlain ? end : word(position, &rewriting)
                } else if next == byte, byte != 0x20 {
                    position = marks(position, &rewriting)
                } else {
                    position += 1
                }
            }
        }
    }

    /// Reads what stands at `position` and gives the place behind it.
    private func step(_ position: Int, _ rewriting: inout Rewriting) -> Int {
        let text = rewriting.source
        let byte = text[position]
        if byte == 0x20 { return position + 1 }
        if byte < 0x80 {
            if settings.namesEmoticons, let end = emoticon(position, &rewriting) { return end }
            switch byte {
            case UInt8(ascii: "@"):
                if settings.masksUsers, let end = user(position, &rewriting) { return end }
            case UInt8(ascii: "#"):
                if settings.namesEmoji, let end = namedEmoji(position, &rewriting) { return end }
                if let end = hashtag(position, &rewriting) { return end }
            case UInt8(ascii: "h"), UInt8(ascii: "H"), UInt8(ascii: "w"), UInt8(ascii: "W"):
                if settings.masksAddresses, let end = address(position, &rewriting) { return end }
            case UInt8(ascii: "*"):
                if settings.namesEmoji, let end = namedEmoji(position, &rewriting) { return end }
            case 0x30...0x39:
                if settings.namesEmoji, let end = namedEmoji(position, &rewriting) { return end }
                if settings.masksNumbers, let end = number(position, &rewriting) { return end }
            default: break
            }
            return isWordByte(byte) ? word(position, &rewriting) : marks(position, &rewriting)
        }
        if settings.namesEmoji, let end = namedEmoji(position, &rewriting) { return end }
        let (scalar, end) = text.scalar(at: position)
        if ScalarClass.isWordPart(scalar) { return word(position, &rewriting) }
        // Marks of presentation that no emoji has taken.
        if settings.namesEmoji, emoji != nil, scalar.value & ~1 == 0xFE0E {
            rewriting.replace(position..<end, with: [])
            rewriting.mustRepeat = true
        }
        return end
    }

    /// A mark such as `!`; more than three in a row are three.
    private func marks(_ start: Int, _ rewriting: inout Rewriting) -> Int {
        let text = rewriting.source
        guard settings.shortensRepeats else { return start + 1 }
        var end = start + 1
        while end < text.count, text[end] == text[start] { end += 1 }
        guard end - start > 3 else { return start + 1 }
        rewriting.findings.append(
            NormalisedText.Finding(
                kind: .repeated, source: start..<end,
                words: String(decoding: text[start..<start + 3], as: UTF8.self)))
        rewriting.replace(start..<end, with: text[start..<start + 3])
        return end
    }

    private func namedEmoji(_ start: Int, _ rewriting: inout Rewriting) -> Int? {
        guard let emoji, let (name, found) = emoji.match(rewriting.source, at: start) else { return nil }
        var end = found
        // A joiner to an emoji that the sequence is not known with.
        while end < rewriting.source.count {
            let (scalar, after) = rewriting.source.scalar(at: end)
            guard scalar.value == 0x200D || scalar.value & ~1 == 0xFE0E else { break }
            end = after
        }
        rewriting.replace(start..<end, withWords: emoji.words(name), .emoji)
        return end
    }
}
