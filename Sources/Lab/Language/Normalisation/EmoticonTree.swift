/// The emoticons, found by their bytes.
enum EmoticonTree {
    @inline(__always)
    static func begins(_ byte: UInt8) -> Bool { beginnings[Int(byte)] }

    /// What the longest emoticon that begins at `start` says, and where it ends.
    static func match(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> (meaning: String, end: Int)? {
        for form in forms[Int(text[start])] where text.count - start >= form.bytes.count {
            if text[start..<start + form.bytes.count].elementsEqual(form.bytes) {
                return (form.meaning, start + form.bytes.count)
            }
        }
        return nil
    }

    /// By first byte, the longest first.
    private static let forms: [[(bytes: [UInt8], meaning: String)]] = {
        var forms = [[(bytes: [UInt8], meaning: String)]](repeating: [], count: 256)
        for (emoticon, meaning) in Emoticons.words {
            let bytes = Array(emoticon.utf8)
            forms[Int(bytes[0])].append((bytes, meaning))
        }
        return forms.map { $0.sorted { $0.bytes.count > $1.bytes.count } }
    }()

    private static let beginnings = forms.map { !$0.isEmpty }
}
