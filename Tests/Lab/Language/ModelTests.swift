import Foundation
import LabDomain
import LabNumerics
import Testing

@testable import LabLanguage

@Suite("Sentiment model")
struct ModelTests {
    static let training: [(text: String, label: Int)] = [
        ("what a lovely day", 2), ("i love this so much", 2), ("great work, thank you", 2), ("happy and proud", 2),
        ("this is awful", 0), ("i hate waiting", 0), ("terrible service, never again", 0), ("sad and tired", 0),
        ("the train leaves at noon", 1), ("a parcel arrived", 1), ("the shop opens at nine", 1), ("it is a table", 1),
    ]

    static func model(lexicon: VaderScorer? = nil) throws -> SentimentModel {
        var recipe = FeatureRecipe()
        recipe.bits = 12
        recipe.lexicon = lexicon != nil
        let extractor = try FeatureExtractor(recipe, lexicon: lexicon)
        let linear = try LinearTraining().fit(
            training.map { extractor.features($0.text) }, labels: training.map(\.label), classes: 3,
            width: extractor.width)
        return try SentimentModel(extractor: extractor, linear: linear, temperature: 1.5)
    }

    func post(_ text: String, _ media: [String] = []) -> Post {
        Post(id: "1", author: CustomerID(rawValue: "0"), platform: .x, text: text, mediaDescriptions: media)
    }

    @Test("A model learns its examples and gives probabilities for everything")
    func reads() throws {
        let model = try Self.model()
        let readings = try model.read(Self.training.map { post($0.text) })
        #expect(readings.map(\.mostProbable.rawValue) == Self.training.map(\.label))
        let described = try model.read([post("", ["this is awful"]), post("look", ["i love this so much"])])
        #expect(described.map(\.mostProbable) == [.negative, .positive])
        #expect(described[1].sentiment == model.probabilities("look Media: i love this so much."))
        for text in ["", "😀", String(repeating: "x", count: 100_000), "\u{0}\u{FFFF}", "日本語", "صباح الخير"] {
            let probabilities = model.probabilities(text)
            #expect(abs(probabilities.reduce(0, +) - 1) < 1e-12)
            #expect(probabilities.allSatisfy { $0 > 0 && $0 < 1 })
        }
    }

    @Test("Trained twice, the files have the same bytes; loaded, the model reads the same", arguments: [false, true])
    func files(withLexicon: Bool) throws {
        let lexicon = VaderScorer(VaderLexicon(valence: ["lovely": 2.8, "awful": -2], emoji: ["😀": "lovely"]))
        let model = try Self.model(lexicon: withLexicon ? lexicon : nil)
        let again = try Self.model(lexicon: withLexicon ? lexicon : nil)
        #expect(try model.weightsData() == again.weightsData())
        #expect(try model.descriptionData() == again.descriptionData())

        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let weights = folder.appending(path: SentimentModel.weightsFile)
        let description = folder.appending(path: SentimentModel.descriptionFile)
        try model.weightsData().write(to: weights)
        try model.descriptionData().write(to: description)
        let loaded = try SentimentModel(weights: weights, description: description)
        #expect(loaded.digest == model.digest)
        #expect(loaded.probabilities("an awful, lovely 😀 day") == model.probabilities("an awful, lovely 😀 day"))

        // Whatever is damaged is named, and nothing is read from it.
        let good = try Data(contentsOf: weights)
        try good.dropLast().write(to: weights)
        #expect(throws: LanguageError.self) { _ = try SentimentModel(weights: weights, description: description) }
        try good.write(to: weights)
        let text = String(decoding: try Data(contentsOf: description), as: UTF8.self)
        try Data(text.replacing("\"format\" : 1", with: "\"format\" : 9").utf8).write(to: description)
        #expect(throws: LanguageError.newerModel(file: "model.json", found: 9, known: 1)) {
            _ = try SentimentModel(weights: weights, description: description)
        }
        try Data("{".utf8).write(to: description)
        #expect(throws: LanguageError.self) { _ = try SentimentModel(weights: weights, description: description) }
    }

    @Test("Parts that do not fit each other make no model")
    func unfit() throws {
        let extractor = try FeatureExtractor(FeatureRecipe())
        let narrow = LinearSoftmax(classes: 3, width: 5)
        #expect(throws: LanguageError.self) {
            _ = try SentimentModel(extractor: extractor, linear: narrow, temperature: 1)
        }
        let linear = LinearSoftmax(classes: 3, width: extractor.width)
        #expect(throws: LanguageError.self) {
            _ = try SentimentModel(extractor: extractor, linear: linear, temperature: 0)
        }
    }

    @Test("Ratings become classes symmetrically")
    func thresholds() {
        let thresholds = SentimentThresholds()
        #expect([-4, -0.5, -0.49, 0, 0.49, 0.5, 4].map { thresholds.sentiment($0).rawValue } == [0, 0, 1, 1, 1, 2, 2])
    }
}
