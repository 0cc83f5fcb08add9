public import Foundation

/// What emoji are called in one language, as Unicode's CLDR names them, with sequences of several scalars as one emoji.
///
/// Read from the dataset `emoji-names`; names agree with `emoji.demojize` of the Python package of that version.
public struct EmojiNames: Sendable {
    /// ISO 639-1.
    public let language: String
    /// Languages of the dataset.
    public static let languages = [
        "ar", "de", "en", "es", "fa", "fr", "id", "it", "ja", "ko", "pt", "ru", "tr", "zh",
    ]
    /// The file of a language in the dataset.
    public static func file(_ language: String) -> String {
        language == "en" ? "emoji.json" : "emoji_\(language).json"
    }

    /// Names between colons, words joined by `_`, as in `:smiling_face:`.
    private(set) var names: [String] = []
    /// The tree of all sequences: node and scalar give the next node.
    private var next: [UInt64: Int32] = [:]
    /// The name's place of the sequence that ends at a node; -1 of a beginning alone.
    private var nameOfNode: [Int32] = [-1]

    /// - Parameter names: by emoji, as `:smiling_face:` or without the colons.
    public init(language: String, names: [String: String]) {
        self.language = language
        for (emoji, name) in names { insert(Array(emoji.unicodeScalars), name) }
    }

    /// Reads a file of the dataset `emoji-names`.
    ///
    /// - Throws: `LanguageError.badLexicon`.
    public init(language: String, contentsOf url: URL) throws {
        /// The English file has more than the name of each emoji.
        struct Entry: Decodable {
            let name: String

            private enum Key: String, CodingKey { case en }

            init(from decoder: any Decoder) throws {
                if let name = try? decoder.singleValueContainer().decode(String.self) {
                    self.name = name
                } else {
                    name = try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .en)
                }
            }
        }
        do {
            let entries = try JSONDecoder().decode([String: Entry].self, from: Data(contentsOf: url))
            self.init(language: language, names: entries.mapValues(\.name))
        } catch {
            throw LanguageError.badLexicon(
                file: url.lastPathComponent, line: 1, reason: "it is no table of emoji and their names")
        }
    }

    private mutating func insert(_ emoji: [Unicode.Scalar], _ name: String) {
        guard !emoji.isEmpty else { return }
        var node: Int32 = 0
        for scalar in emoji {
            let key = EmojiNames.key(node, scalar)
            if let known = next[key] {
                node = known
            } else {
                node = Int32(nameOfNode.count)
                next[key] = node
                nameOfNode.append(-1)
            }
        }
        nameOfNode[Int(node)] = Int32(names.count)
        names.append(":" + name.trimmingCharacters(in: CharacterSet(charactersIn: ":")) + ":")
    }

    private static func key(_ node: Int32, _ scalar: Unicode.Scalar) -> UInt64 {
        UInt64(UInt32(bitPattern: node)) << 32 | UInt64(scalar.value)
    }

    /// The longest emoji that begins at `start` of a text in UTF-8: the name's place and where the emoji ends.
    func match(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> (name: Int, end: Int)? {
        var node: Int32 = 0
        var position = start
        var best: (name: Int, end: Int)?
        while position < text.count {
            let (scalar, end) = text.scalar(at: position)
            guard let following = next[EmojiNames.key(node, scalar)] else { break }
            (node, position) = (following, end)
            let name = nameOfNode[Int(node)]
            if name >= 0 { best = (Int(name), end) }
        }
        return best
    }

    /// The words of a name: `smiling face`.
    func words(_ name: Int) -> String {
        String(names[name].dropFirst().dropLast().replacing("_", with: " "))
    }

    /// The text with each emoji as its name between colons and marks of presentation left out, as `emoji.demojize` gives it.
    public func demojized(_ text: String) -> String {
        var text = text
        var result: [UInt8] = []
        text.withUTF8 { bytes in
            var position = 0
            while position < bytes.count {
                if let (name, end) = match(bytes, at: position) {
                    result += names[name].utf8
                    position = end
                } else {
                    let (scalar, end) = bytes.scalar(at: position)
                    if scalar.value & ~1 != 0xFE0E { result += bytes[position..<end] }
                    position = end
                }
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
