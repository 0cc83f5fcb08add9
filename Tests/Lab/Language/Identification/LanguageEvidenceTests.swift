import LabNumerics
import Testing

@testable import LabLanguage

@Suite("Evidence of a language")
struct LanguageEvidenceTests {
    func text(_ post: String) -> String { String(decoding: LanguageEvidence(post).text, as: UTF8.self) }

    @Test(
        "What is of no language is left out",
        arguments: [
            ("RT @anna: SO happy!!! 😀 https://example.org/x?y=1 #GoodDay", "so happy goodday "),
            ("see www.example.org or http now", "see or now "), ("https everywhere", "https everywhere "),
            ("R&amp;B can\\u2019t \\n stop", "r b can t stop "),
            ("it’s 'quoted' well-known -", "it's quoted well-known "),
            ("Sooooo güüüüt", "so güt "), ("100 % … 42nd", "nd "), ("", ""), ("@user http", ""), ("👩‍👩‍👧 🇫🇷", ""),
            ("ＦＵＬＬ 𝓯𝓪𝓷𝓬𝔂", "full fancy "), ("e\u{301}t\u{E9}", "été "), ("İstanbul ÇOK", "istanbul çok "),
            ("می‌خواهم", "میخواهم "),
        ])
    func cleaning(post: String, expected: String) { #expect(text(post) == expected) }

    @Test("The script that says most wins; kana make Chinese characters Japanese")
    func scripts() {
        #expect(LanguageEvidence("hello").script == .latin)
        #expect(LanguageEvidence("привет, world").script == .cyrillic)
        #expect(LanguageEvidence("東京に行く").script == .kana)
        #expect(LanguageEvidence("我爱北京 ok").script == .han)
        #expect(LanguageEvidence("12 !? 😀").script == nil)
    }

    @Test("Any text gives words that lie in it, and no letter thrice", arguments: 0..<8)
    func fuzz(seed: UInt64) throws {
        var stream = RandomStream(seed: seed, name: "evidence")
        let pool = Array("aab@#&;\\u\u{200D}\u{200B}\u{202E}\u{301}é的ক😀🇫 'hHtTpP:/wRT\u{0}\n".unicodeScalars)
        for _ in 0..<300 {
            var post = String.UnicodeScalarView()
            for _ in 0..<stream.nextInt(below: 60) { post.append(pool[stream.nextInt(below: pool.count)]) }
            let evidence = LanguageEvidence(String(post))
            let text = String(decoding: evidence.text, as: UTF8.self)
            #expect(Array(text.utf8) == evidence.text)
            var end = 0
            for word in evidence.words {
                #expect(word.lowerBound == end && word.upperBound > word.lowerBound)
                end = word.upperBound + 1
            }
            #expect(end == evidence.text.count)
            #expect(!text.contains("aaa") && !text.contains("  "), "\(post)")
        }
    }
}
