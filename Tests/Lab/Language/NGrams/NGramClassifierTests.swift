import Foundation
import LabNumerics
import LabStorage
import Testing

@testable import LabLanguage

@Suite("Linear classifier over n-grams")
struct NGramClassifierTests {
    static let recipe = NGramRecipe(bits: 12)
    static let classes = ["negative", "neutral", "positive"]
    static let texts = ModelTests.training.map(\.text)
    static let labels = ModelTests.training.map(\.label)

    static func model(
        classes: [String] = classes, labels: [Int] = labels, _ change: (inout NGramTraining) -> Void = { _ in }
    ) throws -> NGramClassifier {
        var training = NGramTraining()
        change(&training)
        return try training.fit(
            NGramCorpus(texts, recipe: recipe), labels: labels, classes: classes,
            stream: RandomStream(seed: 1, name: "order"))
    }

    @Test(
        "It learns its examples, with few classes and with more than one vector of them", arguments: [3, 5, 12, 20, 40])
    func learns(count: Int) throws {
        let labels = Self.texts.indices.map { $0 % count }
        let model = try Self.model(classes: (0..<count).map(String.init), labels: labels) { $0.epochs = 60 }
        #expect(try model.predict(Self.texts) == labels)
        #expect(try model.logits(NGramCorpus(Self.texts, recipe: Self.recipe)) == model.logits(Self.texts))
        for text in ["", "😀", String(repeating: "x", count: 100_000), "\u{0}\u{FFFF}", "日本語"] {
            let sum = try model.probabilities([text]).elements.reduce(0, +)
            #expect(abs(sum - 1) < 1e-5)
        }
    }

    /// The same objective over the same buckets by L-BFGS, weights as tf / √n · idf of a plain sparse matrix.
    @Test("It comes near the optimum that L-BFGS finds")
    func optimum() throws {
        let corpus = try NGramCorpus(Self.texts, recipe: Self.recipe)
        let counts = corpus.postCounts()
        let total = Double(corpus.count)
        func idf(_ bucket: Int) -> Double { log((1 + total) / (1 + Double(counts[bucket]))) + 1 }
        let vectors = (0..<corpus.count).map { post in
            var values: [Int32: Double] = [:]
            _ = corpus.withPost(post) { buckets, words, characters in
                for index in 0..<words + characters {
                    let scale = 1 / Double(index < words ? words : characters).squareRoot()
                    values[Int32(buckets[index]), default: 0] += scale * idf(Int(buckets[index]))
                }
            }
            let columns = values.keys.sorted()
            return SparseVector(columns: columns, values: columns.map { Float(values[$0] ?? 0) })
        }
        var exact = LinearTraining()
        (exact.l2, exact.tolerance) = (0.01, 1e-8)
        let best = try exact.fit(vectors, labels: Self.labels, classes: 3, width: Self.recipe.buckets)
        let model = try Self.model { ($0.l2, $0.epochs, $0.rate) = (0.01, 400, 0.3) }
        let logits = try model.logits(Self.texts)
        for (post, vector) in vectors.enumerated() {
            let wanted = softmax(best.logits(vector))
            let found = softmax(logits.row(post).map(Double.init))
            for (one, other) in zip(wanted, found) { #expect(abs(one - other) < 0.03) }
        }
    }

    @Test("Classes of which a post has any number are learned one by one")
    func independent() throws {
        let sets = Self.labels.enumerated().map { place, label in
            label == 1 ? [] : [label, 1].filter { $0 != 1 || place % 2 == 0 }
        }
        var training = NGramTraining()
        training.epochs = 100
        let corpus = try NGramCorpus(Self.texts, recipe: Self.recipe)
        let model = try training.fit(
            corpus, labelSets: sets, classes: Self.classes, stream: RandomStream(seed: 1, name: "order"))
        let probabilities = model.probabilities(logits: model.logits(corpus))
        for (row, set) in sets.enumerated() {
            #expect((0..<3).filter { probabilities[row, $0] > 0.5 } == set.sorted())
        }
        #expect(throws: LanguageError.self) {
            try training.fit(
                corpus, labelSets: [[3]], classes: Self.classes, stream: RandomStream(seed: 1, name: "order"))
        }
    }

    @Test("Balanced classes: a rare one gets as much weight as a frequent one")
    func balance() throws {
        let labels = [2] + [Int](repeating: 0, count: Self.texts.count - 1)
        func share(_ balance: Double) throws -> Float {
            let model = try Self.model(labels: labels) { ($0.l2, $0.balance, $0.epochs) = (10, balance, 200) }
            return try model.probabilities([""])[0, 2]
        }
        #expect(try share(0) < 0.2)
        #expect(try share(1) > 0.3)
    }

    @Test("Trained twice, the files have the same bytes; loaded, it reads the same; spoiled, it is refused")
    func files() throws {
        var model = try Self.model()
        model.temperature = 1.5
        #expect(try model.weightsData() == Self.model().weightsData())
        try Corpora.temporary { folder in
            try model.write(to: folder)
            let loaded = try NGramClassifier(folder: folder)
            #expect(try loaded.probabilities(["an awful day"]) == model.probabilities(["an awful day"]))
            #expect(try loaded.digest() == model.digest())

            let weights = folder.appending(path: NGramClassifier.weightsFile)
            let description = folder.appending(path: NGramClassifier.descriptionFile)
            let (bytes, text) = (try Data(contentsOf: weights), try String(contentsOf: description, encoding: .utf8))
            func refused(_ text: String, _ bytes: Data) throws {
                try bytes.write(to: weights)
                try Data(text.utf8).write(to: description)
                #expect(throws: LanguageError.self) { try NGramClassifier(folder: folder) }
            }
            var spoiled = bytes
            spoiled[spoiled.count - 1] ^= 1
            try refused(text, spoiled)
            try refused(text.replacing("\"format\" : 1", with: "\"format\" : 2"), bytes)
            try refused(text.replacing("\"bits\" : 12", with: "\"bits\" : 8"), bytes)
            try refused(text.replacing("\"bits\" : 12", with: "\"bits\" : 63"), bytes)
            try refused(text.replacing("\"temperature\" : 1.5", with: "\"temperature\" : 0"), bytes)
            try refused("{}", bytes)
            let short = bytes.prefix(bytes.count - 4)
            try refused(text.replacing(Digest.sha256(bytes), with: Digest.sha256(Data(short))), Data(short))
            try FileManager.default.removeItem(at: weights)
            #expect(throws: LanguageError.self) { try NGramClassifier(folder: folder) }
        }
    }

    @Test("Training refuses labels that fit nothing, and can be stopped")
    func refused() throws {
        #expect(throws: LanguageError.self) { try Self.model(labels: [0]) }
        #expect(throws: LanguageError.self) { try Self.model(classes: ["a", "b"]) }
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try NGramTraining().fit(
                NGramCorpus(Self.texts, recipe: Self.recipe), labels: Self.labels, classes: Self.classes,
                stream: RandomStream(seed: 1, name: "order")
            ) { epoch, _ in if epoch == 2 { throw Stop() } }
        }
    }
}
