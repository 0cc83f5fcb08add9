import Foundation
import LabNumerics
import LabTestKit
import Testing

@testable import LabLanguage

@Suite("Packed inference of BERT-shaped models")
struct PackedTransformerTests {
    @Test("Hidden states are those of transformers", arguments: ["bert", "roberta", "distilbert"])
    func hidden(name: String) throws {
        let fixture = try TransformerFixture.named(name)
        let folder = TransformerFixture.folder.appending(path: name)
        #expect(largestDistance(try PackedTransformer(folder: folder).hidden(fixture.ids), fixture.hidden) < 1e-5)
        let model = PackedTransformer(try TransformerModel(folder: folder))
        #expect(largestDistance(try model.hidden(fixture.ids), fixture.hidden) < 1e-5)
    }

    /// A shape whose heads have columns for the kernels of short sequences, and one whose heads have not.
    private static func model(width: Int, heads: Int) -> TransformerModel {
        let shape = TransformerShape(
            vocabulary: 300, positions: 128, width: width, depth: 3, heads: heads, inner: 2 * width)
        return TransformerModel(shape, stream: RandomStream(seed: 3, name: "packed"))
    }

    private static func texts(_ count: Int) -> [[Int32]] {
        var stream = RandomStream(seed: 4, name: "texts")
        return (0..<count).map { _ in
            (0..<1 + stream.nextInt(below: 100)).map { _ in Int32(stream.nextInt(below: 300)) }
        }
    }

    @Test("Every way of pooling is that of the plain model", arguments: [(64, 2), (80, 2), (36, 3)])
    func pooling(sides: (width: Int, heads: Int)) throws {
        let model = Self.model(width: sides.width, heads: sides.heads)
        let (packed, texts) = (PackedTransformer(model), Self.texts(40))
        let (tokens, sequences) = try model.hidden(texts)
        for pooling in Pooling.allCases {
            let wanted = sequences.pooling(tokens, by: pooling)
            let found = try packed.pooled(texts, by: pooling)
            #expect(largestDistance(found, (0..<texts.count).map { Array(wanted.row($0)) }) < 2e-5, "\(pooling)")
        }
    }

    @Test("Batches and threads do not change a text's vector, and equal texts have equal ones")
    func batches() throws {
        let packed = PackedTransformer(Self.model(width: 64, heads: 2))
        let texts = Self.texts(60) + Self.texts(60)
        let wanted = try packed.pooled(texts)
        #expect(try packed.pooled(texts, threads: 3) == wanted)
        for budget in [1, 50, 100_000] {
            let found = try packed.pooled(texts, budget: budget)
            #expect(zip(found.elements, wanted.elements).allSatisfy { abs($0 - $1) < 2e-6 }, "\(budget)")
        }
        for row in 0..<60 {
            #expect(zip(wanted.row(row), wanted.row(row + 60)).allSatisfy { abs($0 - $1) < 2e-6 })
        }
    }

    @Test("Layers stand side by side in the order asked for")
    func layers() throws {
        let packed = PackedTransformer(Self.model(width: 64, heads: 2))
        let texts = Self.texts(9)
        let all = try packed.pooled(texts, layers: [3, 0, 1])
        #expect(all.columns == 3 * 64)
        for (place, layer) in [3, 0, 1].enumerated() {
            let one = try packed.pooled(texts, layers: [layer])
            for row in 0..<texts.count {
                #expect(all.row(row).dropFirst(place * 64).prefix(64).elementsEqual(one.row(row)))
            }
        }
        #expect(try packed.pooled(texts) == packed.pooled(texts, layers: [3]))
        // What goes into the first block is normalised, so its columns add up to the bias, which is 0 here.
        let first = try packed.pooled([[5]], layers: [0])
        #expect(abs(first.elements.reduce(0, +)) < 1e-4)
    }

    @Test("Nothing gives nothing, and ids that no text can have are named")
    func edges() throws {
        let packed = PackedTransformer(Self.model(width: 64, heads: 2))
        #expect(try packed.pooled([]).rows == 0)
        #expect(throws: LanguageError.self) { try packed.pooled([[1], []]) }
        #expect(throws: LanguageError.self) { try packed.pooled([[300]]) }
        #expect(throws: LanguageError.self) { try packed.hidden([[Int32](repeating: 1, count: 129)]) }
    }

    @Test("Batches keep to the budget, except for a text that is longer by itself")
    func cuts() {
        let lengths = [3, 4, 5, 20, 1, 1, 10]
        #expect(TokenBatches(lengths: lengths, budget: 10).batches == [0..<2, 2..<3, 3..<4, 4..<6, 6..<7])
        #expect(TokenBatches(lengths: [], budget: 10).batches.isEmpty)
        #expect(TokenBatches(lengths: [1, 1], budget: 0).batches == [0..<1, 1..<2])
    }
}
