import Foundation

extension Tokeniser {
    /// The tokeniser that a `tokenizer.json` describes.
    ///
    /// - Throws: `LanguageError.badTokeniser`, or `.unsupportedModel` with the part that is not known.
    static func load(tokenizer file: File) throws -> any SubwordTokeniser {
        let json = try TokenizerJSON(file)
        switch try json.type(of: json.model, part: "model") {
        case "WordPiece": return try json.wordPiece()
        case "BPE": return try json.bytePairs()
        case "Unigram": return try json.unigram()
        case let other: throw json.unsupported("the model \(other)")
        }
    }
}

/// A `tokenizer.json` of Hugging Face's `tokenizers`.
struct TokenizerJSON {
    let file: String
    let root: JSONValue
    let model: JSONValue

    init(_ file: Tokeniser.File) throws {
        self.file = file.name
        root = try JSONParser.parse(file.bytes, file: file.name)
        guard let model = root["model"] else {
            throw LanguageError.badTokeniser(file: file.name, reason: "it has no model")
        }
        self.model = model
    }

    func bad(_ reason: String) -> LanguageError { .badTokeniser(file: file, reason: reason) }

    func unsupported(_ what: String) -> LanguageError {
        .unsupportedModel(
            file: file, what: what, supported: "a tokeniser like those of BERT, DistilBERT, RoBERTa or XLM-RoBERTa")
    }

    /// The type that a part names; early files leave the model's out, which its members tell.
    func type(of value: JSONValue, part: String) throws -> String {
        if let type = value["type"]?.string { return type }
        if value["merges"] != nil { return "BPE" }
        if value["unk_id"] != nil { return "Unigram" }
        if value["continuing_subword_prefix"] != nil { return "WordPiece" }
        throw bad("the \(part) has no type")
    }

    /// The parts of a `Sequence`, or the part itself; none where it is missing.
    func steps(_ part: String, members: String) throws -> [JSONValue] {
        guard let value = root[part] else { return [] }
        guard try type(of: value, part: part) == "Sequence" else { return [value] }
        guard let list = value[members]?.array else { throw bad("the sequence of \(part) has no \(members)") }
        return list
    }

    /// The pieces and ids of a model that lists them as an object.
    func vocabulary() throws -> Vocabulary {
        guard let members = model["vocab"]?.members else { throw bad("the model has no vocab") }
        var vocabulary = Vocabulary()
        for member in members {
            guard let id = member.value.integer else { throw bad("an id is no whole number") }
            try vocabulary.add(member.name, id: id, file: file)
        }
        return vocabulary
    }

    /// The tokens found in texts beforehand, and what stands around a text.
    ///
    /// - Parameter id: the model's id of a piece, which goes before the one written beside an added token.
    func frame(id: ([UInt8]) -> Int32?) throws -> TokeniserFrame {
        var frame = TokeniserFrame()
        for token in root["added_tokens"]?.array ?? [] {
            guard let content = token["content"]?.bytes, let written = token["id"]?.integer, written >= 0,
                written < Vocabulary.largest
            else { throw bad("an added token has no content or id") }
            guard !content.isEmpty else { continue }
            frame.added.removeAll { $0.content == content }
            frame.added.append(AddedToken(token, content: content, id: id(content) ?? Int32(written)))
        }
        for step in try steps("post_processor", members: "processors") {
            switch try type(of: step, part: "post-processor") {
            case "TemplateProcessing": try readTemplate(step, into: &frame)
            case "BertProcessing", "RobertaProcessing":
                guard let first = step["cls"]?.array, let last = step["sep"]?.array, first.count == 2, last.count == 2
                else { throw bad("the post-processor has no cls or sep") }
                frame.prefix = [try number(first[1])]
                frame.suffix = [try number(last[1])]
            case "ByteLevel": break
            case let other: throw unsupported("the post-processor \(other)")
            }
        }
        return frame
    }

    private func number(_ value: JSONValue) throws -> Int32 {
        guard let id = value.integer, id >= 0, id < Vocabulary.largest else { throw bad("a special token has no id") }
        return Int32(id)
    }

    private func readTemplate(_ template: JSONValue, into frame: inout TokeniserFrame) throws {
        guard let single = template["single"]?.array else { throw bad("the template has no single") }
        var isBehind = false
        var prefix: [Int32] = []
        var suffix: [Int32] = []
        for part in single {
            if part["Sequence"] != nil {
                guard !isBehind else { throw unsupported("a template that repeats the text") }
                isBehind = true
                continue
            }
            guard let name = part["SpecialToken"]?["id"]?.string,
                let ids = template["special_tokens"]?[name]?["ids"]?.array
            else { throw bad("the template names an unknown special token") }
            for value in ids {
                if isBehind { suffix.append(try number(value)) } else { prefix.append(try number(value)) }
            }
        }
        guard isBehind else { throw bad("the template leaves the text out") }
        frame.prefix = prefix
        frame.suffix = suffix
    }
}
