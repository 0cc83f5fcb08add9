/// Cuts a normalised text into words at white space, and each punctuation mark off as a word of its own.
///
/// Equal to `BertPreTokenizer` of Hugging Face's `tokenizers`.
struct BertPreTokeniser: Sendable {
    private enum Kind {
        static let word: UInt8 = 0
        static let space: UInt8 = 1
        static let punctuation: UInt8 = 2
    }

    /// The kind of each character up to U+FFFF.
    private static let kinds: [UInt8] = (UInt32(0)...0xFFFF).map(kind)

    private static func kind(_ value: UInt32) -> UInt8 {
        guard let scalar = Unicode.Scalar(value) else { return Kind.word }
        if scalar.properties.isWhitespace { return Kind.space }
        return UnicodeCategories.isPunctuation(scalar) ? Kind.punctuation : Kind.word
    }

    private let kinds = BertPreTokeniser.kinds

    /// Calls `body` with each word.
    @inline(__always)
    func words(of text: UTF8Bytes, _ body: (UTF8Bytes) -> Void) {
        kinds.withUnsafeBufferPointer { kinds in
            var place = text.startIndex
            var start = place
            while place < text.endIndex {
                var length = 1
                var kind: UInt8
                let byte = text[place]
                if byte < 0x80 {
                    kind = kinds[Int(byte)]
                } else {
                    let scalar = text.scalar(at: place)
                    length = scalar.length
                    kind = scalar.value < 0x10000 ? kinds[Int(scalar.value)] : BertPreTokeniser.kind(scalar.value)
                }
                if kind != Kind.word {
                    if start < place { body(text[start..<place]) }
                    if kind == Kind.punctuation { body(text[place..<place &+ length]) }
                    start = place &+ length
                }
                place &+= length
            }
            if start < place { body(text[start..<place]) }
        }
    }
}
