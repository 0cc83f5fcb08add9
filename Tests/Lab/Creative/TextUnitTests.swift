import Testing

@testable import LabCreative

@Suite struct TextUnitTests {
    /// Weights as twitter-text's conformance suite and documentation give them.
    @Test(arguments: [
        ("", 0), ("A tweet.", 8), ("H🐱☺👨‍👩‍👧‍👦", 7), ("한국어", 6), ("日本語", 6), ("é", 1), ("e\u{301}", 1), ("🇩🇪", 2), ("👩🏽‍💻", 2),
        ("see https://example.org/a/very/long/path?with=parameters now", 4 + 23 + 4), ("1️⃣", 2), ("Ω–“x”", 5),
    ]) func xWeighs(text: String, weight: Int) {
        #expect(TextUnit.weightedX.length(of: text) == weight)
    }

    @Test func unitsDifferWhereTheyShould() {
        let family = "👨‍👩‍👧‍👦"
        #expect(TextUnit.graphemes.length(of: family) == 1)
        #expect(TextUnit.scalars.length(of: family) == 7)
        #expect(TextUnit.utf16.length(of: family) == 11)
        #expect(TextUnit.doubleWidth.length(of: "茶 tea") == 6)
    }

    @Test(arguments: TextUnit.allCases) func shorteningNeverExceedsAndNeverSplits(unit: TextUnit) {
        let texts = [
            "A quiet cup of tea for a long afternoon, and then another one.", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦 family tea 👨‍👩‍👧‍👦", "お茶の箱を開けてみてください",
            "cafe\u{301} cre\u{300}me bru\u{302}le\u{301}e", "go to https://example.org/path now please",
            "oneverylongwordwithoutanyspaces",
        ]
        for text in texts {
            for limit in 0...40 {
                let short = unit.shortened(text, to: limit)
                #expect(unit.length(of: short) <= limit)
                if short != text, !short.isEmpty {
                    #expect(short.hasSuffix("…"))
                    #expect(text.hasPrefix(String(short.dropLast())), "cut inside a character: \(short)")
                }
            }
        }
    }

    @Test func shorteningKeepsWholeWords() {
        #expect(TextUnit.graphemes.shortened("Six loose teas, one box", to: 18) == "Six loose teas…")
        #expect(TextUnit.graphemes.shortened("Six loose teas", to: 14) == "Six loose teas")
        #expect(TextUnit.graphemes.shortened("Six loose teas", to: 0) == "")
    }
}
