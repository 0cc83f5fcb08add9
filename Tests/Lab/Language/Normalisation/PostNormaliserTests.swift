import Foundation
import LabDomain
import LabNumerics
import Testing

@testable import LabLanguage

@Suite("Normalisation")
struct PostNormaliserTests {
    static let names = EmojiNames(
        language: "en",
        names: [
            "😂": ":face_with_tears_of_joy:", "👍": ":thumbs_up:", "👍🏽": ":thumbs_up_medium_skin_tone:",
            "👩‍💻": ":woman_technologist:", "👩": ":woman:", "🇫🇷": ":France:", "1️⃣": ":keycap_1:", "❤️": ":red_heart:",
            "❤": ":red_heart:",
        ])
    static let german = EmojiNames(language: "de", names: ["😂": ":gesicht_mit_freudentränen:"])
    static let splitter = HashtagSplitter(
        counts: ["throwback": 20, "thursday": 30, "love": 90, "my": 200, "i": 300, "job": 40, "throw": 30, "back": 60])

    func text(_ post: String, _ settings: NormalisationSettings = .encoder) -> String {
        PostNormaliser(settings, emoji: [Self.names, Self.german], hashtags: Self.splitter).normalise(post).text
    }

    @Test(
        "A raw post becomes prose",
        arguments: [
            ("@anna_1 look: https://t.co/a?b=c. @user http", "@user look: http. @user http"),
            ("mail me at a@b.com", "mail me at a@b.com"), ("morehttp://t.co/x", "more http"), ("www.x.org!", "http!"),
            ("R&amp;B &lt;3 &amp;amp; &#8211; caf&eacute;", "R&B red heart & – café"),
            ("can\\u2019t\\u002c \\\"so\\\" \\ud83d\\ude02", "can’t, \"so\" face with tears of joy"),
            ("so   good\u{200B}\u{A0}\t!\n", "so good !"), ("e\u{301}te\u{301}", "été"), ("\u{0}a\u{7}", "a"),
            ("sooooo happyyyy!!!!!", "soo happyy!!!"), ("good 1000000", "good 1000000"),
            ("no#tag #a#bC", "no#tag a b C"),
            ("#ThrowbackThursday!", "Throwback Thursday !"), ("#throwbackthursday", "throwback thursday"),
            ("#ILOVEMYJOB", "I LOVE MY JOB"), ("#Euro2016 #HTMLParser #a_b", "Euro 2016 HTML Parser a b"),
            ("we are #1", "we are #1"), ("ok😂👍🏽!", "ok face with tears of joy thumbs up medium skin tone !"),
            ("👩‍💻 🇫🇷 1️⃣ ❤️", "woman technologist France keycap 1 red heart"), ("🦩 stays", "🦩 stays"),
            (
                "good :-) bad :(( re:Done 18) 3:30 D: xD",
                "good smiling face bad sad face re:Done 18) 3:30 sad face grinning face"
            ),
            ("http://x.com/a:)b", "http"), ("", ""), ("   ", ""),
        ])
    func encoder(post: String, expected: String) {
        #expect(text(post).unicodeScalars.elementsEqual(expected.unicodeScalars), "\(text(post))")
    }

