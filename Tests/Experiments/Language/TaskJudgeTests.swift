import Foundation
import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics
import Testing

@testable import LabExperiments

/// Says the class whose number is the text's first character, with logits (2, 0, 0) in the order of that class.
private struct FirstDigit: ReadingPart {
    let partKind = ReadingPartKind.ngrams
    let classCount = 3

    func logits(_ texts: [String]) -> Matrix {
        var result = Matrix(rows: texts.count, columns: 3)
        for (row, text) in texts.enumerated() { result[row, text.first?.wholeNumberValue ?? 0] = 2 }
        return result
    }
}

/// Says the first class, surer the longer the text.
private struct Constant: ReadingPart {
    let partKind = ReadingPartKind.frozen
    let classCount = 3

    func logits(_ texts: [String]) -> Matrix {
        Matrix(rows: texts.count, columns: 3, elements: texts.flatMap { [Float($0.count) / 100, 0, 0] })
    }
}

/// Judges a case made by hand.
private struct Judging: Experiment {
    struct Configuration: ExperimentConfiguration {
        var showTexts = true
        static let settings = [Setting("showTexts", "Whether texts are shown.")]
        func validate() throws {}
    }

    static let name = "language/judging"
    static let summary = "Judges a case made by hand."
    static let smoke = Configuration()

    /// 31 short texts of class 0 that are read right, five of class 1 that are read as 2, one of class 2 that is read as 0
    /// and is long, and thirty with a heart that are right.
    static let texts: LabelledTexts = {
        var texts = LabelledTexts(classes: ["x", "y", "z"])
        for number in 0..<31 { texts.append("0 plain \(number)", label: 0) }
        for number in 0..<5 { texts.append("2 #tag \(number)", label: 1) }
        texts.append("0 " + String(repeating: "long ", count: 30), label: 2)
        for number in 0..<30 { texts.append("1 ❤ \(number)", label: 1) }
        return texts
    }()

    func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        let judge = TaskJudge(
            measure: .macroF1, languages: nil, showTexts: configuration.showTexts, resamples: 50, run: run)
        let classes = Self.texts.classes
        let reader = try TextReader(
            task: "judging", classes: classes, parts: [FirstDigit(), Constant()], shares: [0.9, 0.1])
        let judged = try judge.read(Self.texts, by: reader)
        var evaluation = try judge.evaluation(of: reader, judged)
        evaluation.figures += try judge.validation(reader, judged.fused, Self.texts.labels)
        let alone: [(ReaderRecipe, any ReadingPart)] = [(.ngrams, FirstDigit()), (.frozen, Constant())]
        let contained = try alone.enumerated().map { place, part in
            ContainedReader(
                recipe: part.0, places: [place],
                reader: try TextReader(task: "judging", classes: classes, parts: [part.1]), trainingSeconds: 3)
        }
        evaluation.figures += try judge.contained(contained, in: judged)
        evaluation.tables += try judge.calibrations(
            reader, validation: (judged.fused, Self.texts.labels), test: judged, thresholds: [1, 1, 1])
        return evaluation
    }
}

@Suite("Judging readers")
struct TaskJudgeTests {
    private func evaluation(showTexts: Bool = true) async throws -> Evaluation {
        let place = try PolicyWorkspace()
        return try await place.launcher.train(Judging.self, configuration: .init(showTexts: showTexts)).evaluation
    }

