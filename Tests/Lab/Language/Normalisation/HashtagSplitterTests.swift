import Testing

@testable import LabLanguage

@Suite("Hashtags")
struct HashtagSplitterTests {
    @Test("Without counts, capitals, digits and underscores cut")
    func boundaries() {
        let splitter = HashtagSplitter(counts: [:])
        #expect(splitter.words("ThrowbackThursday") == ["Throwback", "Thursday"])
        #expect(splitter.words("throwbackthursday") == ["throwbackthursday"])
        #expect(splitter.words("HTMLParser2GO") == ["HTML", "Parser", "2", "GO"])
        #expect(splitter.words("_a__b_") == ["a", "b"])
        #expect(splitter.words("日本") == ["日本"])
        #expect(splitter.words("") == [])
    }

    @Test("The most probable words, by hand")
    func viterbi() {
        // 10 words seen: P(now) · P(here) = 0.3 · 0.2 > P(nowhere) = 0.05; with nowhere at 0.1 it is the other way.
        #expect(
            HashtagSplitter(counts: ["now": 6, "here": 4, "nowhere": 1, "x": 9]).words("nowhere") == ["now", "here"])
        #expect(HashtagSplitter(counts: ["now": 6, "here": 4, "nowhere": 9, "x": 1]).words("nowhere") == ["nowhere"])
        // An unknown name stays together and the known words beside it are found.
        let splitter = HashtagSplitter(counts: ["i": 50, "love": 40, "the": 100])
        #expect(splitter.words("ilovezanzibar") == ["i", "love", "zanzibar"])
    }

    @Test("Counts are learnt from texts")
    func learning() {
        let splitter = HashtagSplitter(learning: ["Good day", "good DAY!", "a day s", "once"])
        #expect(splitter.counts == ["good": 2, "day": 3])
        #expect(splitter.words("goodday") == ["good", "day"])
    }
}
