import LabNumerics
import Testing

@testable import LabLanguage

@Suite("Tokeniser")
struct TokeniserTests {
    func texts(_ text: String) -> [String] { TweetTokeniser().tokens(text).map(\.text) }

    @Test(
        "Tokens by hand",
        arguments: [
            ("I can't  wait!!", "i|can't|wait|!!"), ("Sooooo goooood", "soo|good"), ("It’s 3:30, ok", "it's|0|,|ok"),
            ("#MondayBlues #", "#mondayblues|#"), ("@user said http hi", "@user|said|http|hi"),
            ("see https://t.co/a?b=1 now", "see|http|now"), ("httpd and https are words", "httpd|and|https|are|words"),
            ("nice:) :-) :-( ;D :'( :o", "nice|:)|:)|:(|;D|:(|:o"), ("<3 </3 ^_^ xD O_o", "<3|</3|^_^|xd|o_o"),
            ("note: this (or that) 18) 3:00", "note|:|this|(|or|that|)|0|)|0"),
            ("wait... what?! no??", "wait|…|what|?!|no|??"),
            ("👍🏽👩‍🚀🇩🇪❤️", "👍|👩‍🚀|🇩🇪|❤"), ("日本語 und größer", "日本語|und|größer"), ("2nd 4ever 1,000.50", "2nd|4ever|0"),
            ("[email] or [phone]", "[email]|or|[phone]"), ("snake_case well-known", "snake_case|well|-|known"),
            ("", ""), ("   ", ""), ("🏽", "🏻"),
        ])
    func byHand(text: String, expected: String) {
        #expect(texts(text).joined(separator: "|") == expected)
    }

    @Test("What is written loudly, long, or after a negation is marked")
    func marks() {
        let tokens = TweetTokeniser().tokens("NOT good, sooo BAD I don't really like it but LOVE :)")
        #expect(tokens.filter(\.isShouted).map(\.text) == ["not", "bad", "love"])
        #expect(tokens.filter(\.isElongated).map(\.text) == ["soo"])
        #expect(tokens.filter(\.isNegated).map(\.text) == ["good", "really", "like", "it"])
    }

    @Test("Any text gives tokens without white space and no crash", arguments: 0..<30)
    func fuzz(seed: Int) {
        var stream = RandomStream(seed: UInt64(seed), name: "tokens")
        let pieces: [String] = [
            "a", "Z", "9", " ", "\n", ":", ")", "-", "'", "o", "D", "@", "#", "[", "]", "!", "?", ".", "http", "://",
            "\u{200D}",
            "\u{FE0F}", "\u{1F3FD}", "👩", "🇩", "é", "e\u{301}\u{301}", "\u{0}", "\u{202E}", "ا", "日", "<", "3", "\\",
            "/", "_",
        ]
        for _ in 0..<300 {
            let text = (0..<stream.nextInt(below: 30)).map { _ in pieces[stream.nextInt(below: pieces.count)] }.joined()
            let tokens = TweetTokeniser().tokens(text)
            #expect(tokens.allSatisfy { !$0.text.isEmpty && !$0.text.contains(" ") }, "\(text.debugDescription)")
        }
        let long = String(repeating: "aB1 :( ", count: 15_000)
        #expect(TweetTokeniser().tokens(long).count == 30_000)
    }
}
