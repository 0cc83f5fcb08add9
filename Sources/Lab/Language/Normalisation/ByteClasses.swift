/// What a byte may begin, so that most of a text is passed over without a closer look.
struct ByteClasses: Sendable {
    /// A letter, a digit or `_`.
    static let word: UInt8 = 1
    /// Something that a setting changes may begin here.
    static let look: UInt8 = 2

    let classes: [UInt8]

    init(_ settings: NormalisationSettings) {
        var classes = [UInt8](repeating: 0, count: 256)
        for byte in 0..<256 {
            let letter = UInt8(byte)
            let isLetter = (0x61...0x7A).contains(letter | 0x20) && letter >= 0x41 && letter < 0x80
            let isDigit = (0x30...0x39).contains(letter)
            if isLetter || isDigit || letter == 0x5F { classes[byte] |= ByteClasses.word }
            let begins =
                switch letter {
                case UInt8(ascii: "@"): settings.masksUsers
                case UInt8(ascii: "#"): true
                case UInt8(ascii: "h"), UInt8(ascii: "H"), UInt8(ascii: "w"), UInt8(ascii: "W"): settings.masksAddresses
                case UInt8(ascii: "*"): settings.namesEmoji
                case 0x30...0x39: settings.masksNumbers || settings.namesEmoji
                default: letter >= 0x80
                }
            if begins || settings.namesEmoticons && EmoticonTree.begins(letter) { classes[byte] |= ByteClasses.look }
        }
        self.classes = classes
    }

    /// Whether a byte with the next one after it begins more than a word.
    @inline(__always)
    static func mayBegin(_ byte: UInt8, _ next: UInt8) -> Bool {
        guard byte >= 0x41, byte < 0x80 else { return byte != 0x20 }
        switch byte {
        case UInt8(ascii: "h"), UInt8(ascii: "H"): return next | 0x20 == UInt8(ascii: "t")
        case UInt8(ascii: "w"), UInt8(ascii: "W"): return next | 0x20 == UInt8(ascii: "w")
        // No face that begins with a letter goes on with a small one, and none is a letter alone.
        default: return next != 0x20 && !(0x61...0x7A).contains(next)
        }
    }
}
