import Foundation
import LabNumerics
import LabTestKit
import Testing

@testable import LabLanguage

@Suite("Import of pretrained encoders")
struct TransformerModelTests {
    @Test("Hidden states are those of transformers", arguments: ["bert", "roberta", "distilbert"])
    func hidden(name: String) throws {
        let (model, fixture) = (try TransformerFixture.model(name), try TransformerFixture.named(name))
        let (tokens, sequences) = try model.hidden(fixture.ids)
        #expect(largestDistance(tokens, fixture.hidden) < 1e-5)
        #expect(sequences.lengths == fixture.ids.map(\.count))
    }

    @Test("A text's rows do not depend on its neighbours")
    func alone() throws {
        let (model, fixture) = (try TransformerFixture.model("bert"), try TransformerFixture.named("bert"))
        let all = try model.pooled(fixture.ids, by: .mean)
        for (row, ids) in fixture.ids.enumerated() {
            #expect(largestDistance(try model.pooled([ids], by: .mean), [Array(all.row(row))]) < 2e-6)
        }
    }

    @Test("Poolings are what their names say", arguments: ["bert", "roberta"])
    func pooling(name: String) throws {
        let (model, fixture) = (try TransformerFixture.model(name), try TransformerFixture.named(name))
        #expect(largestDistance(try model.pooled(fixture.ids, by: .pooler), fixture.pooler) < 1e-5)
        var (first, means): ([[Float]], [[Float]]) = ([], [])
        var start = 0
        for ids in fixture.ids {
            first.append(fixture.hidden[start])
            let rows = fixture.hidden[start..<start + ids.count]
            means.append(first[0].indices.map { column in rows.reduce(0) { $0 + $1[column] } / Float(ids.count) })
            start += ids.count
        }
        #expect(largestDistance(try model.pooled(fixture.ids, by: .cls), first) < 1e-5)
        #expect(largestDistance(try model.pooled(fixture.ids, by: .mean), means) < 1e-5)
        #expect(try model.pooled([], by: .mean).rows == 0)
    }

    @Test("A model without a pooler refuses to pool by it")
    func noPooler() throws {
        let model = try TransformerFixture.model("distilbert")
        #expect(throws: LanguageError.self) { try model.pooled([[2, 3]], by: .pooler) }
    }

    @Test("Ids that no text can have are named")
    func badIds() throws {
        let model = try TransformerFixture.model("bert")
        for ids in [[[2], []], [[2], [60]], [[2], [-1]], [[2], [Int32](repeating: 4, count: 25)]] as [[[Int32]]] {
            let error = #expect(throws: LanguageError.self) { try model.hidden(ids) }
            #expect(error?.what.contains("text 1") == true)
        }
        #expect(try model.hidden([[Int32](repeating: 4, count: 24)]).tokens.rows == 24)
        let roberta = try TransformerFixture.model("roberta")
        #expect(roberta.shape.longest == 24)
        #expect(try roberta.hidden([[Int32](repeating: 4, count: 24)]).tokens.rows == 24)
    }

    @Test("A model begun from nothing has BERT's first deviations")
    func fresh() throws {
        let shape = TransformerShape(vocabulary: 200, positions: 16, width: 32, depth: 2, heads: 4, inner: 64)
        let model = TransformerModel(shape, hasPooler: true, stream: RandomStream(seed: 1, name: "test"))
        #expect(zip(model.parameters, model.layout.sides).allSatisfy { $0.rows == $1.rows && $0.columns == $1.columns })
        let words = model.parameters[0].value.elements
        let deviation = (words.reduce(0) { $0 + $1 * $1 } / Float(words.count)).squareRoot()
        #expect(abs(deviation - 0.02) < 0.001)
        #expect(try model.pooled([[1, 2, 3]], by: .pooler).elements.allSatisfy(\.isFinite))
    }
}
