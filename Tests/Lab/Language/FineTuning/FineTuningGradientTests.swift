import Foundation
import LabNumerics
import Testing

@testable import LabLanguage

@Suite("Fine-tuning beside PyTorch")
struct FineTuningGradientTests {
    @Test("One batch's loss and all gradients are PyTorch's")
    func gradients() throws {
        let torch = try TorchTraining.load()
        var training = try TorchTraining.training(TorchTraining.settings(torch), torch)
        let tape = Tape()
        let recorded = training.network.record(training.examples.ids, step: 0, on: tape)
        let loss = training.loss(recorded.logits, [0, 1, 2, 3], on: tape)
        #expect(abs(tape.scalar(loss) - torch.loss) < 1e-5)
        tape.backward(from: loss)
        let file = try TorchTraining.gradients()
        var compared = 0
        for (name, parameter) in zip(training.network.trained.parameterNames, training.network.trained.parameters) {
            guard let wanted = try TorchTraining.tensor(name, file) else { continue }
            let found = try #require(parameter.gradient)
            let scale = max(1, wanted.map(\.magnitude).max() ?? 0)
            #expect(largestDistance(found, [wanted]) < 1e-5 * scale, "\(name)")
            compared += 1
        }
        #expect(compared == training.network.trained.parameters.count)
        let words = try #require(recorded.words)
        let table = try file.matrix("embeddings.word_embeddings.weight")
        #expect(largestDistance(tape.gradient(of: words.values), words.rows.map { Array(table.row($0)) }) < 1e-5)
        #expect(abs(training.gradientNorm(tape.gradient(of: words.values)) - torch.norm) < 1e-4)
    }

    @Test("Eight steps of clipped AdamW with layer-wise rates lead where PyTorch's lead")
    func steps() throws {
        let torch = try TorchTraining.load()
        var training = try TorchTraining.training(TorchTraining.settings(torch), torch)
        for (batch, wanted) in zip(torch.batches, torch.losses) {
            let loss = training.update(batch, rate: 1e-2)
            training.progress.steps += 1
            #expect(abs(loss - wanted) < 2e-4 * max(1, wanted))
        }
        training.bringTableUpToDate()
        let model = training.network.model
        func parameter(_ name: String) throws -> [Float] {
            let place = try #require(model.parameterNames.firstIndex(of: name))
            return model.parameters[place].value.elements
        }
        // All rows: those of words that are in no batch move by weight decay alone, others go on by their momentum.
        let words = try parameter("embeddings.word.weight")
        #expect(
            largestDistance(
                Matrix(rows: 1, columns: words.count, elements: words),
                [try #require(torch.after["embeddings.word_embeddings.weight"])]) < 1e-4)
        let joined = try parameter("layers.0.self_attn.in_proj_weight")
        let keys = Array(joined[32 * 32..<2 * 32 * 32])
        #expect(
            largestDistance(
                Matrix(rows: 1, columns: keys.count, elements: keys),
                [try #require(torch.after["encoder.layer.0.attention.self.key.weight"])]) < 3e-4)
    }

    @Test("Gradients with adapters on every weight are finite differences", arguments: [false, true])
    func adapters(all: Bool) throws {
        var settings = FineTuning.Settings.plain
        settings.adapters = LowRankAdapters(rank: 2, alpha: 3, targets: all ? .all : .queryAndValue)
        try checkDifferences(settings)
    }

    @Test("Gradients with frozen layers are finite differences", arguments: [TextPooling.mean, .cls, .pooler])
    func frozen(pooling: TextPooling) throws {
        var settings = FineTuning.Settings.plain
        settings.frozenLayers = 1
        settings.pooling = pooling
        settings.attentionDropout = 0.3
        settings.hiddenDropout = 0.2
        settings.headDropout = 0.2
        try checkDifferences(settings)
    }

    /// Directional derivatives of the loss along random directions, one for each trained parameter.
    private func checkDifferences(_ settings: FineTuning.Settings) throws {
        let torch = try TorchTraining.load()
        var training = try TorchTraining.training(settings, torch)
        var stream = RandomStream(seed: 3, name: "directions")
        // Where B is 0 the gradient of A is 0 as well.
        for index in training.network.trained.parameters.indices {
            var value = training.network.trained.parameters[index].value
            for element in value.elements.indices { value.elements[element] += 0.05 * Float(stream.nextNormal()) }
            training.network.trained.parameters[index].value = value
        }
        func loss() -> (Float, [Matrix?]) {
            let tape = Tape()
            let recorded = training.network.record(training.examples.ids, step: 5, on: tape)
            let loss = training.loss(recorded.logits, [0, 1, 2, 3], on: tape)
            let value = tape.scalar(loss)
            tape.backward(from: loss)
            return (value, training.network.trained.parameters.map(\.gradient))
        }
        let (_, gradients) = loss()
        #expect(gradients.allSatisfy { $0 != nil })
        for (index, name) in training.network.trained.parameterNames.enumerated() {
            let value = training.network.trained.parameters[index].value
            let gradient = try #require(gradients[index])
            // Along the gradient itself the slope is its norm, which is as far from rounding as can be.
            let norm = gradient.elements.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
            guard norm > 1e-3 else { continue }
            var losses: [Float] = []
            let step = min(4e-3, 0.02 / norm)
            for sign in [Float(1), -1] {
                var moved = value
                for element in moved.elements.indices {
                    moved.elements[element] += sign * step * gradient.elements[element] / norm
                }
                training.network.trained.parameters[index].value = moved
                losses.append(loss().0)
            }
            training.network.trained.parameters[index].value = value
            let slope = (losses[0] - losses[1]) / (2 * step)
            #expect(abs(slope - norm) < 0.02 * norm + 2e-4, "\(name): \(slope), \(norm)")
        }
    }
}
