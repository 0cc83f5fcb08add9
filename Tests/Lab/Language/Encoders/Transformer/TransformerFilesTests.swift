import Foundation
import LabNumerics
import Testing

@testable import LabLanguage

/// What is wrong with a model's files is said, never a crash.
@Suite("Damaged files of pretrained encoders")
struct TransformerFilesTests {
    private func spoiled(
        _ name: String = "bert", _ change: (URL) throws -> Void
    ) throws -> LanguageError? {
        let folder = try TransformerFixture.copy(name)
        defer { try? FileManager.default.removeItem(at: folder) }
        try change(folder)
        do {
            _ = try TransformerModel(folder: folder)
            return nil
        } catch {
            return error as? LanguageError
        }
    }

    private func configure(_ folder: URL, _ change: (inout [String: Any]) -> Void) throws {
        let file = folder.appending(path: "config.json")
        var entries = try #require(
            JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        change(&entries)
        try JSONSerialization.data(withJSONObject: entries).write(to: file)
    }

    private func isOfWeights(_ error: LanguageError?) -> Bool {
        if case .badWeights = error { true } else { false }
    }

    @Test("What is not supported is named")
    func unsupported() throws {
        let cases: [(String, Any, String)] = [
            ("model_type", "gpt2", "gpt2"), ("hidden_act", "swish", "swish"),
            ("position_embedding_type", "relative_key", "relative_key"), ("is_decoder", true, "decoder"),
        ]
        for (key, value, word) in cases {
            let error = try spoiled { try configure($0) { $0[key] = value } }
            guard case .unsupportedModel(_, let what, _) = error else {
                Issue.record("\(key): \(String(describing: error))")
                continue
            }
            #expect(what.contains(word))
        }
    }

    @Test("Configurations that make no sense are refused")
    func configurations() throws {
        let cases: [(String, Any?)] = [
            ("num_attention_heads", 5), ("hidden_size", -8), ("vocab_size", nil), ("num_hidden_layers", "two"),
            ("hidden_dropout_prob", 1.5), ("max_position_embeddings", 0), ("intermediate_size", 1 << 40),
            ("pad_token_id", 99),
        ]
        for (key, value) in cases {
            let error = try spoiled { try configure($0) { $0[key] = value } }
            #expect(isOfWeights(error), "\(key)")
        }
        let noJSON = try spoiled { try Data("no".utf8).write(to: $0.appending(path: "config.json")) }
        #expect(isOfWeights(noJSON))
    }

    @Test("A missing tensor, another shape and a cut file are told apart")
    func weights() throws {
        let missing = try spoiled { try configure($0) { $0["num_hidden_layers"] = 3 } }
        #expect(missing?.what.contains("encoder.layer.2.attention.self.query.weight") == true)
        let other = try spoiled { try configure($0) { $0["intermediate_size"] = 65 } }
        #expect(other?.what.contains("encoder.layer.0.intermediate.dense.weight") == true)
        #expect(other?.what.contains("[64, 32]") == true)
        let cut = try spoiled { folder in
            let file = folder.appending(path: "model.safetensors")
            try Data(contentsOf: file).dropLast(100).write(to: file)
        }
        #expect(isOfWeights(cut))
        let absent = try spoiled { try FileManager.default.removeItem(at: $0.appending(path: "model.safetensors")) }
        #expect(isOfWeights(absent))
        let integers = try spoiled { folder in
            let file = try Safetensors.read(folder.appending(path: "model.safetensors"))
            let tensors = try file.entries.map { entry in
                entry.name == "embeddings.LayerNorm.bias"
                    ? NamedTensor(entry.name, shape: entry.shape, [Int32](repeating: 1, count: 32))
                    : NamedTensor(entry.name, shape: entry.shape, try file.elements(entry.name, as: Float.self))
            }
            try Safetensors.write(tensors, to: folder.appending(path: "other.safetensors"))
            try FileManager.default.removeItem(at: folder.appending(path: "model.safetensors"))
            try FileManager.default.moveItem(
                at: folder.appending(path: "other.safetensors"), to: folder.appending(path: "model.safetensors"))
        }
        #expect(integers?.what.contains("I32") == true)
    }
}
