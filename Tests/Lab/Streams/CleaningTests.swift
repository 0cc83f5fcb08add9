import Testing

@testable import LabStreams

@Suite("Cleaning")
struct CleaningTests {
    let cleaner = TextCleaner()

    @Test(
        "Entities, white space and invisible marks",
        arguments: [
            ("Tom &amp; Jerry &lt;3", "Tom & Jerry <3"),
            ("twice &amp;amp; thrice &amp;amp;amp;", "twice & thrice &"),
            ("&#8217;tis &#x1F600;", "’tis 😀"),
            ("&unknown; & &#0; &#xD800; &#99999999;", "&unknown; & &#0; &#xD800; &#99999999;"),
            ("  a\t\nb\u{A0}c\u{3000} ", "a b c"),
            ("zero\u{200B}width \u{FEFF}mark", "zerowidth mark"),
            ("Cafe\u{301}", "Caf\u{E9}"),
            ("", ""), ("   ", ""), ("&", "&"), ("&amp", "&amp"),
        ])
    func forms(raw: String, cleaned: String) {
        let result = cleaner.clean(raw)
        // Strings compare by canonical equivalence; the bytes must agree, too.
        #expect(Array(result.utf8) == Array(cleaned.utf8))
    }

    @Test(
        "What leads to a person is masked",
        arguments: [
            ("@anna hi", "@user hi"), (".@anna_b and @c!", ".@user and @user!"), ("RT @x: y", "RT @user: y"),
            ("by @anna.plume, @b.bsky.social: no", "by @user, @user: no"),
            ("so @anna. Bye @b...", "so @user. Bye @user..."),
            ("@anna.https://a.b/c d", "@user d"), ("@anna.b@c.example e", "@user e"),
            ("mail anna.b+c@example.co.uk now", "mail [email] now"), ("(a@b.org)", "([email])"),
            ("on @anna@social.example today", "on @user today"), ("5@ 3 o'clock @ home", "5@ 3 o'clock @ home"),
            ("see https://t.co/Ab1?x=2, ok", "see http, ok"), ("www.example.org/a.", "http."), ("HTTP://X.Y", "http"),
            ("call +49 30 1234567 now", "call [phone] now"), ("(512) 555-0142", "[phone]"),
            ("512.555.0142!", "[phone]!"),
            ("on 2010-11-22 10:30", "on 2010-11-22 10:30"),
            ("we won 21-7, 3.14 or 1,000,000", "we won 21-7, 3.14 or 1,000,000"),
            ("year 2010 2011", "year 2010 2011"), ("#1 in 1234567", "#1 in 1234567"), ("\u{FF20}anna", "@user"),
        ])
    func masks(raw: String, masked: String) {
        #expect(cleaner.clean(raw) == masked)
    }

    @Test("Cleaning twice changes nothing, and no handle or e-mail survives", arguments: 0..<40)
    func idempotent(seed: Int) {
        var noise = TestNoise(seed: seed)
        let pieces = [
            "&amp;", "&", "amp;", "#64;", "&#64;", "@", "anna", " ", "\u{200B}", "http://", "www.", ".", "b.org", "+49",
            "30", "12345678", "-", "(", "é", "e\u{301}", "😀", "\u{200D}", "\t", "lt;", "<", "日本", "_", "[email]",
        ]
        for _ in 0..<100 {
            let raw = (0..<noise.next(12)).map { _ in pieces[noise.next(pieces.count)] }.joined()
            let once = cleaner.clean(raw)
            #expect(Array(cleaner.clean(once).utf8) == Array(once.utf8), "\(raw)")
            // Behind an ASCII letter, digit or underscore it is no name.
            let isNamed = once.ranges(of: "@anna").contains { range in
                let before = once.unicodeScalars[..<range.lowerBound].last ?? " "
                return
                    !(before.isASCII
                    && (before.properties.isAlphabetic || before == "_" || before.properties.numericType != nil))
            }
            #expect(!isNamed, "\(raw)")
        }
    }
}

/// Deterministic noise for property tests.
struct TestNoise {
    private var state: UInt64
    init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }
    mutating func next(_ below: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(below))
    }
}
