import Foundation
import LabTestKit
import Testing

@testable import LabLanguage

@Suite("Tokenisers give the ids of the reference implementations")
struct TokeniserTextTests {
    @Test("Hard texts", arguments: TokeniserFixture.names)
    func hardTexts(name: String) throws {
        let tokeniser = try Tokeniser.load(folder: TokeniserFixture.folder(name))
        for (text, expected) in zip(try TokeniserFixture.texts(), try TokeniserFixture.ids(name)) {
            #expect(tokeniser.encode(text) == expected, "\(text.debugDescription)")
        }
    }

    @Test("What is too long is cut before the suffix", arguments: ["wordpiece-uncased", "byte-level", "xlm-roberta"])
    func limit(name: String) throws {
        let tokeniser = try Tokeniser.load(folder: TokeniserFixture.folder(name))
        let all = tokeniser.encode("The new lids turn the other way round, which nobody told us.")
        let cut = tokeniser.encode("The new lids turn the other way round, which nobody told us.", limit: 6)
        #expect(all.count > 6)
        #expect(cut == Array(all.prefix(5)) + tokeniser.suffix)
        #expect(tokeniser.encode("", limit: 2) == tokeniser.prefix + tokeniser.suffix)
    }

    @Test("100 kB of one word, of marks, of ideographs and of spaces", arguments: TokeniserFixture.names)
    func longTexts(name: String) throws {
        let tokeniser = try Tokeniser.load(folder: TokeniserFixture.folder(name))
        for unit in ["a", "\u{301}", "你", " ", "!?", "👍🏽", "\u{302E}"] {
            let ids = tokeniser.encode(String(repeating: unit, count: 100_000 / unit.utf8.count))
            #expect(ids.allSatisfy { (0..<Int32(tokeniser.vocabularySize)).contains($0) })
        }
    }

    @Test("A vocabulary keeps pieces apart that Swift's strings hold for equal")
    func canonicalEquivalents() throws {
        var vocabulary = Vocabulary()
        try vocabulary.add(Array("\u{E9}".utf8), id: 1, file: "vocab.txt")
        try vocabulary.add(Array("e\u{301}".utf8), id: 2, file: "vocab.txt")
        #expect(vocabulary.id(of: "\u{E9}") == 1)
        #expect(vocabulary.id(of: "e\u{301}") == 2)
        let json = try JSONParser.parse(Array(#"{"é": 1, "é": 2}"#.utf8), file: "vocab.json")
        #expect(json.members?.count == 2)
    }

    @Test("Numbers are read as serde_json reads them")
    func numbers() {
        #expect(JSONValue.serdeDouble("-3.5") == -3.5)
        #expect(JSONValue.serdeDouble("1e-5") == 1e-5)
        #expect(JSONValue.serdeDouble("0") == 0)
        // 17 digits go through a rounded 64-bit number and a rounded division: one unit off the nearest.
        #expect(JSONValue.serdeDouble("-13.492549896240234") == -(Double(13_492_549_896_240_234 as UInt64) / 1e15))
        #expect(JSONValue.serdeDouble("1e400") == nil)
    }
}
