import Foundation
import LabNumerics
import Testing

@testable import LabLanguage

/// Forty texts of random words, whose class is told by one word each.
enum SmallTask {
    static let examples: FineTuning.Examples = {
        var stream = RandomStream(seed: 4, name: "texts")
        let ids = (0..<40).map { index in
            let words = (0..<Int.random(in: 2...9, using: &stream)).map { _ in
                Int32.random(in: 20..<60, using: &stream)
            }
            return [2] + words + [Int32(10 + index % 4)] + [3]
        }
        return .init(ids: ids, classes: ids.indices.map { $0 % 4 })
    }()

    static var settings: FineTuning.Settings {
        var settings = FineTuning.Settings()
        settings.epochs = 8
        settings.batchSize = 8
        settings.learningRate = 3e-3
        settings.layerDecay = 0.95
        return settings
    }

    static func training(_ settings: FineTuning.Settings, validates: Bool = true) throws -> FineTuning {
        try FineTuning(
            TransformerFixture.model("bert"), settings, labels: ["a", "b", "c", "d"], examples: examples,
            validation: validates ? examples : nil, stream: RandomStream(seed: 1, name: "test"))
    }

    /// Trains to the end; gives the reports.
    static func finish(_ training: inout FineTuning) throws -> [FineTuning.Report] {
        var reports: [FineTuning.Report] = []
        while !training.isFinished { if let report = try training.step() { reports.append(report) } }
        return reports
    }
}

@Suite("Fine-tuning")
struct FineTuningTests {
    @Test("A word that tells the class is learned")
    func learns() throws {
        var training = try SmallTask.training(SmallTask.settings)
        let reports = try SmallTask.finish(&training)
        #expect(reports.compactMap(\.validation).max() ?? 0 > 0.95)
        #expect(reports.last?.loss ?? 9 < reports[0].loss / 2)
        let logits = try training.classifier.logits(SmallTask.examples.ids)
        let value = try FineTuning.Metric.macroF1.value(logits, SmallTask.examples.targets)
        #expect(value == reports.filter(\.isBest).last?.validation)
    }

