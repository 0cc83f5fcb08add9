import Foundation
import LabNumerics

@testable import LabLanguage

/// Readers of two classes over an encoder of 60 entries: small enough for tests, with a part of each kind.
struct SmallReader {
    static let classes = ["calm", "loud"]
    static let texts = [
        "a quiet day by the sea", "loud noise all night", "the sea is quiet", "what a loud crowd", "rest and quiet",
        "noise noise noise", "a calm night", "the crowd is loud",
    ]
    static let labels = [0, 1, 0, 1, 0, 1, 0, 1]

    let encoder: PretrainedEncoder
    let folder: URL

    /// Makes the encoder's folder; the caller removes it.
    init() throws {
        folder = try TransformerFixture.copy("bert")
        try folder.write("vocab.txt", Self.vocabulary.joined(separator: "\n") + "\n")
        encoder = try PretrainedEncoder(folder: folder, name: "small")
    }

    /// With a folder for a reader's files; both are gone after `body`.
    static func with<Result>(_ body: (SmallReader, URL) throws -> Result) throws -> Result {
        let small = try SmallReader()
        defer { try? FileManager.default.removeItem(at: small.folder) }
        return try Corpora.temporary { try body(small, $0) }
    }

    private static let vocabulary =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + (97...122).map { String(UnicodeScalar($0)) }
        + ["##s", "##e", "##d", "##y", "##t"]
        + [
            "the", "is", "all", "what", "and", "by", "quiet", "loud", "noise", "calm", "sea", "night", "day", "crowd",
            "rest", "face", "with", "tears", "of", "joy", ":", "_", "#", "@",
        ]

    static func ngrams() throws -> NGramClassifier {
        let corpus = try NGramCorpus(texts, recipe: NGramRecipe(bits: 8))
        return try NGramTraining().fit(
            corpus, labels: labels, classes: classes, stream: RandomStream(seed: 1, name: "n-grams"))
    }

    func frozen(_ preparation: TextPreparation = .none) throws -> FrozenPart {
        let layers = [0, 2]
        let features = try FrozenPart.features(Self.texts, encoder.sentences, layers, preparation)
        var training = DenseTraining()
        training.l2 = 0.1
        return try FrozenPart(
            encoder: encoder.sentences, layers: layers, preparation: preparation,
            head: training.fit(features, labels: Self.labels, classes: 2))
    }

    func tuned(
        _ preparation: TextPreparation = .none, change: (inout FineTuning.Settings) -> Void = { _ in }
    ) throws -> TunedPart {
        var settings = FineTuning.Settings()
        settings.epochs = 1
        settings.batchSize = 4
        settings.learningRate = 1e-2
        change(&settings)
        guard let tokeniser = encoder.transformer?.tokeniser else { throw LanguageError.badRecipe("no transformer") }
        let ids = TunedPart.ids(Self.texts, tokeniser, preparation, limit: 12)
        let classifier = try FineTuning.train(
            encoder.model(), settings, labels: Self.classes,
            examples: FineTuning.Examples(ids: ids, classes: Self.labels), validation: nil,
            stream: RandomStream(seed: 1, name: "tuning"))
        return TunedPart(classifier, tokeniser: tokeniser, preparation: preparation, limit: 12)
    }

    static let emoji = EmojiNames(language: "en", names: ["😂": "face_with_tears_of_joy"])

    /// All three parts, in unequal shares.
    func reader() throws -> TextReader {
        try TextReader(
            task: "noise", classes: Self.classes,
            parts: [Self.ngrams(), frozen(.encoder(Self.emoji)), tuned(.encoder(Self.emoji))],
            shares: [0.5, 0.2, 0.3], languages: ["en"], temperature: 1.5, classWeights: [1, 2])
    }
}
