import Foundation
import LabNumerics
import LabStorage
import LabTestKit
import Testing

@testable import LabLanguage

/// The folder of pulled weights, or `nil` where they were not pulled.
private func pulled(_ name: String) -> URL? {
    let catalogue = DatasetCatalogue.standard(workspace: Checkout.root)
    return (try? catalogue.status(of: name))?.state == .present ? catalogue.folder(of: name) : nil
}

/// Vectors of other programs; see the folder's README.
private struct SentenceVectors: Decodable {
    let texts: [String]
    let minilm: [[Float]]
    let use: [[Float]]

    init() throws { self = try Fixture.json("Language/Encoders/sentence-vectors.json", as: Self.self) }
}

private func smallestCosine(_ found: Matrix, _ wanted: [[Float]]) -> Double {
    zip(0..<found.rows, wanted).map { row, wanted in
        func product(_ left: some Sequence<Float>, _ right: some Sequence<Float>) -> Double {
            zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        let line = found.row(row)
        return product(line, wanted) / (product(line, line) * product(wanted, wanted)).squareRoot()
    }.min() ?? -1
}

@Suite("Sentence encoders")
struct SentenceEncoderTests {
    @Test(
        "MiniLM's vectors are those of sentence-transformers",
        .enabled(if: pulled("minilm-l6") != nil, "labctl data pull minilm-l6"))
    func minilm() throws {
        let witness = try SentenceVectors()
        var encoder = try TransformerSentenceEncoder(folder: try #require(pulled("minilm-l6")))
        let vectors = try encoder.embed(witness.texts)
        #expect(smallestCosine(vectors, witness.minilm) > 0.999_99)
        #expect(largestDistance(vectors, witness.minilm) < 1e-5)
        #expect(encoder.name == "minilm-l6" && encoder.width == 384 && encoder.longest == 256)
        #expect(encoder.digest.count == 64)
        encoder.threads = 2
        #expect(try encoder.embed(witness.texts) == vectors)
        #expect(try encoder.embed(witness.texts, layers: [3, 6]).columns == 768)
        let odd = [String(repeating: "word ", count: 20_000), "\u{0}\u{1}", "🙂🙂🙂", "\u{202E}abc"]
        #expect(try encoder.embed(odd).elements.allSatisfy(\.isFinite))
    }

    @Test(
        "USE's vectors are those of its package",
        .enabled(if: pulled("use-m3") != nil, "labctl data pull use-m3"))
    func use() throws {
        let witness = try SentenceVectors()
        var encoder = try UniversalSentenceEncoder(folder: try #require(pulled("use-m3")))
        // Of the first text, which is empty, the package's own tokeniser makes an unknown word; SentencePiece makes nothing.
        let (texts, wanted) = (Array(witness.texts.dropFirst()), Array(witness.use.dropFirst()))
        let vectors = try encoder.embed(texts)
        #expect(smallestCosine(vectors, wanted) > 0.999_99)
        #expect(largestDistance(vectors, wanted) < 1e-5)
        encoder.threads = 2
        encoder.tokenBudget = 16
        #expect(largestDistance(try encoder.embed(texts), wanted) < 1e-5)
        #expect(try encoder.embed([]).rows == 0)
        let odd = [String(repeating: "word ", count: 20_000), "\u{0}\u{1}", "🙂🙂🙂", "\u{202E}abc"]
        #expect(try encoder.embed(odd).elements.allSatisfy(\.isFinite))
    }

    private static func folder(_ files: [String: String]) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lab-sentence-\(UUID().uuidString)")
        for (name, text) in files {
            let url = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        return folder
    }

    @Test("Settings are what the folder's files say")
    func settings() throws {
        let folder = try Self.folder([
            "1_Pooling/config.json": #"{"word_embedding_dimension": 8, "pooling_mode_cls_token": true}"#,
            "modules.json": #"[{"type": "sentence_transformers.models.Transformer"}, {"type": "x.Normalize"}]"#,
            "sentence_bert_config.json": #"{"max_seq_length": 99}"#,
        ])
        defer { try? FileManager.default.removeItem(at: folder) }
        let found = try SentenceSettings(folder: folder)
        #expect(found == SentenceSettings(pooling: .first, isNormalised: true, longest: 99))
        let none = folder.appending(path: "nothing")
        #expect(try SentenceSettings(folder: none) == SentenceSettings())
    }

    @Test(
        "What is not supported is named",
        arguments: [
            ("1_Pooling/config.json", #"{"pooling_mode_mean_sqrt_len_tokens": true}"#, "mean_sqrt_len"),
            ("1_Pooling/config.json", #"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true}"#, "cls"),
            ("1_Pooling/config.json", "[]", "object"), ("modules.json", #"[{"type": "models.Dense"}]"#, "Dense"),
            ("modules.json", "{", "JSON"),
        ])
    func unsupported(file: String, text: String, word: String) throws {
        let folder = try Self.folder([file: text])
        defer { try? FileManager.default.removeItem(at: folder) }
        let error = #expect(throws: LanguageError.self) { try SentenceSettings(folder: folder) }
        #expect(error?.what.contains(word) == true)
    }
}
