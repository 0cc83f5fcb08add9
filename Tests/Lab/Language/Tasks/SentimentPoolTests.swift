import Foundation
import LabNumerics
import Testing

@testable import LabLanguage

@Suite("The pool of sentiment")
struct SentimentPoolTests {
    @Test("Quotes and escapes of a tweet are resolved")
    func fields() {
        #expect(SemEvalTweets.text("plain \\ text\t") == "plain \\ text")
        #expect(SemEvalTweets.text("\"It\\u2019s \\ud83d\\ude00\\u002c ok\"") == "It’s 😀, ok")
        #expect(SemEvalTweets.text("\"Why \\\"\"\"\"Happy\\\"\"\"\" so\"") == "Why \"Happy\" so")
        #expect(SemEvalTweets.text("\"a \"\"b\"\" c\"") == "a \"b\" c")
        #expect(SemEvalTweets.text("\"") == "\"" && SemEvalTweets.text("") == "")
        #expect(SemEvalTweets.text("\\uZZZZ \\u12") == "\\uZZZZ \\u12")
    }

    @Test("What is held out or repeated is set aside, with its reason")
    func reasons() throws {
        try Corpora.temporary { folder in
            try folder.write(
                "a.tsv",
                """
                1\tpositive\tA fine day at the sea http://t.co/x
                2\tnegative\tHello @someone &amp; all
                1\tneutral\tsomething else
                3\tneutral\tRT @you: the quick, brown fox jumps!
                4\tneutral\ta fine day   AT the sea https://else.where
                5\tneutral\tnew\u{2028}words
                6\tnegative\tbrown fox

                """)
            let held = SentimentPool.HeldOut(
                name: "val", texts: ["hello @user & all", "the brown quick fox jumps", "fox, brown"])
            let pool = try SentimentPool.read(folder, without: [held])
            #expect(pool.tweets.texts == ["A fine day at the sea http://t.co/x", "new\u{2028}words", "brown fox"])
            #expect(pool.tweets.labels == [2, 1, 0])
            #expect(pool.setAside.map(\.line) == [2, 3, 4, 5])
            #expect(pool.setAside.map(\.reason) == [.heldOut, .repeatedNumber, .nearlyHeldOut, .repeatedText])
            #expect(pool.setAside.map(\.heldOutBy) == ["val", nil, "val", nil])
            #expect(pool.counts[.heldOut] == 1)

            try folder.write("b.tsv", "7\tglad\tx\n")
            #expect(
                throws: LanguageError.unknownLabel(
                    "glad", file: "b.tsv", line: 1, known: LanguageTask.sentiment.classes)
            ) { try SentimentPool.read(folder, without: []) }
        }
    }

    @Test("A folder of SemEval's files gives each of them as a split")
    func layout() throws {
        try Corpora.temporary { folder in
            #expect(try LabelledTexts.semEval(folder: folder, split: "2016test") == nil)
            try folder.write("twitter-2016test-A.tsv", "1\tpositive\tIt\\u2019s fine\n2\tnegative\t\"so \"\"so\"\"\"\n")
            try folder.write("twitter-2013dev-A.tsv", "1\tgood\tx\n")
            let texts = try #require(try LabelledTexts.semEval(folder: folder, split: "2016test"))
            #expect(texts.texts == ["It’s fine", "so \"so\""] && texts.labels == [2, 0])
            #expect(throws: LanguageError.unknownName(kind: "split", name: "test", known: ["2013dev", "2016test"])) {
                try LabelledTexts.semEval(folder: folder, split: "test")
            }
            #expect(
                throws: LanguageError.unknownLabel(
                    "good", file: "twitter-2013dev-A.tsv", line: 1, known: LanguageTask.sentiment.classes)
            ) { try LabelledTexts.semEval(folder: folder, split: "2013dev") }
        }
    }

    @Test("Near sets are found exactly as all pairs find them")
    func near() {
        var draws = RandomStream(seed: 1, name: "words")
        let texts = (0..<300).map { index in
            let words = Set((0..<(4 + draws.nextInt(below: 9))).map { _ in "w\(draws.nextInt(below: 14))" })
            return (words: words.sorted(), name: "\(index)")
        }
        let near = NearTexts(Array(texts[..<150]), least: 0.8)
        var found = 0
        for text in texts[150...] {
            let all = texts[..<150].contains { other in
                let common = Set(other.words).intersection(text.words).count
                return Double(common) >= 0.8 * Double(other.words.count + text.words.count - common)
            }
            #expect((near.name(near: text.words) != nil) == all)
            found += all ? 1 : 0
        }
        #expect(found > 10 && found < 140)
    }

    @Test(
        "Nothing of TweetEval's or UMSAB's held-out tweets stays in the published pool",
        .enabled(if: Corpora.folder("semeval2017-4a") != nil && Corpora.folder("tweeteval") != nil, "needs LAB_MIRROR"))
    func published() throws {
        let folder = try #require(Corpora.folder("semeval2017-4a"))
        let tweetEval = try #require(Corpora.folder("tweeteval"))
        let pool = try SentimentPool.read(folder, tweetEval: tweetEval, umsab: Corpora.folder("umsab"))
        #expect(pool.tweets.count + pool.setAside.count == 50_334)
        print(
            "pool", pool.tweets.count, pool.tweets.support, pool.counts,
            Dictionary(grouping: pool.setAside, by: { $0.heldOutBy ?? "" }).mapValues(\.count))
        let fingerprint = try Fingerprinter()
        let held = Set(
            try ["val", "test"].flatMap { try LanguageTask.sentiment.read(tweetEval, split: $0).texts }
                .map { fingerprint($0).normalised })
        #expect(pool.tweets.texts.allSatisfy { !held.contains(fingerprint($0).normalised) })
    }
}
