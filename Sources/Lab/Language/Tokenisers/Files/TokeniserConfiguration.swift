import Foundation

/// What `tokenizer_config.json` says of a tokeniser whose vocabulary stands in files of its own.
struct TokeniserConfiguration {
    private let json: JSONValue
    private let name = "tokenizer_config.json"

    /// Reads the folder's `tokenizer_config.json`; without one every setting has its default.
    init(folder: URL) throws {
        let url = folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: url.path) else {
            json = .object([])
            return
        }
        json = try JSONParser.parse(try Tokeniser.read(url).bytes, file: name)
    }

    init() { json = .object([]) }

    var isXLMRoberta: Bool { json["tokenizer_class"]?.string?.hasPrefix("XLMRoberta") ?? false }

    func flag(_ name: String) -> Bool? { json[name]?.bool }

    /// A special token, which stands as a text or as an object with `content`.
    func token(_ name: String, default standard: String) -> [UInt8] {
        json[name]?.bytes ?? json[name]?["content"]?.bytes ?? Array(standard.utf8)
    }

    /// The id of a special token that every text gets.
    ///
    /// - Throws: `LanguageError.badTokeniser` where the vocabulary, read from `file`, lacks it.
    func id(_ name: String, default standard: String, in vocabulary: Vocabulary, file: String) throws -> Int32 {
        let token = token(name, default: standard)
        guard let id = vocabulary.id(of: token) else {
            throw LanguageError.badTokeniser(
                file: file, reason: "the vocabulary has no \(String(decoding: token, as: UTF8.self))")
        }
        return id
    }

    /// The special tokens found in texts: those that the file describes, else the named ones.
    ///
    /// - Parameter names: the members that hold special tokens, with their defaults.
    func added(_ names: [(name: String, standard: String)], vocabulary: Vocabulary) -> [AddedToken] {
        var tokens: [AddedToken] = []
        for member in json["added_tokens_decoder"]?.members ?? [] {
            guard let id = Int32(String(decoding: member.name, as: UTF8.self)), id >= 0, id < Vocabulary.largest,
                let content = member.value["content"]?.bytes
            else { continue }
            tokens.append(AddedToken(member.value, content: content, id: vocabulary.id(of: content) ?? id))
        }
        for (name, standard) in names {
            let content = token(name, default: standard)
            guard let id = vocabulary.id(of: content), !tokens.contains(where: { $0.content == content }) else {
                continue
            }
            if let value = json[name], value["content"] != nil {
                tokens.append(AddedToken(value, content: content, id: id))
            } else {
                tokens.append(AddedToken(content: content, id: id))
            }
        }
        return tokens
    }
}

extension AddedToken {
    /// A token as `tokenizer.json` and `tokenizer_config.json` describe it.
    init(_ json: JSONValue, content: [UInt8], id: Int32) {
        self.init(content: content, id: id)
        singleWord = json["single_word"]?.bool ?? false
        leftStrip = json["lstrip"]?.bool ?? false
        rightStrip = json["rstrip"]?.bool ?? false
        normalised = json["normalized"]?.bool ?? !(json["special"]?.bool ?? false)
    }
}
