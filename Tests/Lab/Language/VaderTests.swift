import Foundation
import LabNumerics
import LabTestKit
import Testing

@testable import LabLanguage

@Suite("VADER")
struct VaderTests {
    struct Table: Decodable {
        struct Row: Decodable {
            let text: String
            let compound: Double
            let negative: Double
            let neutral: Double
            let positive: Double
        }
        let lexicon: [String: Double]
        let emoji: [String: String]
        let rows: [Row]

        var scorer: VaderScorer { VaderScorer(VaderLexicon(valence: lexicon, emoji: emoji)) }
    }

    let table: Table

    init() throws { table = try Fixture.json("Language/vader.json", as: Table.self) }

    /// Sentences on which the published program (3.3.2) strengthens by a quarter although no `never` is there, or twice.
    static let faulty: Set<String> = [
        "I was never this happy about a parcel.", "I am so sick of waiting!", "He was so, so proud.",
        "It was this good.",
        "We have never had it so good.", "All in all this good", "You two are so great together.",
        "It is really this bad.",
    ]

    @Test("Scores agree with the published program except where that has a fault")
    func witness() {
        #expect(table.rows.count > 250)
        for row in table.rows {
            let score = table.scorer.score(row.text)
            let agrees =
                abs(score.compound - row.compound) < 6e-5 && abs(score.positive - row.positive) < 6e-4
                && abs(score.negative - row.negative) < 6e-4 && abs(score.neutral - row.neutral) < 6e-4
            #expect(agrees != Self.faulty.contains(row.text), "\(row.text): \(score), \(row)")
        }
    }

    @Test("The published program's missing brackets: a quarter more after any so or this")
    func missingBrackets() throws {
        let row = try #require(table.rows.first { $0.text == "It was this good." })
        func compound(_ sum: Double) -> Double { sum / (sum * sum + 15).squareRoot() }
        let good = try #require(table.lexicon["good"])
        #expect(abs(table.scorer.score(row.text).compound - compound(good)) < 1e-12)
        #expect(abs(row.compound - compound(good * 1.25)) < 6e-5)
        // After `never` the quarter is meant: the paper's trigram rule.
        #expect(abs(table.scorer.score("It was never this good").compound - compound(good * 1.25)) < 1e-12)
    }

    @Test("Rules by hand")
    func rules() {
        let scorer = VaderScorer(VaderLexicon(valence: ["good": 2, "bad": -2, "no": -1], emoji: ["🙂": "good"]))
        func sum(_ text: String) -> Double {  // inverts x / √(x² + 15)
            let c = scorer.score(text).compound
            return c * (15 / (1 - c * c)).squareRoot()
        }
        let cases: [(String, Double)] = [
            ("good", 2), ("good!!", 2.584), ("good!!!!!!", 3.168), ("good??", 2.36), ("good????", 2.96),
            ("bad!", -2.292),
            ("it is GOOD", 2.733), ("IT IS GOOD", 2), ("it is very good", 2.293), ("very much good", 2.27835),
            ("it is slightly bad", -1.707), ("it isn't good", -1.48), ("no good", -1.48), ("bad but good", 2),
            ("good but bad but good", 1), ("🙂", 2), ("x🙂y", 2), ("at least good", 2), ("the least good", -1.48),
            ("kind of a good", 2 - 0.293), ("", 0), ("nothing here", 0),
        ]
        for (text, expected) in cases { #expect(abs(sum(text) - expected) < 1e-9, "\(text): \(sum(text))") }
    }

    @Test("Every text has a score in its range", arguments: 0..<20)
    func fuzz(seed: Int) {
        var stream = RandomStream(seed: UInt64(seed), name: "vader")
        let words = [
            "good", "BAD", "not", "never", "so", "this", "but", "no", "or", "kind", "of", "!", "😀", "\u{200D}", "least",
        ]
        for _ in 0..<200 {
            let text = (0..<stream.nextInt(below: 12)).map { _ in words[stream.nextInt(below: words.count)] }
                .joined(separator: stream.nextInt(below: 4) == 0 ? "" : " ")
            let score = table.scorer.score(text)
            #expect((-1...1).contains(score.compound), "\(text)")
            let shares = score.positive + score.negative + score.neutral
            #expect(abs(shares - 1) < 1e-9 || shares == 0, "\(text)")
        }
    }

    @Test("Damaged lexicons are refused with their line")
    func damaged() throws {
        func read(_ text: String) throws -> VaderLexicon { try VaderLexicon(lexicon: Data(text.utf8), emoji: Data()) }
        #expect(throws: LanguageError.badLexicon(file: "vader_lexicon.txt", line: 2, reason: "it has no two columns")) {
            _ = try read("good\t1.9\nbad\n")
        }
        #expect(throws: LanguageError.self) { _ = try read("good\tnan") }
        #expect(throws: LanguageError.self) { _ = try read("good\t44") }
        #expect(throws: LanguageError.self) { _ = try VaderLexicon(lexicon: Data([0xFF]), emoji: Data()) }
        let windows = try read("good\t1.9\t0.9\t[1]\r\nbad\t-2.5\r\n")
        #expect(windows.valence == ["good": 1.9, "bad": -2.5])
    }
}
