import Foundation
import LabStatistics
import Testing

@testable import LabLanguage

@Suite("Published tasks")
struct LanguageTaskTests {
    static let tweetEval = Corpora.folder("tweeteval")
    static let goEmotions = Corpora.folder("goemotions")

    @Test("Names find tasks, others are refused with all names")
    func names() throws {
        #expect(try LanguageTask(named: "stance") == .stance)
        #expect(throws: LanguageError.self) { try LanguageTask(named: "mood") }
        #expect(LanguageTask.allCases.allSatisfy { Set($0.classes).count == $0.classes.count })
    }

    /// The paper's table: RoBERTa-Retrained on the test splits.
    @Test(
        "Published predictions get their published figures", .enabled(if: tweetEval != nil, "needs LAB_MIRROR"),
        arguments: [(LanguageTask.emotion, 79.83), (.emoji, 31.55), (.sentiment, 72.86)])
    func published(task: LanguageTask, figure: Double) throws {
        let folder = try #require(Self.tweetEval)
        let truth = try task.read(folder, split: "test")
        let predicted = try LabelledTexts.labels(
            folder.appending(path: "predictions/\(task).txt"), classes: task.classes)
        let value = try task.measure.value(
            truth: truth.labels, predicted: predicted, classCount: task.classes.count)
        #expect((value * 10_000).rounded() / 100 == figure)
    }

    /// SOURCE.md's counts of lines.
    @Test(
        "Every text has its label in all published splits", .enabled(if: tweetEval != nil, "needs LAB_MIRROR"),
        arguments: [
            (LanguageTask.emotion, "train", 3_257), (.emotion, "val", 374), (.emotion, "test", 1_421),
            (.sentiment, "val", 2_000), (.sentiment, "test", 12_284), (.emoji, "train", 45_000), (.emoji, "val", 5_000),
            (.emoji, "test", 50_000), (.irony, "train", 2_862), (.irony, "val", 955), (.hate, "train", 9_000),
            (.hate, "val", 1_000), (.offensive, "train", 11_916), (.offensive, "val", 1_324), (.stance, "train", 2_620),
            (.stance, "val", 294),
        ])
    func counts(task: LanguageTask, split: String, count: Int) throws {
        #expect(try task.read(try #require(Self.tweetEval), split: split).count == count)
    }

    @Test("GoEmotions has its rows", .enabled(if: goEmotions != nil, "needs LAB_MIRROR"))
    func rows() throws {
        let texts = try MultiLabelTexts.read(folder: try #require(Self.goEmotions), split: "dev")
        #expect(texts.count == 5_426 && texts.classes.count == 28 && texts.labels.allSatisfy { !$0.isEmpty })
    }
}
