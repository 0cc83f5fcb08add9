import Foundation
import LabStorage
import LabTestKit
import Testing

@testable import LabLanguage

/// Cutting word by word changes no id: `words.json` has what `sentencepiece` 0.2.3 makes of repeated and long words, and of ▁
/// written by a user.
@Suite("SentencePiece's words")
struct SentencePieceWordsTests {
    private struct Words: Decodable {
        let texts: [String]
        let ids: [String: [[Int32]]]
        /// Digests of the ids of all texts, twenty times over, as one text.
        let long: [String: String]
    }

    private static let names = [
        "unigram", "unigram-bytes", "unigram-raw", "unigram-suffix", "unigram-rules", "bpe", "bpe-bytes", "bpe-unused",
    ]

    private func words() throws -> Words { try Fixture.json("Language/Tokenisers/words.json") }

    @Test("One tokeniser gives the same ids in whatever order texts come", arguments: names)
    func repeated(name: String) throws {
        let words = try words()
        let expected = Array(zip(words.texts, try #require(words.ids[name])))
        let tokeniser = try Tokeniser.load(folder: TokeniserFixture.folder(name))
        func check(_ list: some Sequence<(String, [Int32])>) {
            for (text, ids) in list { #expect(tokeniser.encode(text) == ids, "\(text.debugDescription)") }
        }
        check(expected)
        check(expected.reversed())
    }

    @Test("One text beyond the sums from which on they are counted from anew", arguments: names)
    func long(name: String) throws {
        let words = try words()
        let tokeniser = try Tokeniser.load(folder: TokeniserFixture.folder(name))
        let text = Array(repeating: words.texts, count: 20).joined().joined(separator: " ")
        for _ in 0..<2 {
            let ids = tokeniser.encode(text).map(\.littleEndian).withUnsafeBytes { Data($0) }
            #expect(Digest.sha256(ids) == words.long[name])
        }
    }

    @Test("Threads share a tokeniser")
    func threads() async throws {
        let words = try words()
        let tokeniser = try Tokeniser.load(folder: TokeniserFixture.folder("unigram"))
        await withTaskGroup(of: [[Int32]].self) { group in
            for _ in 0..<8 { group.addTask { words.texts.map { tokeniser.encode($0) } } }
            for await ids in group { #expect(ids == words.ids["unigram"]) }
        }
    }
}
