import Foundation
import LabNumerics
import LabStorage
import LabTestKit
import Testing

@testable import LabLanguage

private let pulledMiniLM: URL? = {
    let catalogue = DatasetCatalogue.standard(workspace: Checkout.root)
    return (try? catalogue.status(of: "minilm-l6"))?.state == .present ? catalogue.folder(of: "minilm-l6") : nil
}()

@Suite("MiniLM as it is trained")
struct PretrainedTests {
    private struct Witness: Decodable {
        let texts: [String]
        let minilm: [[Float]]
    }

    @Test(
        "Its pooled rows are those of sentence-transformers, and a step on it lowers the loss",
        .enabled(if: pulledMiniLM != nil, "labctl data pull minilm-l6"))
    func minilm() throws {
        let folder = try #require(pulledMiniLM)
        let witness: Witness = try Fixture.json("Language/Encoders/sentence-vectors.json")
        let (model, tokeniser) = (try TransformerModel(folder: folder), try Tokeniser.load(folder: folder))
        let ids = witness.texts.map { tokeniser.encode($0, limit: 256) }
        var rows = try model.pooled(ids, by: .mean)
        for row in 0..<rows.rows {
            let norm = rows.row(row).reduce(0) { $0 + $1 * $1 }.squareRoot()
            for column in 0..<rows.columns { rows[row, column] /= norm }
        }
        #expect(largestDistance(rows, witness.minilm) < 1e-5)

        var settings = FineTuning.Settings.plain
        (settings.learningRate, settings.epochs) = (1e-4, 2)
        settings.batchSize = ids.count
        var training = try FineTuning(
            model, settings, labels: ["a", "b"], examples: .init(ids: ids, classes: ids.indices.map { $0 % 2 }),
            validation: nil, stream: RandomStream(seed: 1, name: "test"))
        let first = try #require(try training.step())
        let second = try #require(try training.step())
        #expect(second.loss < first.loss)
    }
}
