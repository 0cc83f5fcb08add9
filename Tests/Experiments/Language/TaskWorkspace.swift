import Foundation
import LabLanguage
import LabRuns
import LabStorage
import LabTestKit

@testable import LabExperiments

/// A workspace with labelled posts in TweetEval's layout and a small encoder of random weights.
struct TaskWorkspace {
    typealias Emotion = TaskExperiment<EmotionTask>

    static let classes = ["anger", "joy", "sadness", "surprise"]
    let place: PolicyWorkspace

    init() throws {
        place = try PolicyWorkspace()
        try write(posts: Self.posts)
        try writeEncoder()
    }

    /// `mapping.txt`, texts and labels.
    var data: URL { place.folder.appending(path: "posts") }
    var encoder: URL { place.folder.appending(path: "encoder") }

    struct Post: Decodable {
        let text: String
        let language: String
        let emotion: String
    }

    /// The first 160 English posts of `lab-posts` with one of four emotions.
    static let posts: [Post] = {
        let file = Checkout.root.appending(path: "datasets/lab-posts/posts.jsonl")
        let lines = (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n") ?? []
        let all = lines.compactMap { try? JSONDecoder().decode(Post.self, from: Data($0.utf8)) }
        return Array(all.filter { $0.language == "en" && classes.contains($0.emotion) }.prefix(160))
    }()

    /// Of five posts three to train, one to validate, one to test.
    private func write(posts: [Post]) throws {
        let splits = ["train", "train", "train", "val", "test"]
        try write(Self.classes.enumerated().map { "\($0)\t\($1)" }, to: "mapping.txt")
        for split in Set(splits) {
            let part = posts.enumerated().filter { splits[$0.offset % 5] == split }.map(\.element)
            try write(part.map(\.text), to: "\(split)_text.txt")
            try write(part.map { String(Self.classes.firstIndex(of: $0.emotion) ?? 0) }, to: "\(split)_labels.txt")
        }
    }

    func write(_ lines: [String], to name: String) throws {
        try write(Array((lines.joined(separator: "\n") + "\n").utf8), to: name)
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        try Data(bytes).write(to: data.appending(path: name))
    }

    func lines(_ name: String) throws -> [String] {
        try String(contentsOf: data.appending(path: name), encoding: .utf8).split(separator: "\n").map(String.init)
    }

    /// The model that the tests of encoders have, with a vocabulary of letters.
    private func writeEncoder() throws {
        let model = Checkout.root.appending(path: "Tests/Lab/Language/Encoders/Transformer/Fixtures/bert")
        try FileManager.default.createDirectory(at: encoder, withIntermediateDirectories: true)
        for name in ["config.json", "model.safetensors"] {
            try FileManager.default.copyItem(at: model.appending(path: name), to: encoder.appending(path: name))
        }
        let letters = (97...122).map { String(UnicodeScalar($0)) }
        let words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", ",", "!"] + letters + letters.map { "##" + $0 }
        try Data(words.joined(separator: "\n").utf8).write(to: encoder.appending(path: "vocab.txt"))
    }

    /// A short training of a recipe on these posts.
    func configuration(_ recipe: ReaderRecipe) -> Emotion.Configuration {
        var configuration = Emotion.Configuration()
        configuration.recipe = recipe
        configuration.data = data.path
        configuration.encoder = encoder.path
        configuration.preparation = .none
        configuration.languages = false
        configuration.ngrams.bits = 10
        configuration.ngramTraining.epochs = 4
        configuration.ngramL2 = [1e-5, 1e-3]
        configuration.layers = [1, 2]
        configuration.frozenTraining.maximumSteps = 40
        configuration.frozenL2 = [0.1, 1]
        configuration.tuning.epochs = 2
        configuration.tuning.limit = 20
        configuration.tuning.learningRate = 3e-3
        configuration.resamples = 20
        return configuration
    }

    func train(_ configuration: Emotion.Configuration, seed: UInt64 = 1) async throws -> SealedRun {
        try await place.launcher.train(Emotion.self, configuration: configuration, seed: seed)
    }

    func evaluate(
        _ trained: SealedRun, seed: UInt64 = 1, _ change: (inout Emotion.Configuration) -> Void = { _ in }
    ) async throws -> SealedRun {
        var configuration = try trained.configuration(as: Emotion.Configuration.self)
        change(&configuration)
        return try await place.launcher.evaluate(
            Emotion.self, trained: trained, configuration: configuration, seed: seed)
    }

    /// The same for `labctl`, n-grams alone.
    var settings: [String] { Self.settings(data: data.path) }

    static func settings(data: String) -> [String] {
        [
            "data=\(data)", "recipe=ngrams", "languages=false", "ngrams.bits=10", "ngramTraining.epochs=4",
            "ngramL2=[1e-4]", "resamples=20",
        ].flatMap { ["--set", $0] }
    }

    /// Whether a dataset was pulled.
    static func isPulled(_ name: String) -> Bool {
        (try? DatasetCatalogue.standard(workspace: Checkout.root).status(of: name))?.state == .present
    }
}

extension Cell {
    var words: String? { if case .text(let words) = self { words } else { nil } }
    var value: Double? { if case .number(let value) = self { value } else { nil } }
}
