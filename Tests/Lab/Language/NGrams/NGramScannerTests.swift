import LabNumerics
import Testing

@testable import LabLanguage

@Suite("N-grams of bytes")
struct NGramScannerTests {
    let user = "\u{E000}"
    let address = "\u{E001}"

    func folded(_ text: String) throws -> String { try NGramScanner(NGramRecipe()).folded(text) }

    @Test("Case, space, names, addresses, entities and repeats are folded")
    func folding() throws {
        #expect(try folded("") == " ")
        #expect(try folded("  Hello\t\nWORLD ") == " hello world ")
        #expect(try folded("@User_1 hi@you @ 5") == " \(user) hi\(user) @ 5 ")
        #expect(try folded("see HTTPS://t.co/aB1?x=é, www.x.org http") == " see \(address) \(address) \(address) ")
        #expect(
            try folded("http:x httpd wwww why hhttp://")
                == " http:x httpd wwww why hhttp:// ".replacing("wwww", with: "www"))
        #expect(try folded("a &amp; b &lt;3 &gt &quot;") == " a & b <3 &gt \" ")
        #expect(
            try folded(#"It\u2019s \ud83d\ude00\u002c \"x\/y\" \n \u12 \ud83dz \"#)
                == " it's 😀, \"x/y\" \\n \\u12 \u{FFFD}z \\ ")
        #expect(try folded("soooooo!!!!!") == " sooo!!! ")
        #expect(try folded("ÄÖÜ ΣΑΣ ЖУК Ａ İ ǅ") == " äöü σασ жук ａ i ǆ ")
        #expect(try folded("don’t") == " don't ")
        #expect(try folded("❤\u{FE0F}👍🏽\u{200D}x") == " ❤👍🏽x ")
        #expect(try folded("日本\u{3000}語\u{2028}a\u{85}b") == " 日本 語 a b ")
    }

    /// The runs as strings, hashed without vectors.
    func plainCounts(_ text: String, _ recipe: NGramRecipe) throws -> (words: Int, characters: Int) {
        let folded = Array(try folded(text).unicodeScalars.map { Character($0) })
        var tokens = 0
        var inWord = false
        for character in folded {
            let isWord = character.isLetter || character.isNumber || character == "'" || character == "_"
            if !isWord && character != " " || isWord && !inWord { tokens += 1 }
            inWord = isWord
        }
        let pieces =
            recipe.withinWords ? folded.split(separator: " ").map { $0.count + 2 } : [folded.count]
        func runs(_ count: Int, _ lengths: ClosedRange<Int>) -> Int {
            lengths.reduce(0) { $0 + max(0, count - $1 + 1) }
        }
        return (
            runs(tokens, 1...recipe.longestWords),
            pieces.reduce(0) { $0 + runs($1, recipe.shortestCharacters...recipe.longestCharacters) }
        )
    }

    @Test("There are as many n-grams as a plain count finds", arguments: [true, false])
    func counts(withinWords: Bool) throws {
        let recipe = NGramRecipe(
            bits: 18, longestWords: 2, shortestCharacters: 2, longestCharacters: 5, withinWords: withinWords)
        let scanner = try NGramScanner(recipe)
        for text in [
            "", "a", "ab cd", "a fine, long-winded day at the sea!", "@x: wow 😀😀 ok", "日本語 is fun",
            String(repeating: "word ", count: 700),
        ] {
            scanner.scan(text)
            let plain = try plainCounts(text, recipe)
            #expect(scanner.wordCount == plain.words, "\(text.prefix(20))")
            #expect(scanner.characterCount == plain.characters, "\(text.prefix(20))")
            for index in 0..<scanner.count { #expect(scanner.buckets[index] < UInt32(recipe.buckets)) }
        }
    }

    @Test("Equal runs fall into equal buckets wherever they stand, different ones nearly always into others")
    func buckets() throws {
        let recipe = NGramRecipe(bits: 24, longestWords: 1, longestCharacters: 0)
        func words(_ text: String) throws -> [UInt32] {
            let scanner = try NGramScanner(recipe)
            scanner.scan(text)
            return (0..<scanner.wordCount).map { scanner.buckets[$0] }
        }
        #expect(try words("one two three one") == words("One, TWO three ONE").filter { try words(",") != [$0] })
        let many = (0..<3_000).map { "w\($0)x" }
        let different = Set(try words(many.joined(separator: " ")))
        // Of 3,000 words in 2²⁴ buckets 0.3 pairs meet on average.
        #expect(different.count >= 2_996)
        let pairs = try NGramScanner(NGramRecipe(bits: 24, longestWords: 2, longestCharacters: 0))
        pairs.scan("a b")
        let forward = pairs.buckets[2]
        pairs.scan("b a")
        #expect(pairs.buckets[2] != forward)
    }

    @Test("Buckets are spread evenly")
    func spread() throws {
        let scanner = try NGramScanner(NGramRecipe(bits: 8, longestWords: 2))
        var counts = [Int](repeating: 0, count: 256)
        let text = (0..<20_000).map { String($0 &* 7_919, radix: 36) }.joined(separator: " ")
        scanner.scan(text)
        for index in 0..<scanner.wordCount { counts[Int(scanner.buckets[index])] += 1 }
        let expected = Double(scanner.wordCount) / 256
        let chiSquare = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
        // 255 degrees of freedom: mean 255, deviation 22.6.
        #expect(chiSquare < 255 + 6 * 22.6)
    }

    @Test("Any bytes are read, and none beyond them")
    func anyBytes() throws {
        let scanner = try NGramScanner(NGramRecipe())
        var draws = RandomStream(seed: 1, name: "bytes")
        for length in 0..<400 {
            // An allocation of exactly this length: the address sanitiser sees what reads past it.
            let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: length)
            defer { bytes.deallocate() }
            for index in 0..<length {
                let choices: [UInt8] = [
                    UInt8(draws.nextInt(below: 256)), 0x40, 0x26, 0x5C, 0x75, 0x68, 0x74, 0xF0, 0xE2, 0x20,
                ]
                bytes[index] = choices[draws.nextInt(below: choices.count)]
            }
            scanner.scan(UnsafeBufferPointer(bytes))
            #expect(scanner.wordCount <= 6 * length + 6)
            let text = String(decoding: bytes, as: UTF8.self)
            scanner.scan(text)
        }
        for text in [
            "\u{0}\u{FFFF}", String(repeating: "a", count: 100_000), String(repeating: "a b", count: 50_000), "😀",
            "\u{301}",
        ] { scanner.scan(text) }
        #expect(throws: LanguageError.self) { try NGramScanner(NGramRecipe(bits: 40)) }
        #expect(throws: LanguageError.self) { try NGramScanner(NGramRecipe(longestWords: 0, longestCharacters: 0)) }
    }
}
