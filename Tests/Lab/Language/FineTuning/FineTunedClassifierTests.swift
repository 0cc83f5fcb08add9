import LabNumerics
import Testing

@testable import LabLanguage

@Suite("Fine-tuned classifiers")
struct FineTunedClassifierTests {
    static func classifier() throws -> FineTunedClassifier {
        FineTunedClassifier(
            encoder: try TransformerFixture.model("bert"),
            head: Linear(inputs: 32, outputs: 3, stream: RandomStream(seed: 1, name: "head")), pooling: .mean,
            labels: ["a", "b", "c"])
    }

    @Test("A text's logits stand in its place whatever is read with it")
    func places() throws {
        let (classifier, ids) = (try Self.classifier(), try TransformerFixture.named("bert").ids)
        let all = try classifier.logits(ids)
        for (row, text) in ids.enumerated() {
            #expect(largestDistance(try classifier.logits([text]), [Array(all.row(row))]) < 1e-5)
        }
        #expect(try classifier.logits([]).rows == 0)
        let sums = (0..<ids.count).map { classifier.probabilities(ofLogits: all).row($0).reduce(0, +) }
        #expect(sums.allSatisfy { abs($0 - 1) < 1e-5 })
    }
}
