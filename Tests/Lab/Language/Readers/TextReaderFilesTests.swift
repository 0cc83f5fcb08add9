import Foundation
import LabNumerics
import LabStorage
import Testing

@testable import LabLanguage

@Suite("Files of readers")
struct TextReaderFilesTests {
    private func files(_ folder: URL) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: folder.appending(path: $0))) })
    }

    private func names(in file: URL) throws -> Set<String> { Set(try Safetensors.read(file).names) }

    @Test("What was saved reads the same, and is saved again byte for byte")
    func roundTrip() throws {
        try SmallReader.with { small, folder in
            let reader = try small.reader()
            try reader.write(to: folder, base: small.encoder)
            #expect(try TextReader.needs(folder: folder) == .init(encoders: ["small"], emojiNames: true))
            let loaded = try TextReader.load(folder: folder, encoders: [small.encoder], emoji: SmallReader.emoji)
            #expect(loaded.task == "noise" && loaded.classes == reader.classes && loaded.shares == reader.shares)
            #expect(loaded.temperature == 1.5 && loaded.classWeights == [1, 2] && loaded.languages == ["en"])
            #expect(loaded.parts.map(\.partKind) == [.ngrams, .frozen, .tuned])
            let texts = SmallReader.texts + ["", "😂 what a loud day", String(repeating: "noise ", count: 50)]
            for (one, other) in zip(reader.parts, loaded.parts) {
                #expect(try one.logits(texts) == other.logits(texts), "\(one.partKind)")
            }
            #expect(try reader.probabilities(texts) == loaded.probabilities(texts))

            let digest = try TextReader.digest(folder: folder)
            try Corpora.temporary { again in
                try loaded.write(to: again, base: small.encoder)
                #expect(try files(again) == files(folder))
                #expect(try TextReader.digest(folder: again) == digest)
            }
        }
    }

    /// The names of the encoder's parameters that a tuned part's file holds.
    private func written(_ small: SmallReader, _ folder: URL, _ part: TunedPart) throws -> Set<String> {
        let reader = try TextReader(task: "noise", classes: SmallReader.classes, parts: [part])
        try reader.write(to: folder, base: small.encoder)
        let loaded = try TextReader.load(folder: folder, encoders: [small.encoder], emoji: nil)
        #expect(try loaded.logits(SmallReader.texts) == reader.logits(SmallReader.texts))
        let all = try names(in: folder.appending(path: "tuned.safetensors"))
        #expect(all.contains("head.weight") && all.contains("head.bias"))
        return all.filter { !$0.hasPrefix("head.") }
    }

    @Test("Of a tuned encoder only what training changed is written")
    func changes() throws {
        try SmallReader.with { small, folder in
            let parameters = Set(try small.encoder.model().parameterNames.map { "encoder." + $0 })
            let lower = parameters.filter { $0.contains("embeddings") || $0.contains("layers.0.") }
            let pooler = parameters.filter { $0.contains("pooler") }
            let whole = try written(small, folder, small.tuned())
            #expect(whole == parameters.subtracting(pooler))
            let frozen = try written(small, folder, small.tuned { $0.frozenLayers = 1 })
            #expect(frozen == parameters.subtracting(pooler).subtracting(lower))
            let adapted = try written(small, folder, small.tuned { $0.adapters = LowRankAdapters(rank: 2) })
            #expect(
                adapted == ["encoder.layers.0.self_attn.in_proj_weight", "encoder.layers.1.self_attn.in_proj_weight"])
            let head = try written(small, folder, small.tuned { $0.frozenLayers = 2 })
            #expect(head.isEmpty)
        }
    }

    /// The error of loading after a file of a sound reader was changed; `nil` for no change removes it.
    private func failure(
        _ name: String, _ small: SmallReader, _ sound: URL, encoders: [PretrainedEncoder]? = nil,
        emoji: EmojiNames? = SmallReader.emoji, _ change: ((inout Data) -> Void)?
    ) throws -> LanguageError? {
        try Corpora.temporary { place in
            let folder = place.appending(path: "reader")
            try FileManager.default.copyItem(at: sound, to: folder)
            let file = folder.appending(path: name)
            var data = try Data(contentsOf: file)
            try FileManager.default.removeItem(at: file)
            if let change {
                change(&data)
                try data.write(to: file)
            }
            return #expect(throws: LanguageError.self, "\(name)") {
                try TextReader.load(folder: folder, encoders: encoders ?? [small.encoder], emoji: emoji)
            }
        }
    }

    @Test("A changed byte or a missing file is named, whichever file it is")
    func damaged() throws {
        try SmallReader.with { small, folder in
            try small.reader().write(to: folder, base: small.encoder)
            let weights = ["ngrams.safetensors", "ngrams.json", "frozen.safetensors", "tuned.safetensors"]
            #expect(try Set(files(folder).keys) == Set(weights + [TextReader.descriptionFile]))
            for name in weights {
                #expect(
                    try failure(name, small, folder) { $0[$0.count / 2] ^= 1 }
                        == .badModel(file: name, reason: "its digest is not the one that the description names"))
                #expect(try failure(name, small, folder) { $0 = Data() }?.what.contains(name) == true)
                #expect(
                    try failure(name, small, folder, nil) == .badModel(file: name, reason: "it cannot be read"))
            }
            let description = TextReader.descriptionFile
            #expect(try failure(description, small, folder, nil)?.what.contains(description) == true)
            for text in ["", "{}", "[1]", "\u{0}", "{\"format\":1}"] {
                let error = try failure(description, small, folder) { $0 = Data(text.utf8) }
                #expect(error?.what.contains(description) == true, "\(text)")
            }
        }
    }

    /// An entry of the description that was changed by hand.
    @Test("A description that does not fit is refused, with what is wrong")
    func descriptions() throws {
        try SmallReader.with { small, folder in
            try small.reader().write(to: folder, base: small.encoder)
            func failure(_ old: String, _ new: String) throws -> LanguageError? {
                try self.failure(TextReader.descriptionFile, small, folder) { data in
                    let text = String(decoding: data, as: UTF8.self)
                    #expect(text.contains(old), "\(old)")
                    data = Data(text.replacing(old, with: new, maxReplacements: 1).utf8)
                }
            }
            #expect(
                try failure("\"format\" : 1", "\"format\" : 2")
                    == .newerModel(file: TextReader.descriptionFile, found: 2, known: 1))
            #expect(try failure("\"limit\" : 12", "\"limit\" : -3")?.what.contains("limit of -3") == true)
            #expect(try failure("\"kind\" : \"tuned\"", "\"kind\" : \"magic\"") != nil)
            #expect(try failure("\"temperature\" : 1.5", "\"temperature\" : 0") != nil)
            #expect(try failure("\"share\" : 0.5", "\"share\" : 0.9") != nil)
            #expect(try failure("\"loud\"", "\"noisy\"") != nil)
            #expect(try failure("\"loud\"", "\"loud\", \"more\"") != nil)
            let layers = try failure("        2\n      ]", "        9\n      ]")
            #expect(layers?.what.contains("layers [0, 9]") == true)
        }
    }

    @Test("Another encoder and missing names of emoji are named; a moved encoder is found by its digest")
    func encoders() throws {
        try SmallReader.with { small, folder in
            try small.reader().write(to: folder, base: small.encoder)
            let description = TextReader.descriptionFile
            func failure(_ encoders: [PretrainedEncoder], _ emoji: EmojiNames?) -> LanguageError? {
                #expect(throws: LanguageError.self) {
                    try TextReader.load(folder: folder, encoders: encoders, emoji: emoji)
                }
            }
            let other = try SmallReader()
            defer { try? FileManager.default.removeItem(at: other.folder) }
            let moved = try PretrainedEncoder(folder: other.folder, name: "elsewhere")
            #expect(try TextReader.load(folder: folder, encoders: [moved], emoji: SmallReader.emoji).classes.count == 2)
            try other.folder.write("tokenizer_config.json", "{\"do_lower_case\": false}")
            let changed = try PretrainedEncoder(folder: other.folder, name: "small")
            #expect(
                failure([changed], SmallReader.emoji)
                    == .badModel(
                        file: description, reason: "the encoder small is another than the one it began with"))
            #expect(
                failure([], SmallReader.emoji) == .badModel(file: description, reason: "it needs the encoder small"))
            #expect(
                failure([small.encoder], nil)
                    == .badModel(file: description, reason: "it needs the names of emoji"))
            #expect(throws: LanguageError.self) { try small.reader().write(to: folder, base: nil) }
        }
    }

    @Test("Random changes of the description are refused or read, never more than that")
    func fuzz() throws {
        try SmallReader.with { small, folder in
            let reader = try TextReader(task: "noise", classes: SmallReader.classes, parts: [SmallReader.ngrams()])
            try reader.write(to: folder, base: nil)
            let file = folder.appending(path: TextReader.descriptionFile)
            let sound = try Data(contentsOf: file)
            var draws = RandomStream(seed: 8, name: "changes")
            for _ in 0..<300 {
                var data = sound
                for _ in 0..<Int.random(in: 1...3, using: &draws) {
                    data[Int.random(in: 0..<data.count, using: &draws)] = UInt8.random(in: 9...126, using: &draws)
                }
                try data.write(to: file)
                _ = try? TextReader.load(folder: folder, encoders: [], emoji: nil).classify(["a loud day"])
            }
        }
    }
}
