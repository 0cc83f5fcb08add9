import Crypto

/// The form of a text under which small variations are the same text.
///
/// Lower case, without the masks of names and addresses and without a leading `rt`; white space collapsed. Punctuation
/// and emoji stay: "good :)" and "good :(" are not one text.
struct NormalForm {
    let text: String

    init(_ cleaned: String) {
        var words = cleaned.lowercased().split(separator: " ")
        words.removeAll { word in
            ["@user", "http", "[email]", "[phone]", "@user:"].contains(word)
        }
        if words.first == "rt", words.count > 1 { words.removeFirst() }
        text = words.isEmpty ? cleaned.lowercased() : words.joined(separator: " ")
    }

    /// The first 16 bytes of SHA-256 of the normal form, in hexadecimal: equal texts have equal keys.
    var key: String { hexadecimal(SHA256.hash(data: Array(text.utf8)).prefix(16)) }

    /// Hashes of the text's runs of four Unicode scalars, each once, ascending; a shorter text is one run.
    var shingles: [UInt32] {
        let scalars = text.unicodeScalars.map(\.value)
        guard scalars.count > 4 else { return [mix(scalars[...])] }
        var hashes = (0...(scalars.count - 4)).map { mix(scalars[$0..<($0 + 4)]) }
        hashes.sort()
        var unique: [UInt32] = []
        unique.reserveCapacity(hashes.count)
        for hash in hashes where unique.last != hash { unique.append(hash) }
        return unique
    }
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var result: [UInt8] = []
    for byte in bytes {
        result.append(digits[Int(byte >> 4)])
        result.append(digits[Int(byte & 15)])
    }
    return String(decoding: result, as: UTF8.self)
}

/// FNV-1a over scalars with the finishing step of MurmurHash3, whose high bits FNV alone leaves poor.
private func mix(_ scalars: ArraySlice<UInt32>) -> UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    for scalar in scalars { hash = (hash ^ scalar) &* 0x0100_0193 }
    hash = (hash ^ (hash >> 16)) &* 0x85EB_CA6B
    hash = (hash ^ (hash >> 13)) &* 0xC2B2_AE35
    return hash ^ (hash >> 16)
}
