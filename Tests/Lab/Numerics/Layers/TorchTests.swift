import LabNumerics
import Testing

/// Layers against PyTorch: outputs and all gradients.
@Suite struct TorchTests {
    static let stream = RandomStream(seed: 1, name: "torch")

    @Test func layerNorm() throws {
        for item in try TorchTable.read("layer-norm").cases {
            let epsilon = Float(item.settings["epsilon"] ?? 0)
            try item.check(LayerNorm(width: item.input.columns, epsilon: epsilon)) {
                $0($1)
            } forward: {
                $0.forward($1, parameters: $2, on: $3)
            }
        }
    }

    @Test func activations() throws {
        for item in try TorchTable.read("activations").cases {
            let activation = try #require(Activation(rawValue: item.name))
            let tape = Tape()
            let input = tape.parameter(item.input.matrix)
            let output = tape.activate(input, activation)
            expectClose(tape.value(of: output), item.output, item.name)
            tape.backward(from: tape.sum(tape.multiply(output, tape.constant(item.slope.matrix))))
            expectClose(tape.gradient(of: input), item.inputGradient, "gradient of \(item.name)")
        }
    }

    @Test func embedding() throws {
        for item in try TorchTable.read("embedding").cases {
            let indices = try #require(item.indices)
            let layer = Embedding(
                entries: 9, width: 5, padding: item.settings["padding"].map { Int($0) }, stream: Self.stream)
            #expect(layer([2]).elements.allSatisfy { $0 == 0 })
            try item.check(layer) { layer, _ in
                layer(indices)
            } forward: { layer, _, handles, tape in
                layer.forward(indices, parameters: handles, on: tape)
            }
        }
    }

    @Test func gru() throws {
        for item in try TorchTable.read("gru").cases {
            let layer = GRU(
                inputs: 3, width: 5, isBidirectional: item.settings["isBidirectional"] == 1, stream: Self.stream)
            try item.check(layer) {
                $0($1, sequences: item.sequences)
            } forward: {
                $0.forward($1, sequences: item.sequences, parameters: $2, on: $3)
            }
        }
    }

    @Test func attention() throws {
        for item in try TorchTable.read("attention").cases {
            let layer = MultiHeadAttention(
                width: item.input.columns, heads: Int(item.settings["heads"] ?? 1),
                isCausal: item.settings["isCausal"] == 1, stream: Self.stream)
            try item.check(layer) {
                $0($1, sequences: item.sequences)
            } forward: {
                $0.forward($1, sequences: item.sequences, parameters: $2, on: $3)
            }
        }
    }

    @Test func transformerBlock() throws {
        for item in try TorchTable.read("transformer").cases {
            let settings = TransformerSettings(
                width: 8, heads: 2, inner: 12, activation: item.settings["isRelu"] == 1 ? .relu : .gelu,
                order: item.settings["isBefore"] == 1 ? .before : .after, isCausal: item.settings["isCausal"] == 1)
            try item.check(TransformerBlock(settings, stream: Self.stream)) {
                $0($1, sequences: item.sequences)
            } forward: {
                $0.forward($1, sequences: item.sequences, parameters: $2, on: $3)
            }
        }
    }
}
