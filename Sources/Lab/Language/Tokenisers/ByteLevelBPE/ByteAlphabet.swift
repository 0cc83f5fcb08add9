/// The printable characters by which byte-level vocabularies write bytes.
///
/// Source: `bytes_to_unicode` in `encoder.py` of github.com/openai/gpt-2.
enum ByteAlphabet {
    /// The character of each byte, as UTF-8.
    static let text: [[UInt8]] = scalars.map { Array(String($0).utf8) }

    private static let scalars: [Unicode.Scalar] = {
        var free: UInt8 = 0
        return (UInt8(0)...255).map { byte in
            switch byte {
            case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return Unicode.Scalar(byte)
            default:
                defer { free += 1 }
                // U+0100 and on, which are all characters.
                return Unicode.Scalar(0x100 + UInt16(free)) ?? "?"
            }
        }
    }()

    private static let values: [Unicode.Scalar: UInt8] = Dictionary(
        zip(scalars, UInt8(0)...255), uniquingKeysWith: { first, _ in first })

    /// The bytes that `piece` writes; `nil` where it holds another character.
    static func bytes(of piece: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in String(decoding: piece, as: UTF8.self).unicodeScalars {
            guard let byte = values[scalar] else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
