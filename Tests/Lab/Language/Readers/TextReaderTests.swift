import Foundation
import LabDomain
import LabNumerics
import Testing

@testable import LabLanguage

@Suite("Readers of several parts")
struct TextReaderTests {
    /// Says what it was told.
    struct Told: ReadingPart {
        let partKind: ReadingPartKind
        let rows: [[Float]]
        var classCount: Int { rows[0].count }

        func logits(_ texts: [String]) -> Matrix {
            Matrix(rows: texts.count, columns: classCount, elements: texts.indices.flatMap { rows[$0] })
        }
    }

    /// Asks for nothing to be read.
    struct Silent: ReadingPart {
        let partKind = ReadingPartKind.tuned
        let classCount = 2

        func logits(_ texts: [String]) throws -> Matrix { throw CancellationError() }
    }

    private func logarithms(_ probabilities: [Float]) -> [Float] { probabilities.map { log($0) } }

    /// The weighted geometric mean of (0.9, 0.1) and (0.2, 0.8) with shares ¼ and ¾ is (0.9^¼ 0.2^¾, 0.1^¼ 0.8^¾) / Σ.
    @Test("Fusion is the weighted geometric mean, whatever constant a part's logits are off by")
    func fusion() throws {
        let first = Told(partKind: .ngrams, rows: [logarithms([0.9, 0.1]).map { $0 + 7 }])
        let second = Told(partKind: .frozen, rows: [logarithms([0.2, 0.8]).map { $0 - 300 }])
        let reader = try TextReader(task: "t", classes: ["a", "b"], parts: [first, second], shares: [0.25, 0.75])
        let (a, b) = (pow(0.9, 0.25) * pow(0.2, 0.75), pow(0.1, 0.25) * pow(0.8, 0.75))
        let found = try reader.probabilities([""])
        #expect(abs(Double(found[0, 0]) - a / (a + b)) < 1e-4 && abs(Double(found[0, 1]) - b / (a + b)) < 1e-4)
        let fused = try reader.logits([""])
        #expect(abs(Double(fused[0, 0]) - log(a)) < 1e-4 && abs(Double(fused[0, 1]) - log(b)) < 1e-4)
        #expect(try reader.classify([""]) == [1])
    }

    @Test("One part alone says what it says, and no texts give no rows")
    func alone() throws {
        let part = Told(partKind: .ngrams, rows: [logarithms([0.5, 0.3, 0.2]), logarithms([0.1, 0.1, 0.8])])
        let reader = try TextReader(task: "t", classes: ["a", "b", "c"], parts: [part])
        let found = try reader.probabilities(["", ""])
        for (value, wanted) in zip(found.elements, [0.5, 0.3, 0.2, 0.1, 0.1, 0.8]) {
            #expect(abs(Double(value) - wanted) < 1e-6)
        }
        #expect(try reader.probabilities([]).rows == 0)
        #expect(try reader.classify([]) == [])
    }

    /// softmax(log p / T) = p^(1/T) / Σ p^(1/T).
    @Test("The temperature flattens without changing the class; weights change it")
    func calibration() throws {
        let part = Told(partKind: .ngrams, rows: [logarithms([0.8, 0.2])])
        var reader = try TextReader(task: "t", classes: ["a", "b"], parts: [part], temperature: 2)
        #expect(abs(Double(try reader.probabilities([""])[0, 0]) - 2.0 / 3) < 1e-6)
        #expect(try reader.classify([""]) == [0])
        reader.classWeights = [1, 2.1]
        #expect(try reader.classify([""]) == [1])
    }