    @Test(
        "A training that was stopped goes on bit for bit",
        arguments: ["plain", "mean of weights", "adapters", "frozen"])
    func resumes(kind: String) throws {
        var settings = SmallTask.settings
        settings.epochs = 3
        settings.validationInterval = 4
        settings.sortWindow = 2
        if kind == "mean of weights" { (settings.averageDecay, settings.averageInterval) = (0.7, 2) }
        if kind == "adapters" { settings.adapters = LowRankAdapters(rank: 3) }
        if kind == "frozen" { settings.frozenLayers = 1 }
        var whole = try SmallTask.training(settings)
        let reports = try SmallTask.finish(&whole)
        var first = try SmallTask.training(settings)
        for _ in 0..<7 { _ = try first.step() }
        let file = FileManager.default.temporaryDirectory.appending(path: "lab-tune-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try first.state().write(to: file)
        var second = try SmallTask.training(settings)
        try second.restore(TrainingState.read(file))
        #expect(second.stepsTaken == 7)
        #expect(try SmallTask.finish(&second) == Array(reports.dropFirst()))
        let (ids, (one, two)) = (SmallTask.examples.ids, (whole.classifier, second.classifier))
        #expect(try one.logits(ids) == two.logits(ids))
        #expect(one.encoder.parameters == two.encoder.parameters)
        #expect(try whole.state().namedTensors == second.state().namedTensors)
    }

    @Test("A state of other settings or labels is refused")
    func foreignStates() throws {
        var training = try SmallTask.training(SmallTask.settings)
        let state = try training.state()
        var settings = SmallTask.settings
        settings.learningRate = 1e-3
        var other = try SmallTask.training(settings)
        #expect(throws: LanguageError.self) { try other.restore(state) }
        try training.restore(state)
    }

    @Test("Frozen parameters stay as they are")
    func frozen() throws {
        let model = try TransformerFixture.model("bert")
        for (layers, embeddings) in [(0, true), (1, false), (2, false)] {
            var settings = SmallTask.settings
            settings.epochs = 1
            settings.frozenLayers = layers
            settings.frozenEmbeddings = embeddings
            var training = try SmallTask.training(settings, validates: false)
            _ = try SmallTask.finish(&training)
            let tuned = training.classifier.encoder
            for (index, name) in model.parameterNames.enumerated() {
                let isFrozen =
                    name.hasPrefix("embeddings") || name.hasPrefix("pooler")
                    || (0..<layers).contains { name.hasPrefix("layers.\($0).") }
                #expect((tuned.parameters[index] == model.parameters[index]) == isFrozen, "\(name)")
            }
        }
    }

    @Test("Adapters train, and merged weights say what the adapted network said")
    func adapters() throws {
        var settings = SmallTask.settings
        settings.adapters = LowRankAdapters(rank: 4, targets: .all)
        settings.learningRate = 2e-2
        (settings.hiddenDropout, settings.attentionDropout, settings.headDropout) = (0, 0, 0)
        var training = try SmallTask.training(settings, validates: false)
        let reports = try SmallTask.finish(&training)
        #expect(reports.last?.loss ?? 9 < reports[0].loss / 2)
        let tape = Tape()
        let recorded = training.network.record(SmallTask.examples.ids, step: 0, on: tape)
        let merged = try training.classifier.logits(SmallTask.examples.ids)
        let adapted = tape.value(of: recorded.logits)
        #expect(largestDistance(merged, [adapted.elements]) < 1e-3)
    }

    @Test("Training ends when validation brings no gain")
    func patience() throws {
        var settings = SmallTask.settings
        settings.learningRate = 1e-9
        settings.patience = 2
        var training = try SmallTask.training(settings)
        let reports = try SmallTask.finish(&training)
        #expect(reports.count == 3 && reports[0].isBest && !reports[1].isBest && training.isFinished)
    }

    @Test("Labels of which several hold are learned")
    func labels() throws {
        let ids = SmallTask.examples.ids
        let targets = ids.indices.map { index in [index % 4] + (index % 2 == 0 ? [] : [(index + 1) % 4]) }
        let examples = FineTuning.Examples(ids: ids, targets: .labels(targets))
        var settings = SmallTask.settings
        settings.epochs = 16
        settings.patience = 0
        let classifier = try FineTuning.train(
            TransformerFixture.model("bert"), settings, labels: ["a", "b", "c", "d"], examples: examples,
            validation: examples, stream: RandomStream(seed: 1, name: "test"))
        let logits = try classifier.logits(ids)
        #expect(try FineTuning.Metric.macroF1.value(logits, examples.targets) > 0.9)
        let probabilities = classifier.probabilities(ofLogits: logits)
        #expect(probabilities.elements.allSatisfy { 0 < $0 && $0 < 1 })
    }

    @Test("Bad settings and examples are refused")
    func refusals() throws {
        let changes: [(inout FineTuning.Settings) -> Void] = [
            { $0.epochs = 0 }, { $0.learningRate = .nan }, { $0.frozenLayers = 3 }, { $0.classWeights = [1] },
            { $0.hiddenDropout = 1 }, { $0.adapters = LowRankAdapters(rank: 0) }, { $0.averageDecay = 1 },
        ]
        for change in changes {
            var settings = SmallTask.settings
            change(&settings)
            #expect(throws: LanguageError.self) { try SmallTask.training(settings) }
        }
        let model = try TransformerFixture.model("bert")
        let bad: [FineTuning.Examples] = [
            .init(ids: [], classes: []), .init(ids: [[2]], classes: []), .init(ids: [[2]], classes: [4]),
            .init(ids: [[2]], classes: [-1]), .init(ids: [[99]], classes: [0]), .init(ids: [[]], classes: [0]),
            .init(ids: [[2]], targets: .labels([[7]])),
        ]
        for examples in bad {
            #expect(throws: LanguageError.self) {
                try FineTuning(
                    model, SmallTask.settings, labels: ["a", "b"], examples: examples, validation: nil,
                    stream: RandomStream(seed: 1, name: "test"))
            }
        }
        var settings = SmallTask.settings
        settings.balancesClasses = true
        #expect(throws: LanguageError.missingClass("b")) {
            try FineTuning(
                model, settings, labels: ["a", "b"], examples: .init(ids: [[2]], classes: [0]), validation: nil,
                stream: RandomStream(seed: 1, name: "test"))
        }
    }

    @Test("Cancelling ends a training with an error")
    func cancelled() throws {
        #expect(throws: CancellationError.self) {
            try FineTuning.train(
                TransformerFixture.model("bert"), SmallTask.settings, labels: ["a", "b", "c", "d"],
                examples: SmallTask.examples, validation: nil, stream: RandomStream(seed: 1, name: "test"),
                isCancelled: { true })
        }
    }

    @Test("Rates rise, then fall as their decay says")
    func rates() {
        var settings = FineTuning.Settings()
        (settings.learningRate, settings.warmUp) = (1, 0.1)
        let linear = (0..<100).map { settings.rate(after: $0, of: 100) }
        #expect(linear[0] > 0 && linear[9] < 1 && linear[10] == 1 && abs(linear[55] - 0.5) < 1e-6)
        #expect(zip(linear[10...], linear[11...]).allSatisfy { $0 > $1 } && linear[99] > 0)
        settings.decay = .cosine
        #expect(abs(settings.rate(after: 55, of: 100) - 0.5) < 1e-6 && settings.rate(after: 30, of: 100) > 0.85)
        settings.decay = .constant
        #expect(settings.rate(after: 99, of: 100) == 1)
    }

    @Test("Every example is seen once an epoch, in another order each")
    func order() {
        let lengths = (0..<50).map { 3 + $0 * 7 % 11 }
        for window in [1, 3] {
            let order = ExampleOrder(
                lengths: lengths, size: 8, window: window, stream: RandomStream(seed: 1, name: "order"))
            #expect(order.count == 7)
            #expect(order.places(epoch: 0).count == 7)
            #expect(order.places(epoch: 0).joined().sorted() == Array(0..<50))
            #expect(order.places(epoch: 0) != order.places(epoch: 1))
            #expect(order.places(epoch: 1) == order.places(epoch: 1))
        }
    }
}