    @Test("Switches: slang, numbers, n-grams, nothing")
    func switches() {
        var settings = NormalisationSettings.encoder
        settings.expandsSlang = true
        settings.masksNumbers = true
        #expect(
            text("idk what u mean, tbh. a.k.a 2nd 1,000 u.k", settings)
                == "I don't know what you mean, to be honest. a.k.a 2nd 0 u.k")
        #expect(text("#idk", settings) == "I don't know")
        #expect(text("Rounds:20 on October 1https://t.co/x", settings) == "Rounds:0 on October 0 http")
        #expect(text("@bob &amp; #GoodDay 😂 :) soooo", .ngrams) == "@user & #GoodDay 😂 :) soooo")
        #expect(text(" @bob &amp;\u{200B} ", .none) == " @bob &amp;\u{200B} ")
    }

    @Test("Emoji are named in the post's language, in English where that has no names")
    func languages() {
        let normaliser = PostNormaliser(emoji: [Self.names, Self.german])
        #expect(normaliser.normalise("ja 😂", language: "de").text == "ja gesicht mit freudentränen")
        #expect(normaliser.normalise("sí 😂", language: "es").text == "sí face with tears of joy")
        #expect(PostNormaliser().normalise("😂").text == "😂")
    }

    @Test("What was found leads back to where it was found")
    func findings() throws {
        let raw = "RT @bob:  &lt;3 #ThrowbackThursday 😂 soooo https://t.co/x"
        let post = PostNormaliser(emoji: [Self.names]).normalise(raw)
        #expect(post.raw == raw)
        #expect(post.text == "RT @user: red heart Throwback Thursday face with tears of joy soo http")
        #expect(
            post.findings.map(\.kind) == [.user, .emoticon, .hashtag, .emoji, .repeated, .address])
        let sources = post.findings.map { String(decoding: Array(raw.utf8)[$0.source], as: UTF8.self) }
        #expect(sources == ["@bob", "&lt;3", "#ThrowbackThursday", "😂", "soooo", "https://t.co/x"])
        #expect(post.findings(of: .hashtag).map(\.words) == ["Throwback Thursday"])
        for (word, source) in [
            ("Thursday", "#ThrowbackThursday"), ("tears", "😂"), ("RT", "RT"), ("http", "https://t.co/x"),
        ] {
            let range = try #require(post.text.range(of: word))
            let offsets =
                post.text.utf8.distance(
                    from: post.text.startIndex, to: range.lowerBound)..<post.text.utf8.distance(
                    from: post.text.startIndex, to: range.upperBound)
            #expect(post.rawText(of: offsets).contains(source), "\(word): \(post.rawText(of: offsets))")
        }
    }

    @Test("Descriptions of media are read as text of the post")
    func media() {
        let normaliser = PostNormaliser(emoji: [Self.names])
        let post = normaliser.normalise("so cute", mediaDescriptions: ["a &quot;dog&quot; 😂", " "])
        #expect(post.textWithMedia == "so cute Media: a \"dog\" face with tears of joy.")
        #expect(normaliser.normalise("", mediaDescriptions: ["a cat"]).textWithMedia == "Media: a cat.")
        #expect(normaliser.normalise("x").textWithMedia == "x")
    }

    @Test(
        "Joined before or after it is cleaned, a post with media reads alike",
        arguments: [
            ("so cute", ["a dog"]), ("", ["A \"dog\" in the snow.", "snow"]), ("#ThrowbackThursday 😂", ["&lt;3 @anna"]),
            ("soooo :)", ["a graph of 3 lines (red)", "who?"]),
            ("@anna see https://t.co/x", ["www.x.org", "I love my job!"]),
        ])
    func mediaJoinedFirst(text: String, media: [String]) {
        let normaliser = PostNormaliser(emoji: [Self.names], hashtags: Self.splitter)
        let joined = PostText(text, mediaDescriptions: media).textWithMedia
        #expect(normaliser.normalise(joined).text == normaliser.normalise(text, mediaDescriptions: media).textWithMedia)
    }

    static let allOn: NormalisationSettings = {
        var settings = NormalisationSettings.encoder
        settings.expandsSlang = true
        settings.masksNumbers = true
        return settings
    }()

    func check(_ post: String, _ normaliser: PostNormaliser) {
        let once = normaliser.normalise(post)
        let twice = normaliser.normalise(once.text)
        #expect(twice.text.utf8.elementsEqual(once.text.utf8), "\(post)\n\(once.text)\n\(twice.text)")
        let whole = 0..<post.utf8.count
        for finding in once.findings {
            #expect(whole.contains(finding.source.lowerBound) && finding.source.upperBound <= whole.upperBound)
            #expect(!finding.source.isEmpty, "\(post)")
        }
        let count = once.text.utf8.count
        var last = 0
        for start in stride(from: 0, to: count, by: max(1, count / 7)) {
            let range = once.rawRange(of: start..<min(count, start + 3))
            #expect(range.lowerBound >= last && range.upperBound <= whole.upperBound, "\(post)")
            last = range.lowerBound
        }
    }

    @Test("Twice is once, and every place leads into the raw text, whatever the input", arguments: 0..<12)
    func fuzz(seed: UInt64) {
        var stream = RandomStream(seed: seed, name: "normalisation")
        let pieces = [
            "a", "A", "o", "oo", "1", "9", " ", "  ", "\n", "@", "#", "&", ";", "amp", "lt", "#8217", "\\u", "0026",
            "\\n",
            "http", "://", "www.", ".", "/", ":", ")", "(", "D", "-", "'", "!", "😂", "👍", "🏽", "\u{200D}", "👩", "💻",
            "🇫", "🇷",
            "\u{FE0F}", "\u{20E3}", "\u{200B}", "\u{202E}", "\u{301}", "\u{308}", "é", "的", "ああ", "ك", "ि", "क",
            "\u{0}", "\u{7}",
            "idk", "u", "_", "<", "3", "x", "\u{FFFD}", "\u{1100}", "\u{1161}", "Å", "\u{AD}", "\u{0600}", "Z",
        ]
        let normalisers = [Self.allOn, .encoder, .ngrams, .none].map {
            PostNormaliser($0, emoji: [Self.names], hashtags: Self.splitter)
        }
        for round in 0..<250 {
            var post = ""
            for _ in 0..<stream.nextInt(below: 24) { post += pieces[stream.nextInt(below: pieces.count)] }
            if round % 10 == 0 {
                // Any bytes, repaired.
                let bytes = (0..<stream.nextInt(below: 80)).map { _ in UInt8(stream.nextInt(below: 256)) }
                post = String(decoding: bytes, as: UTF8.self)
            }
            check(post, normalisers[round % 4])
        }
    }

    @Test("Long words and long posts are read in reasonable time")
    func long() {
        let normaliser = PostNormaliser(Self.allOn, emoji: [Self.names], hashtags: Self.splitter)
        check(String(repeating: "x", count: 100) + " " + String(repeating: "ab", count: 50), normaliser)
        check("#" + String(repeating: "throwback", count: 40), normaliser)
        for piece in ["so good! ", "😂", "&amp;", "@a ", "\u{301}", "é", ":)", "\u{200D}", "#ab", "((((", "http://"] {
            check(String(repeating: piece, count: 100_000 / piece.utf8.count), normaliser)
        }
    }

    @Test(
        "Normalising the staged corpora twice changes nothing",
        .enabled(if: PulledFile.mirrored("tweeteval") != nil, "LAB_MIRROR"))
    func corpora() {
        let normaliser = PostNormaliser(emoji: [Self.names], hashtags: Self.splitter)
        let lines = PulledFile.lines(under: "tweeteval") + PulledFile.lines(under: "umsab")
        for line in lines.enumerated() where line.offset % 3 == 0 { check(line.element, normaliser) }
    }
}
