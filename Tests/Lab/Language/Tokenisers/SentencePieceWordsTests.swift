import Foundation
import LabStorage
import LabTestKit
import Testing

@testable import LabLanguage

/// Cutting word by word and keeping the pieces of words changes no id: `words.json` has what `sentencepiece` 0.2.3 makes of
/// repeated words, words about as long as are kept, and ▁ written by a user.
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

    @Test("One tokeniser gives the same ids before and after words were kept and lost", arguments: names)
    func repeated(name: String) throws {
        let words = try words()
        let expected = Array(zip(words.texts, try #require(words.ids[name])))
        let tokeniser = try Tokeniser.load(folder: TokeniserFixture.folder(name))
        func check(_ list: some Sequence<(String, [Int32])>) {
            for (text, ids) in list { #expect(tokeniser.encode(text) == ids, "\(text.debugDescription)") }
        }
        check(expected)
        check(expected.reversed())
        // More words than are kept.
        for number in 0..<20_000 { _ = tokeniser.encode("\(number) the\(number)s") }
        check(expected)
    }

    @Test("One text beyond the sums up to which words are kept and sums are counted from anew", arguments: names)
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

    private func withKey(_ word: String, isMarked: Bool = true, _ body: (SentencePieceWords.Key) -> Void) {
        var bytes = Array(word.utf8) + Array(repeating: UInt8(ascii: "?"), count: 24)
        // What stands behind the word must not count.
        bytes.withUnsafeMutableBufferPointer { bytes in
            if let start = bytes.baseAddress {
                body(SentencePieceWords.Key(start, word.utf8.count, isMarked: isMarked))
            }
        }
    }

    private func pieces(_ words: SentencePieceWords, _ word: String, isMarked: Bool = true) -> [Int32]? {
        var found: [Int32]?
        withKey(word, isMarked: isMarked) { found = words.pieces(of: $0).map(Array.init) }
        return found
    }

    @Test("A word is found by all its bytes, its length and its mark")
    func wholeWords() {
        let words = SentencePieceWords()
        let list = ["", "a", "a\0", "a\0\0", "12345678", "123456789", "1234567812345678", "12345678123456789"]
        let longest = String(repeating: "x", count: 23)
        for word in list + [longest + "y", longest + "z"] {
            withKey(word) { words.keep([7, 8, 9], 3, for: $0) }
            #expect(pieces(words, word) == [7, 8, 9])
            for other in list + [longest + "y", longest + "z"] where other != word {
                if let found = pieces(words, other) { #expect(found == [Int32(other.utf8.count)], "\(word) \(other)") }
            }
            #expect(pieces(words, word, isMarked: false) == nil)
            withKey(word) { words.keep([Int32(word.utf8.count)], 1, for: $0) }
        }
    }

    @Test("Of two words with one place the later stays, and neither is taken for the other")
    func collisions() throws {
        let words = SentencePieceWords()
        var places: [Int: String] = [:]
        var collisions = 0
        for number in 0..<9_000 {
            let word = "word\(number)"
            var place = 0
            withKey(word) { place = $0.place }
            #expect((0..<4096).contains(place))
            #expect(pieces(words, word) == nil)
            withKey(word) { words.keep([Int32(number), 1, 2, 3, 4, 5, 6, 7], 8, for: $0) }
            #expect(pieces(words, word) == [Int32(number), 1, 2, 3, 4, 5, 6, 7])
            if let before = places.updateValue(word, forKey: place) {
                collisions += 1
                #expect(pieces(words, before) == nil)
            }
        }
        // All places are used, none by many more than its share.
        #expect(collisions > 4_904 && collisions < 6_000)
    }
}
