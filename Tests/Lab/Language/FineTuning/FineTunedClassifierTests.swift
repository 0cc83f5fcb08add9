import Foundation
import LabNumerics
import Testing

@testable import LabLanguage

@Suite("Files of fine-tuned classifiers")
struct FineTunedClassifierTests {
    static func classifier() throws -> FineTunedClassifier {
        FineTunedClassifier(
            encoder: try TransformerFixture.model("bert"),
            head: Linear(inputs: 32, outputs: 3, stream: RandomStream(seed: 1, name: "head")), pooling: .mean,
            labels: ["a", "b", "c"])
    }

    private func saved(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lab-classifier-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.classifier().write(to: folder, .init(tokeniser: "wordpiece", limit: 24))
        try body(folder)
    }

    @Test("What was saved says the same")
    func roundTrip() throws {
        let ids = try TransformerFixture.named("bert").ids
        try saved { folder in
            let (loaded, preparation) = try FineTunedClassifier.load(folder: folder)
            #expect(preparation == .init(tokeniser: "wordpiece", limit: 24))
            #expect(try loaded.logits(ids) == Self.classifier().logits(ids))
            #expect(loaded.labels == ["a", "b", "c"] && loaded.encoder.shape.width == 32)
        }
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

    @Test("Damaged files are refused with their name")
    func damaged() throws {
        func spoil(_ name: String, _ change: (inout Data) -> Void) throws -> LanguageError? {
            var found: LanguageError?
            try saved { folder in
                let file = folder.appending(path: name)
                var data = try Data(contentsOf: file)
                change(&data)
                try data.write(to: file)
                do { _ = try FineTunedClassifier.load(folder: folder) } catch { found = error as? LanguageError }
            }
            return found
        }
        let (weights, description) = (FineTunedClassifier.weightsFile, FineTunedClassifier.descriptionFile)
        #expect(try spoil(weights) { $0[$0.count - 1] ^= 1 }?.what.contains("digest") == true)
        #expect(try spoil(weights) { $0 = Data() }?.what.contains(weights) == true)
        #expect(try spoil(description) { $0 = Data("{}".utf8) }?.what.contains(description) == true)
        let newer = try spoil(description) {
            $0 = Data(String(decoding: $0, as: UTF8.self).replacing("\"format\" : 1", with: "\"format\" : 9").utf8)
        }
        #expect(newer == .newerModel(file: description, found: 9, known: 1))
        let wide = try spoil(description) {
            $0 = Data(String(decoding: $0, as: UTF8.self).replacing("\"heads\" : 4", with: "\"heads\" : 5").utf8)
        }
        #expect(wide?.what.contains("heads") == true)
    }
}
