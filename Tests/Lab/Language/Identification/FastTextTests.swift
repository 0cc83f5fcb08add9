import Foundation
import LabNumerics
import LabTestKit
import Testing

@testable import LabLanguage

@Suite("fastText models")
struct FastTextTests {
    struct Row: Decodable {
        let text: String
        let probabilities: [String: Float]
    }
    struct Ranked: Decodable {
        let text: String
        let labels: [String]
        let probabilities: [Float]
    }

    static let names = ["softmax.bin", "tree.bin", "sigmoid.bin", "pruned.ftz", "quantised.ftz"]

    func model(_ name: String) throws -> FastTextModel {
        try FastTextModel(contentsOf: Fixture.file("Language/fasttext/\(name)"))
    }

    @Test("Probabilities are those of the published program, whatever the loss and the compression", arguments: names)
    func witness(name: String) throws {
        let model = try model(name)
        let table: [String: [Row]] = try Fixture.json("Language/fasttext/predictions.json")
        let rows = try #require(table[name])
        #expect(rows.count > 40)
        for row in rows {
            let found = model.predict(row.text, count: .max)
            #expect(Set(found.map(\.label)) == Set(row.probabilities.keys), "\(row.text)")
            for prediction in found {
                let expected = try #require(row.probabilities[prediction.label])
                #expect(abs(prediction.probability - expected) < 1e-5, "\(row.text)")
            }
        }
    }

    @Test(
        "The language model's three best labels are those of the published program",
        .enabled(if: PulledFile.languageModel != nil, "labctl data pull langid-176"))
    func languages() throws {
        let model = try FastTextModel(contentsOf: #require(PulledFile.languageModel))
        #expect(model.labels.count == 176)
        let rows: [Ranked] = try Fixture.json("Language/fasttext/lid176.json")
        for row in rows {
            let found = model.predict(row.text, count: 3)
            #expect(found.count == row.labels.count)
            for (prediction, (label, probability)) in zip(found, zip(row.labels, row.probabilities)) {
                #expect(abs(prediction.probability - probability) < 1e-5, "\(row.text)")
                // Equally probable labels may stand in either order.
                #expect(prediction.label == label || abs(prediction.probability - probability) < 1e-6, "\(row.text)")
            }
        }
    }

    @Test("Damaged files are refused or read, never more", arguments: names)
    func damaged(name: String) throws {
        let bytes = [UInt8](try Data(contentsOf: Fixture.file("Language/fasttext/\(name)")))
        var stream = RandomStream(seed: 11, name: "fasttext/\(name)")
        for length in [0, 1, 4, 8, 60, bytes.count - 1] + (0..<40).map({ _ in stream.nextInt(below: bytes.count) }) {
            #expect(throws: LanguageError.self) { _ = try FastTextModel(Data(bytes[..<length]), file: name) }
        }
        #expect(throws: LanguageError.self) { _ = try FastTextModel(Data(bytes + [0]), file: name) }
        for round in 0..<200 {
            var spoiled = bytes
            for _ in 0...stream.nextInt(below: 3) {
                // Half of them in the head, where sizes stand.
                let place = stream.nextInt(below: round % 2 == 0 ? 200 : bytes.count)
                spoiled[place] = UInt8(stream.nextInt(below: 256))
            }
            do {
                _ = try FastTextModel(Data(spoiled), file: name).predict("und the 😀 le", count: 2)
            } catch is LanguageError {}
        }
    }

    @Test("Word vectors and other versions are named as unsupported")
    func unsupported() throws {
        var bytes = try Data(contentsOf: Fixture.file("Language/fasttext/softmax.bin"))
        let good = bytes
        bytes[4] = 11
        #expect(throws: LanguageError.self) { _ = try FastTextModel(bytes, file: "old.bin") }
        bytes = good
        bytes[36] = 1  // the model's kind: continuous bag of words
        do {
            _ = try FastTextModel(bytes, file: "vectors.bin")
            Issue.record("word vectors were read as a classifier")
        } catch let error as LanguageError {
            guard case .unsupportedModel = error else {
                Issue.record("\(error)")
                return
            }
        }
    }
}
