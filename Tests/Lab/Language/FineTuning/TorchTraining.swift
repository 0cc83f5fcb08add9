import Foundation
import LabNumerics

@testable import LabLanguage

/// What PyTorch made of the small BERT fixture: one batch's gradients and eight steps of AdamW.
struct TorchTraining: Decodable {
    let labels: [Int]
    let weights: [Float]
    let loss: Float
    let norm: Float
    let batches: [[Int]]
    let losses: [Float]
    let after: [String: [Float]]

    static let folder = TransformerFixture.folder.appending(path: "bert")

    static func load() throws -> TorchTraining {
        try JSONDecoder().decode(TorchTraining.self, from: Data(contentsOf: folder.appending(path: "training.json")))
    }

    static func gradients() throws -> SafetensorsFile {
        try Safetensors.read(folder.appending(path: "gradients.safetensors"))
    }

    /// The settings of the script that made them.
    static func settings(_ torch: TorchTraining) -> FineTuning.Settings {
        var settings = FineTuning.Settings.plain
        settings.classWeights = torch.weights
        settings.labelSmoothing = 0.1
        settings.layerDecay = 0.8
        settings.weightDecay = 0.1
        settings.epsilon = 1e-6
        return settings
    }

    /// Begins with PyTorch's head.
    static func training(_ settings: FineTuning.Settings, _ torch: TorchTraining) throws -> FineTuning {
        var training = try FineTuning(
            TransformerFixture.model("bert"), settings, labels: ["a", "b", "c", "d"],
            examples: .init(ids: TransformerFixture.named("bert").ids, classes: torch.labels), validation: nil,
            stream: RandomStream(seed: 1, name: "test"))
        let file = try gradients()
        for (name, key) in [("head.weight", "start.head.weight"), ("head.bias", "start.head.bias")] {
            let place = training.network.trained.parameterNames.firstIndex(of: name) ?? 0
            training.network.trained.parameters[place].value = try file.matrix(key)
        }
        return training
    }

    /// PyTorch's tensor for a parameter of ours; `nil` for what it did not train.
    static func tensor(_ name: String, _ file: SafetensorsFile) throws -> [Float]? {
        func floats(_ name: String) throws -> [Float] { try file.floats(name) }
        if name.hasPrefix("head.") { return try floats(name) }
        if name.hasPrefix("pooler.") { return nil }
        let plain = [
            "embeddings.word.weight": "embeddings.word_embeddings.weight",
            "embeddings.position.weight": "embeddings.position_embeddings.weight",
            "embeddings.type.weight": "embeddings.token_type_embeddings.weight",
            "embeddings.norm.weight": "embeddings.LayerNorm.weight",
            "embeddings.norm.bias": "embeddings.LayerNorm.bias",
        ]
        if let known = plain[name] { return try floats(known) }
        let parts = name.split(separator: ".")
        let (layer, rest) = ("encoder.layer.\(parts[1]).", parts.dropFirst(2).joined(separator: "."))
        if rest.hasPrefix("self_attn.in_proj_") {
            let kind = rest.hasSuffix("weight") ? ".weight" : ".bias"
            return try ["query", "key", "value"].flatMap { try floats("\(layer)attention.self.\($0)\(kind)") }
        }
        let names = [
            "self_attn.out_proj": "attention.output.dense", "linear1": "intermediate.dense", "linear2": "output.dense",
            "norm1": "attention.output.LayerNorm", "norm2": "output.LayerNorm",
        ]
        for (own, other) in names where rest.hasPrefix(own) {
            return try floats(layer + other + rest.dropFirst(own.count))
        }
        return nil
    }
}

extension FineTuning.Settings {
    /// Without dropout, warm-up and decay of the rate.
    static var plain: FineTuning.Settings {
        var settings = FineTuning.Settings()
        settings.learningRate = 1e-2
        settings.warmUp = 0
        settings.decay = .constant
        settings.headDropout = 0
        settings.hiddenDropout = 0
        settings.attentionDropout = 0
        settings.layerDecay = 1
        settings.batchSize = 4
        return settings
    }
}
