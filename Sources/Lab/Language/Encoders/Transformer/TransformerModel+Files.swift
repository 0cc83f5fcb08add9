public import Foundation
import LabNumerics

extension TransformerModel {
    /// The names under which Hugging Face keeps a model's two files.
    public static let configurationFile = "config.json"
    public static let weightsFile = "model.safetensors"

    /// A model from a folder with `config.json` and `model.safetensors`, as `transformers` saves it.
    ///
    /// - Throws: `LanguageError.unsupportedModel`, or `.badWeights` for what is missing, damaged or of another shape.
    public init(folder: URL) throws {
        try self.init(
            configuration: folder.appending(path: Self.configurationFile),
            weights: folder.appending(path: Self.weightsFile))
    }

    /// The same from files of any name; F32, F16 and BF16 are read, from the encoder alone or with a head, which is left
    /// out.
    public init(configuration: URL, weights: URL) throws {
        let shape = try TransformerShape(configuration: configuration)
        do {
            let tensors = try TransformerTensors(Safetensors.read(weights), shape: shape)
            self.init(shape, parameters: try tensors.parameters(), hasPooler: tensors.hasPooler)
        } catch let error as NumericsError {
            throw LanguageError.badWeights(file: weights.path, reason: error.what)
        }
    }
}

/// The tensors of a Hugging Face file by the names of a `TransformerModel`.
private struct TransformerTensors {
    let file: SafetensorsFile
    let shape: TransformerShape
    /// What stands before every name where the encoder was saved inside another model.
    let prefix: String
    let names: Set<String>

    init(_ file: SafetensorsFile, shape: TransformerShape) {
        self.file = file
        self.shape = shape
        names = Set(file.names)
        let word = "embeddings.word_embeddings.weight"
        let prefixes = ["", "bert.", "roberta.", "distilbert.", "model.", "encoder."]
        let found = prefixes.first { [names] in names.contains($0 + word) }
        prefix = found ?? ""
    }

    var hasPooler: Bool { names.contains(prefix + "pooler.dense.weight") }

    func parameters() throws -> [Parameter] {
        let width = shape.width
        let embeddings = "embeddings."
        var result = [
            try read("embeddings.word_embeddings.weight", shape.vocabulary, width),
            try read("embeddings.position_embeddings.weight", shape.positions, width),
        ]
        if shape.types > 0 { result.append(try read("embeddings.token_type_embeddings.weight", shape.types, width)) }
        result += try norm(embeddings + "LayerNorm")
        for block in 0..<shape.depth { result += try self.block(block) }
        if hasPooler { result += try linear("pooler.dense", width, width) }
        return result.map { Parameter($0) }
    }

    private func block(_ block: Int) throws -> [Matrix] {
        let (width, inner) = (shape.width, shape.inner)
        let isDistil = shape.family == .distilbert
        let layer = isDistil ? "transformer.layer.\(block)." : "encoder.layer.\(block)."
        let parts =
            isDistil
            ? ["attention.q_lin", "attention.k_lin", "attention.v_lin"]
            : ["attention.self.query", "attention.self.key", "attention.self.value"]
        let joined = try parts.map { try linear(layer + $0, width, width) }
        return [
            Matrix(rows: 3 * width, columns: width, elements: joined.flatMap { $0[0].elements }),
            Matrix(rows: 1, columns: 3 * width, elements: joined.flatMap { $0[1].elements }),
        ] + (try linear(layer + (isDistil ? "attention.out_lin" : "attention.output.dense"), width, width))
            + (try linear(layer + (isDistil ? "ffn.lin1" : "intermediate.dense"), inner, width))
            + (try linear(layer + (isDistil ? "ffn.lin2" : "output.dense"), width, inner))
            + (try norm(layer + (isDistil ? "sa_layer_norm" : "attention.output.LayerNorm")))
            + (try norm(layer + (isDistil ? "output_layer_norm" : "output.LayerNorm")))
    }

    private func linear(_ name: String, _ outputs: Int, _ inputs: Int) throws -> [Matrix] {
        [try read(name + ".weight", outputs, inputs), try read(name + ".bias", 1, outputs)]
    }

    private func norm(_ name: String) throws -> [Matrix] {
        // Files of the first years say gamma and beta.
        let isOld = names.contains(prefix + name + ".gamma")
        return [
            try read(name + (isOld ? ".gamma" : ".weight"), 1, shape.width),
            try read(name + (isOld ? ".beta" : ".bias"), 1, shape.width),
        ]
    }

    private func read(_ name: String, _ rows: Int, _ columns: Int) throws -> Matrix {
        let entry = try file.entry(prefix + name)
        guard entry.shape == [rows, columns] || (rows == 1 && entry.shape == [columns]) else {
            throw NumericsError.unexpectedTensor(
                name: prefix + name, expected: rows == 1 ? "[\(columns)]" : "[\(rows), \(columns)]",
                found: "\(entry.shape)")
        }
        return Matrix(rows: rows, columns: columns, elements: try file.floats(prefix + name))
    }
}
