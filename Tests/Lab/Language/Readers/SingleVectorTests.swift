import Foundation
import LabNumerics
import LabStorage
import LabTestKit
import Testing

@testable import LabLanguage

/// How often each letter occurs: an encoder that gives one vector and has no layers.
private struct Letters: SentenceEncoder {
    var name = "letters"
    var digest = "0a"
    let width = 26

    func embed(_ texts: [String]) -> Matrix {
        var result = Matrix(rows: texts.count, columns: width)
        for (row, text) in texts.enumerated() {
            for scalar in text.unicodeScalars where (97...122).contains(scalar.value) {
                result[row, Int(scalar.value) - 97] += 1
            }
        }
        return result
    }
}

@Suite("Readers over encoders that give one vector a text")
struct SingleVectorTests {
    private func part(_ encoder: any SentenceEncoder) throws -> FrozenPart {
        let features = try FrozenPart.features(SmallReader.texts, encoder, [], .none)
        var training = DenseTraining()
        training.l2 = 0.01
        return try FrozenPart(
            encoder: encoder, layers: [], preparation: .none,
            head: training.fit(features, labels: SmallReader.labels, classes: 2))
    }

    private func reader(_ encoder: any SentenceEncoder) throws -> TextReader {
        try TextReader(task: "noise", classes: SmallReader.classes, parts: [part(encoder)], languages: ["de", "en"])
    }

    @Test("The head learns from the vectors, and the reader comes back from its files")
    func roundTrip() throws {
        try Corpora.temporary { folder in
            let reader = try reader(Letters())
            #expect(try reader.classify(SmallReader.texts) == SmallReader.labels)
            try reader.write(to: folder, base: nil)
            #expect(try TextReader.needs(folder: folder).encoders == ["letters"])
            let description = try String(
                contentsOf: folder.appending(path: TextReader.descriptionFile), encoding: .utf8)
            #expect(description.contains("\"encoderDigest\" : \"0a\"") && !description.contains("layers"))
            let loaded = try TextReader.load(
                folder: folder, encoders: [PretrainedEncoder(Letters(name: "moved"))], emoji: nil)
            #expect(try loaded.logits(SmallReader.texts) == reader.logits(SmallReader.texts))
            #expect(loaded.languages == ["de", "en"])
        }
    }

    @Test("Another encoder is refused, by its digest")
    func others() throws {
        try Corpora.temporary { folder in
            try reader(Letters()).write(to: folder, base: nil)
            func failure(_ encoders: [PretrainedEncoder]) -> LanguageError? {
                #expect(throws: LanguageError.self) {
                    try TextReader.load(folder: folder, encoders: encoders, emoji: nil)
                }
            }
            let file = TextReader.descriptionFile
            #expect(
                failure([PretrainedEncoder(Letters(digest: "0b"))])
                    == .badModel(file: file, reason: "the encoder letters is another than the one it began with"))
            #expect(failure([]) == .badModel(file: file, reason: "it needs the encoder letters"))
            let small = try SmallReader()
            defer { try? FileManager.default.removeItem(at: small.folder) }
            #expect(failure([small.encoder]) == .badModel(file: file, reason: "it needs the encoder letters"))
        }
    }

    @Test("Layers that there are not, a head of another width and training the encoder itself are refused")
    func refusals() throws {
        let encoder = Letters()
        func failure(_ layers: [Int], width: Int) -> LanguageError? {
            #expect(throws: LanguageError.self) {
                try FrozenPart(
                    encoder: encoder, layers: layers, preparation: .none,
                    head: DenseSoftmax(weights: Matrix(rows: width, columns: 2), bias: [0, 0]))
            }
        }
        #expect(failure([1], width: 26)?.what.contains("it reads the layers [1], the encoder has none") == true)
        #expect(failure([], width: 52)?.what.contains("it reads 52 numbers, the encoder gives 26") == true)
        let pretrained = PretrainedEncoder(encoder)
        #expect(pretrained.transformer == nil && pretrained.sentences.depth == nil && pretrained.folder == nil)
        let error = #expect(throws: LanguageError.self) { try pretrained.model() }
        #expect(error?.what == "letters asks for training the encoder itself, which is not supported")
        try SmallReader.with { small, folder in
            #expect(small.encoder.transformer != nil && small.encoder.sentences.depth == 2)
            // A description by hand that lets a tuned part begin with an encoder that cannot be trained.
            try TextReader(task: "noise", classes: SmallReader.classes, parts: [small.tuned()]).write(
                to: folder, base: small.encoder)
            let same = PretrainedEncoder(Letters(name: "small", digest: small.encoder.digest))
            let error = #expect(throws: LanguageError.self) {
                try TextReader.load(folder: folder, encoders: [same], emoji: nil)
            }
            #expect(error?.what.contains("gives vectors and cannot be trained further") == true)
        }
    }

    /// Shapes are the published model's: there is no small one.
    @Test(
        "A folder with the Universal Sentence Encoder is known by its weights",
        .enabled(if: pulled != nil, "labctl data pull use-m3"))
    func universal() throws {
        let encoder = try PretrainedEncoder(folder: try #require(Self.pulled), name: "./mine")
        #expect(encoder.name == "./mine" && encoder.transformer == nil && encoder.digest.count == 64)
        #expect(encoder.sentences.width == 512 && encoder.sentences.depth == nil)
        let texts = ["what a loud crowd", "welch ein Lärm", ""]
        let vectors = try encoder.sentences.embed(texts)
        #expect(try encoder.sentences.embed(texts, layers: [3, 6]) == vectors)
        try Corpora.temporary { folder in
            let reader = try reader(encoder.sentences)
            try reader.write(to: folder, base: encoder)
            let loaded = try TextReader.load(folder: folder, encoders: [encoder], emoji: nil)
            #expect(try loaded.logits(texts) == reader.logits(texts))
            #expect(throws: LanguageError.self) {
                try TextReader.load(folder: folder, encoders: [PretrainedEncoder(Letters())], emoji: nil)
            }
        }
    }

    private static let pulled: URL? = {
        let catalogue = DatasetCatalogue.standard(workspace: Checkout.root)
        return (try? catalogue.status(of: "use-m3"))?.state == .present ? catalogue.folder(of: "use-m3") : nil
    }()
}
