public import Foundation
import LabNumerics
import LabStorage

extension TextReader {
    public static let descriptionFile = "reader.json"

    /// The file of a part's weights.
    static func file(_ kind: ReadingPartKind) -> String { "\(kind.rawValue).safetensors" }

    /// The file in which a part describes itself, beside its weights; `nil` where the reader's description does.
    static func ownDescriptionFile(_ kind: ReadingPartKind) -> String? {
        switch kind {
        case .ngrams: NGramClassifier.descriptionFile
        case .lexiconNGrams: "lexicon-ngrams.json"
        case .frozen, .tuned: nil
        }
    }

    /// Writes `reader.json` and the weights of each part into a folder that exists.
    ///
    /// Of an encoder only what training changed is written; the rest is read again from the encoder that it began with, whose
    /// name and digest the description keeps.
    ///
    /// - Parameter base: the encoder that tuned parts began with.
    public func write(to folder: URL, base: PretrainedEncoder?) throws {
        var described: [ReaderDescription.Part] = []
        for (part, share) in zip(parts, shares) {
            var (description, data) = try Self.encoded(part, share: share, base: base)
            try AtomicFile.write(data, to: folder.appending(path: Self.file(part.partKind)))
            if let file = Self.ownDescriptionFile(part.partKind), let own = try Self.ownDescription(part) {
                description.description = Digest.sha256(own)
                try AtomicFile.write(own, to: folder.appending(path: file))
            }
            described.append(description)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        let description = ReaderDescription(
            task: task, classes: classes, parts: described, languages: languages, temperature: temperature,
            classWeights: classWeights)
        try AtomicFile.write(encoder.encode(description), to: folder.appending(path: Self.descriptionFile))
    }

    private static func ownDescription(_ part: any ReadingPart) throws -> Data? {
        switch part {
        case let ngrams as NGramClassifier: try ngrams.descriptionData()
        case let model as SentimentModel: try model.descriptionData()
        default: nil
        }
    }

    private static func encoded(
        _ part: any ReadingPart, share: Double, base: PretrainedEncoder?
    ) throws -> (ReaderDescription.Part, Data) {
        switch part {
        case let ngrams as NGramClassifier:
            let data = try ngrams.weightsData()
            return (.init(kind: .ngrams, share: share, file: Digest.sha256(data)), data)
        case let model as SentimentModel:
            let data = try model.weightsData()
            return (.init(kind: .lexiconNGrams, share: share, file: Digest.sha256(data)), data)
        case let frozen as FrozenPart:
            let bias = Matrix(rows: 1, columns: frozen.head.classes, elements: frozen.head.bias)
            let data = try Safetensors.encode([
                NamedTensor("weights", frozen.head.weights), NamedTensor("bias", bias),
            ])
            return (
                .init(
                    kind: .frozen, share: share, file: Digest.sha256(data), preparation: frozen.preparation.kind,
                    encoder: frozen.encoder.name, encoderDigest: frozen.encoder.digest,
                    layers: frozen.layers.isEmpty ? nil : frozen.layers), data
            )
        case let tuned as TunedPart:
            guard let base else {
                throw LanguageError.badModel(file: file(.tuned), reason: "the encoder that it began with is not given")
            }
            let data = try Safetensors.encode(tuned.classifier.changes(from: base.model()))
            return (
                .init(
                    kind: .tuned, share: share, file: Digest.sha256(data), preparation: tuned.preparation.kind,
                    encoder: base.name, encoderDigest: base.digest, pooling: tuned.classifier.pooling,
                    limit: tuned.limit), data
            )
        default: throw LanguageError.badModel(file: descriptionFile, reason: "a part of no known kind")
        }
    }
}

extension FineTunedClassifier {
    /// The head, and those parameters of the encoder that differ from `base`'s.
    func changes(from base: TransformerModel) -> [NamedTensor] {
        zip(encoder.parameterNames, zip(encoder.parameters, base.parameters)).compactMap { name, pair in
            pair.0 == pair.1 ? nil : NamedTensor("encoder." + name, pair.0.value)
        } + head.namedTensors(prefix: "head.")
    }
}
