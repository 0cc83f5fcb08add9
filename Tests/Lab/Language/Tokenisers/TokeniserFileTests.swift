import Foundation
import LabDomain
import LabNumerics
import LabTestKit
import Testing

@testable import LabLanguage

@Suite("Damaged and unknown tokeniser files")
struct TokeniserFileTests {
    private static let files = [
        ("wordpiece-uncased", "vocab.txt"), ("wordpiece-cased", "tokenizer.json"), ("byte-level", "tokenizer.json"),
        ("unigram-bytes", "sp.model"), ("bpe", "sp.model"), ("xlm-roberta", "tokenizer.json"),
    ]

    private static let texts = ["", "＠ｕｓｅｒ the ﬁne lids… turned é e\u{301}", "[SEP]<mask> ab abab\u{0}\u{FEFF}"]

    /// Loads a folder that may be damaged: an error of the module, or a tokeniser whose ids are within the vocabulary.
    private func check(_ folder: URL) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            let tokeniser = try Tokeniser.load(folder: folder)
            for text in Self.texts {
                #expect(tokeniser.encode(text).allSatisfy { (0..<Int32(tokeniser.vocabularySize)).contains($0) })
            }
        } catch let error as LanguageError {
            #expect(!error.what.isEmpty)
        }
    }

    @Test("Cut off anywhere", arguments: files)
    func truncated(name: String, file: String) throws {
        var stream = RandomStream(seed: 5, name: "tokeniser/truncated")
        for _ in 0..<40 {
            let share = Double.random(in: 0..<1, using: &stream)
            try check(try TokeniserFixture.spoiled(name, file) { $0.removeLast(Int(Double($0.count) * share)) })
        }
    }

    @Test("Bytes changed anywhere", arguments: files)
    func flipped(name: String, file: String) throws {
        var stream = RandomStream(seed: 6, name: "tokeniser/flipped")
        for round in 0..<60 {
            try check(
                try TokeniserFixture.spoiled(name, file) { bytes in
                    for _ in 0...round % 8 {
                        bytes[Int.random(in: 0..<bytes.count, using: &stream)] = UInt8.random(
                            in: 0...255, using: &stream)
                    }
                })
        }
    }

    @Test("A character map of any bytes never leads out of its bounds")
    func characterMap() throws {
        var stream = RandomStream(seed: 7, name: "tokeniser/map")
        for _ in 0..<200 {
            let count = Int.random(in: 0...64, using: &stream)
            var blob: [UInt8] = [UInt8(4 * count), UInt8(4 * count >> 8), 0, 0]
            for _ in 0..<4 * count { blob.append(UInt8.random(in: 0...255, using: &stream)) }
            blob += Array("abc\0é\0 \0\0".utf8)
            guard let map = try? CharacterMap(blob, file: "map") else { continue }
            Array("every text, ＡＢ é 👍".utf8).withUTF8Bytes { text in
                for place in text.indices where text[place] & 0xC0 != 0x80 {
                    if let match = map.match(text[place...]) {
                        #expect(String(validating: map.replacement(match), as: UTF8.self) != nil)
                    }
                }
            }
        }
    }

    @Test("What is not supported is named")
    func unsupported() throws {
        func load(_ name: String, _ old: String, _ new: String) throws {
            let folder = try TokeniserFixture.spoiled(name, "tokenizer.json") { bytes in
                bytes = Array(String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: old, with: new).utf8)
            }
            defer { try? FileManager.default.removeItem(at: folder) }
            _ = try Tokeniser.load(folder: folder)
        }
        for (name, old, new, what) in [
            ("wordpiece-cased", #""type":"BertPreTokenizer""#, #""type":"Whitespace""#, "the pre-tokenizer Whitespace"),
            ("byte-level", #""dropout":null"#, #""dropout":0.1"#, "the setting dropout"),
            ("xlm-roberta", #""type":"Precompiled""#, #""type":"NFKC""#, "the normalizer NFKC"),
            ("byte-level", #""type":"BPE""#, #""type":"WordLevel""#, "the model WordLevel"),
        ] {
            let error = #expect(throws: LanguageError.self) { try load(name, old, new) }
            #expect(error?.what.contains(what) ?? false, "\(error?.what ?? "")")
        }
    }

    @Test("An empty folder and a vocabulary without [UNK]")
    func missing() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tokeniser-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: LanguageError.self) { try Tokeniser.load(folder: folder) }
        try Data("a\nb\n[CLS]\n[SEP]\n".utf8).write(to: folder.appending(path: "vocab.txt"))
        let error = #expect(throws: LanguageError.self) { try Tokeniser.load(folder: folder) }
        #expect(error == .badTokeniser(file: "vocab.txt", reason: "the vocabulary has no [UNK]"))
    }
}
