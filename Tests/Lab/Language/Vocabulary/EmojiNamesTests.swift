import Foundation
import LabTestKit
import Testing

@testable import LabLanguage

@Suite("Vocabulary")
struct VocabularyTests {
    struct Table: Decodable {
        struct Row: Decodable {
            let text: String
            let names: String
        }
        let names: [String: String]
        let rows: [Row]
    }

    @Test("Names of emoji are those of emoji.demojize, in every language", arguments: EmojiNames.languages)
    func names(language: String) throws {
        let table = try #require(try Fixture.json("Language/emoji-names.json", as: [String: Table].self)[language])
        let names = EmojiNames(language: language, names: table.names)
        for row in table.rows {
            #expect(names.demojized(row.text).unicodeScalars.elementsEqual(row.names.unicodeScalars), "\(row.text)")
        }
    }

    @Test(
        "The whole tables are read", .enabled(if: PulledFile.names("en") != nil, "labctl data pull emoji-names"),
        arguments: EmojiNames.languages)
    func wholeTables(language: String) throws {
        let names = try EmojiNames(language: language, contentsOf: #require(PulledFile.names(language)))
        #expect(names.names.count > 3000)
        let table = try #require(try Fixture.json("Language/emoji-names.json", as: [String: Table].self)[language])
        for row in table.rows {
            #expect(names.demojized(row.text).unicodeScalars.elementsEqual(row.names.unicodeScalars), "\(row.text)")
        }
    }

    @Test("Tables that are none are refused")
    func damaged() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "names-\(UUID().uuidString)")
        try Data("[1, 2".utf8).write(to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: LanguageError.self) { _ = try EmojiNames(language: "en", contentsOf: folder) }
        #expect(throws: LanguageError.self) { _ = try StopWords(contentsOf: folder) }
        #expect(throws: LanguageError.self) {
            _ = try EmojiNames(language: "en", contentsOf: URL(filePath: "/nowhere"))
        }
    }

    @Test(
        "Stop words are lower case and whole",
        .enabled(if: PulledFile.url("stopwords-iso", "stopwords-iso.json") != nil, "labctl data pull stopwords-iso"))
    func stopWords() throws {
        let words = try StopWords(contentsOf: #require(PulledFile.url("stopwords-iso", "stopwords-iso.json")))
        #expect(words.words.count >= 57)
        #expect(words.contains("the", in: "en") && words.contains("und", in: "de"))
        #expect(!words.contains("love", in: "en") && !words.contains("the", in: "xx"))
    }

    @Test("No meaning holds a spelling that is slang itself, and spellings are lower case")
    func slang() {
        #expect(Slang.meanings.count > 300)
        for (spelling, meaning) in Slang.meanings {
            #expect(spelling == spelling.lowercased() && !spelling.contains(" "))
            for word in meaning.lowercased().split(whereSeparator: { !$0.isLetter && $0 != "'" }) {
                #expect(Slang.meanings[String(word)] == nil, "\(spelling): \(meaning)")
            }
        }
    }
}