    /// F1 of x is 2·31 / (31 + 32), of y 2·30 / (30 + 35), of z 0.
    @Test("Figures are those of the counts, with intervals, for the whole and its parts")
    func figures() async throws {
        let found = try await evaluation()
        let value = (62.0 / 63 + 60.0 / 65) / 3
        #expect(found.figures[0].name == "macroF1" && abs(found.figures[0].value - value) < 1e-12)
        #expect(found.figures[0].interval != nil && found.figures[0].better == .higher)
        #expect(abs((found.figure("accuracy")?.value ?? 0) - 61.0 / 67) < 1e-12)
        #expect(abs((found.figure("macroF1.ngrams")?.value ?? 0) - value) < 1e-12)
        // The first class alone: F1 of x is 2·31 / (67 + 31).
        let constant = 62.0 / 98 / 3
        #expect(abs((found.figure("macroF1.frozen")?.value ?? 0) - constant) < 1e-12)
        #expect(abs((found.figure("macroF1.over.frozen")?.value ?? 0) - (value - constant)) < 1e-12)
        #expect(found.figure("macroF1.over.ngrams")?.value == 0)
        let cost = try #require(found.figure("trainingSeconds.frozen"))
        #expect(cost.value == 3 && cost.source == .clock && cost.better == .lower)
        #expect(found.figure("validation.macroF1")?.value == found.figures[0].value)
        #expect(found.figure("validation.logLoss")?.value == found.figure("logLoss")?.value)
    }

    @Test("Confusion has a row for each true class")
    func confusion() async throws {
        let table = try #require(try await evaluation().table("confusion"))
        #expect(table.columns == ["truth", "x", "y", "z"])
        #expect(table.rows.map { $0.compactMap(\.value) } == [[31, 0, 0], [0, 30, 5], [1, 0, 0]])
    }

    @Test("Groups of thirty texts or more are judged by themselves")
    func slices() async throws {
        let table = try #require(try await evaluation().table("slices"))
        let rows = Dictionary(uniqueKeysWithValues: table.rows.map { ($0[0].words ?? "", $0) })
        #expect(
            Set(rows.keys) == [
                "emoji: with", "emoji: without", "hashtag: without", "length: under 70", "user named: no",
            ])
        #expect(rows["emoji: with"]?.compactMap(\.value).prefix(2) == [30, 1])
        #expect(rows["emoji: without"]?[1].value == 37)
        #expect(abs((rows["emoji: without"]?[2].value ?? 0) - 31.0 / 37) < 1e-12)
        let wilson = try #require(rows["emoji: without"])
        #expect((wilson[3].value ?? 1) < 31.0 / 37 && 31.0 / 37 < (wilson[4].value ?? 0))
        #expect(rows["length: under 70"]?[1].value == 66)
    }

    @Test("Errors are shown from the most frequent confusion and from the surest on")
    func errors() async throws {
        let found = try await evaluation()
        let confusions = try #require(found.table("confusions"))
        #expect(confusions.columns == ["count", "truth", "read", "confidence", "text"])
        #expect(confusions.rows.map { $0[0].value } == [5, 5, 1])
        #expect(confusions.rows.map { $0[1].words } == ["y", "y", "z"])
        // All five are equally sure: the first in the file come first.
        #expect(confusions.rows.map { $0[4].words?.prefix(8) } == ["2 #tag 0", "2 #tag 1", "0 long l"])
        let surest = try #require(found.table("surestErrors"))
        #expect(surest.rows.count == 6 && surest.rows[0][0].words == "z" && surest.rows[0][1].words == "x")
        let sure = surest.rows.compactMap { $0[2].value }
        #expect(zip(sure, sure.dropFirst()).allSatisfy { $0 >= $1 })
    }

    @Test("Without texts the tables have none")
    func hidden() async throws {
        let found = try await evaluation(showTexts: false)
        #expect(found.table("confusions")?.columns == ["count", "truth", "read", "confidence"])
        #expect(found.table("confusions")?.rows.count == 2)
        let shown = found.tables.flatMap { $0.rows.joined() }.compactMap(\.words)
        #expect(!shown.contains { Judging.texts.texts.contains($0) })
    }

    @Test("Temperatures are compared on both sets")
    func calibration() async throws {
        let table = try #require(try await evaluation().table("calibration"))
        #expect(
            table.rows.map { $0[0].words } == [
                "validation, none", "validation, fitted on validation", "test, none", "test, fitted on validation",
                "test, fitted on test, in hindsight",
            ])
        // The last is the best that one temperature can do.
        let losses = table.rows.compactMap { $0[4].value }
        #expect(losses[4] <= losses[2] && losses[4] <= losses[3])
    }
}
