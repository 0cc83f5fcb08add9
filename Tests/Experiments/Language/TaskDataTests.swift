import LabLanguage
import LabNumerics
import LabStatistics
import Testing

@testable import LabExperiments

@Suite("Parts of labelled texts")
struct TaskDataTests {
    private let texts = LabelledTexts(
        classes: ["a", "b"], texts: (0..<10).map { "text \($0)" } + ["text 3", "text 0"],
        labels: (0..<12).map { $0 % 2 })

    @Test("Three fifths train, one chooses, one judges, along the order; what stands twice is taken once")
    func divided() {
        let parts = TaskData.divided(texts, source: "own", Array(0..<12))
        #expect(parts.train.texts.texts == [0, 1, 2, 5, 6, 7].map { "text \($0)" })
        #expect(parts.validation.texts.texts == ["text 3", "text 8"])
        #expect(parts.test.texts.texts == ["text 4", "text 9"])
        #expect(parts.train.texts.labels == [0, 1, 0, 1, 0, 1] && parts.test.source == "own")
        // The copy that comes first in the order is taken, with its label.
        let back = TaskData.divided(texts, source: "own", Array((0..<12).reversed()))
        let all = [back.train, back.validation, back.test].map(\.texts)
        #expect(all.map(\.count) == [6, 2, 2] && all[0].texts.prefix(3) == ["text 0", "text 3", "text 9"])
        #expect(all[0].labels.prefix(3) == [1, 0, 1])
        #expect(Set(all.flatMap(\.texts)).count == 10)
    }

    @Test("What is in another part is set aside and counted")
    func without() {
        let part = SourcedTexts(texts: texts, source: "own")
        #expect(part.without(["nothing"], because: "also in test").setAside.isEmpty)
        let rest = part.without(["text 3", "text 5"], because: "also in test")
        #expect(rest.setAside == ["also in test": 3] && rest.texts.count == 9)
        #expect(rest.texts.texts.allSatisfy { $0 != "text 3" && $0 != "text 5" })
        #expect(rest.without(["text 0"], because: "also in test").setAside == ["also in test": 5])
    }

    /// Weights n / (classes · n of the class) to a power, brought to mean 1 over the texts.
    @Test("Balance counts texts or classes equally, or between")
    func balance() {
        func weights(_ balance: Double) -> [Float] {
            var settings = TuningSettings()
            settings.balance = balance
            return settings.settings([0, 0, 0, 1], classes: 2, metric: .macroF1).classWeights ?? []
        }
        func near(_ found: [Float], _ wanted: [Float]) -> Bool {
            found.count == wanted.count && zip(found, wanted).allSatisfy { abs($0 - $1) < 1e-6 }
        }
        #expect(near(weights(0), [1, 1]))
        #expect(near(weights(1), [2.0 / 3, 2]))
        // √(2/3) and √2 over their mean ¾ √(2/3) + ¼ √2.
        #expect(near(weights(0.5), [0.845_299_5, 1.464_101_6]))
        var settings = TuningSettings()
        settings.balance = 1
        #expect(settings.settings([0, 0], classes: 2, metric: .macroF1).classWeights == [1, 0])
    }
}
