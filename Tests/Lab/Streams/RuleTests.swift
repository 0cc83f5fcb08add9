import Foundation
import Testing

@testable import LabStreams

@Suite("Rules")
struct RuleTests {
    let rules = PostRules()

    @Test(
        "Times",
        arguments: [
            ("2010-11-22T10:30:00Z", 1_290_421_800.0), ("2010-11-22T10:30:00.500Z", 1_290_421_800.5),
            ("2010-11-22T12:30:00+02:00", 1_290_421_800), ("2010-11-22", 1_290_384_000), ("1290421800", 1_290_421_800),
        ])
    func times(written: String, seconds: Double) throws {
        #expect(try rules.time(of: RawPost(time: written))?.timeIntervalSince1970 == seconds)
    }

    @Test("Bad times", arguments: ["yesterday", "2010-13-40", "0", "1e300", "nan", "", "99999999999"])
    func badTimes(written: String) {
        #expect(throws: Rejection.badTime) { _ = try rules.time(of: RawPost(time: written)) }
    }

    @Test("Ratings")
    func ratings() throws {
        #expect(try rules.rating(of: RawPost()) == nil)
        #expect(try rules.rating(of: RawPost(rating: "-3.25")) == -3.25)
        #expect(try rules.rating(of: RawPost(rating: "positive")) == 2)
        #expect(try rules.rating(of: RawPost(label: "negative")) == -2)
        #expect(try rules.rating(of: RawPost(rating: "1", label: "negative")) == 1)
        #expect(throws: Rejection.badRating) { _ = try rules.rating(of: RawPost(label: "angry")) }
        for bad in ["4.01", "nan", "inf", "good"] {
            #expect(throws: Rejection.badRating) { _ = try rules.rating(of: RawPost(rating: bad)) }
        }
    }

    @Test("Texts")
    func texts() throws {
        #expect(throws: Rejection.emptyText) { _ = try rules.text(of: RawPost()) }
        #expect(throws: Rejection.tooLong) {
            _ = try rules.text(of: RawPost(text: String(repeating: "a", count: 5001)))
        }
        #expect(throws: Rejection.controlCharacters) { _ = try rules.text(of: RawPost(text: "a\u{0}b")) }
        #expect(throws: Rejection.controlCharacters) { _ = try rules.text(of: RawPost(text: "a\u{FFFE}")) }
        #expect(try rules.text(of: RawPost(text: "a\tb\nc 😀")) == "a\tb\nc 😀")
        #expect(try rules.text(of: RawPost(text: String(repeating: "é", count: 5000))).count == 5000)
    }

    @Test("Descriptions of media keep the rules of texts, and there may be a hundred")
    func media() throws {
        #expect(try rules.mediaDescriptions(of: RawPost(text: "hi")) == [])
        let pictures = RawPost(mediaDescriptions: Array(repeating: "a dog", count: 100))
        #expect(try rules.text(of: pictures) == "" && rules.mediaDescriptions(of: pictures).count == 100)
        for (bad, reason) in [
            (["a dog", "a\u{0}b"], Rejection.controlCharacters), ([String(repeating: "a", count: 5001)], .tooLong),
            (Array(repeating: "a dog", count: 101), .badMedia),
        ] {
            #expect(throws: reason) { _ = try rules.mediaDescriptions(of: RawPost(text: "hi", mediaDescriptions: bad)) }
        }
    }
}