    @Test("Logits of any size give probabilities")
    func extremes() throws {
        let rows: [[Float]] = [[3e38, -3e38], [1e-30, 0], [-1e20, -1e20], [200, 100]]
        for temperature in [0.001, 1, 1000] {
            let part = Told(partKind: .ngrams, rows: rows)
            let reader = try TextReader(task: "t", classes: ["a", "b"], parts: [part], temperature: temperature)
            let found = try reader.probabilities(rows.map { _ in "" })
            for row in 0..<rows.count { #expect(abs(found.row(row).reduce(0, +) - 1) < 1e-5, "\(rows[row])") }
        }
    }

    @Test("What is said about images and films is read as text of the post, and without it nothing changes")
    func media() throws {
        let reader = try TextReader(task: "noise", classes: SmallReader.classes, parts: [SmallReader.ngrams()])
        let posts = [PostText("what a day", mediaDescriptions: ["loud noise", "the crowd"]), PostText("what a day")]
        let texts = ["what a day Media: loud noise. Media: the crowd.", "what a day"]
        #expect(try reader.read(posts) == reader.read(texts))
        #expect(try reader.read(posts)[0].probabilities != reader.read(posts)[1].probabilities)
        let picture = try reader.read([PostText("", mediaDescriptions: ["loud noise"])])
        #expect(picture[0].reading == "loud" && picture[0].doubts == [])
    }

    @Test("A part without a share is not asked")
    func unasked() throws {
        let part = Told(partKind: .ngrams, rows: [[1, 2]])
        let reader = try TextReader(task: "t", classes: ["a", "b"], parts: [part, Silent()], shares: [1, 0])
        #expect(try reader.classify([""]) == [1])
        let asked = try TextReader(task: "t", classes: ["a", "b"], parts: [part, Silent()], shares: [0.9, 0.1])
        #expect(throws: CancellationError.self) { try asked.classify([""]) }
    }

    @Test("Parts, shares and numbers that do not fit are refused")
    func refusals() throws {
        let part = Told(partKind: .ngrams, rows: [[0, 0]])
        let other = Told(partKind: .frozen, rows: [[0, 0]])
        let wide = Told(partKind: .frozen, rows: [[0, 0, 0]])
        func refused(
            _ parts: [any ReadingPart], _ shares: [Double]? = nil, temperature: Double = 1, weights: [Double]? = nil,
            place: SourceLocation = #_sourceLocation
        ) {
            #expect(throws: LanguageError.self, sourceLocation: place) {
                try TextReader(
                    task: "t", classes: ["a", "b"], parts: parts, shares: shares, temperature: temperature,
                    classWeights: weights)
            }
        }
        refused([])
        refused([part, part])
        refused([part, wide])
        refused([part, other], [0.5, 0.4])
        refused([part, other], [1.5, -0.5])
        refused([part, other], [1])
        refused([part], temperature: 0)
        refused([part], temperature: .nan)
        refused([part], temperature: 1e-30)
        refused([part], weights: [1])
        refused([part], weights: [1, 0])
        refused([part], weights: [1, .infinity])
    }

    @Test("A frozen part refuses layers that its encoder has not, and a head of another width")
    func layers() throws {
        try SmallReader.with { small, _ in
            let encoder = small.encoder.sentences
            func part(_ layers: [Int], width: Int) throws -> FrozenPart {
                try FrozenPart(
                    encoder: encoder, layers: layers, preparation: .none,
                    head: DenseSoftmax(weights: Matrix(rows: width, columns: 2), bias: [0, 0]))
            }
            let sound = try part([0, 2], width: 64)
            #expect(sound.classCount == 2)
            func failure(_ layers: [Int], width: Int) -> LanguageError? {
                #expect(throws: LanguageError.self) { try part(layers, width: width) }
            }
            for layers in [[3], [-1], []] {
                #expect(failure(layers, width: 32 * layers.count)?.what.contains("from 0 to 2") == true)
            }
            #expect(failure([1], width: 31)?.what.contains("it reads 31 numbers") == true)
        }
    }

    @Test("Doubts stand beside readings: no words, another language, no class with half of the probability")
    func doubts() throws {
        let part = Told(partKind: .ngrams, rows: Array(repeating: logarithms([0.9, 0.1]), count: 6))
        let reader = try TextReader(task: "t", classes: ["a", "b"], parts: [part], languages: ["en"])
        let english = IdentifiedLanguage(code: "en", confidence: 1)
        let unknown = IdentifiedLanguage(code: nil, confidence: 0)
        let german = IdentifiedLanguage(code: "de", confidence: 1)
        let found = try reader.read(
            ["fine", "what", "gut", "🙂 12!", " \u{200B}\u{1}", ""],
            languages: [english, unknown, german, unknown, unknown, unknown])
        #expect(found.map(\.doubts) == [[], [.unknownLanguage], [.otherLanguage], [.noWords], [.empty], [.empty]])
        #expect(found.map(\.answer) == ["a"] + Array(repeating: "unknown", count: 5))
        #expect(found.allSatisfy { $0.reading == "a" && abs($0.confidence - 0.9) < 1e-6 })
        let described = try reader.read([
            PostText("🙂", mediaDescriptions: ["a dog"]), PostText("🙂", mediaDescriptions: ["😂", ""]),
            PostText("", mediaDescriptions: [" "]),
        ])
        #expect(described.map(\.doubts) == [[], [.noWords], [.empty]])
        let unsure = try TextReader(
            task: "t", classes: ["a", "b", "c"], parts: [Told(partKind: .ngrams, rows: [[1, 1, 1]])])
        #expect(try unsure.read(["fine"])[0].doubts == [.lowConfidence])
    }
}
