public import Foundation
import LabNumerics
import LabStorage

extension TextReader {
    /// What a reader's description asks for before its weights can be read.
    public struct Needs: Sendable, Equatable {
        /// Names of encoders.
        public var encoders: [String]
        /// Whether emoji are written as words.
        public var emojiNames: Bool
    }

    /// What the reader in `folder` stands on.
    ///
    /// - Throws: `LanguageError.badModel`, `.newerModel`.
    public static func needs(folder: URL) throws -> Needs {
        let parts = try description(folder).parts
        return Needs(
            encoders: Set(parts.compactMap(\.encoder)).sorted(),
            emojiNames: parts.contains { $0.preparation == .encoder })
    }

    /// Loads a reader.
    ///
    /// - Parameters:
    ///   - encoders: the encoders that `needs` names.
    ///   - emoji: the names of emoji, where `needs` asks for them.
    /// - Throws: `LanguageError.badModel`, `.newerModel`, also where a file or an encoder has another digest than the
    ///   description says.
    public static func load(
        folder: URL, encoders: [PretrainedEncoder], emoji: EmojiNames?
    ) throws -> TextReader {
        let description = try description(folder)
        let loader = PartLoader(folder: folder, classes: description.classes, encoders: encoders, emoji: emoji)
        return try TextReader(
            task: description.task, classes: description.classes, parts: description.parts.map(loader.part),
            shares: description.parts.map(\.share), languages: description.languages,
            temperature: description.temperature,
            classWeights: description.classWeights)
    }

    /// SHA-256 of the description in `folder`, which names the digests of all weights.
    public static func digest(folder: URL) throws -> String {
        try Digest.sha256(file: folder.appending(path: descriptionFile))
    }

    private static func description(_ folder: URL) throws -> ReaderDescription {
        func bad(_ reason: String) -> LanguageError { .badModel(file: descriptionFile, reason: reason) }
        let data: Data
        do { data = try Data(contentsOf: folder.appending(path: descriptionFile)) } catch {
            throw bad("it cannot be read")
        }
        struct Version: Decodable { let format: Int }
        guard let version = try? JSONDecoder().decode(Version.self, from: data) else {
            throw bad("it is not a reader's description")
        }
        guard version.format <= ReaderDescription.currentFormat else {
            throw LanguageError.newerModel(
                file: descriptionFile, found: version.format, known: ReaderDescription.currentFormat)
        }
        do { return try JSONDecoder().decode(ReaderDescription.self, from: data) } catch { throw bad("\(error)") }
    }
}

/// Reads the parts of a reader from their files.
private struct PartLoader {
    let folder: URL
    let classes: [String]
    let encoders: [PretrainedEncoder]
    let emoji: EmojiNames?

    func part(_ part: ReaderDescription.Part) throws -> any ReadingPart {
        let name = TextReader.file(part.kind)
        let url = folder.appending(path: name)
        try compare(name, part.file)
        if let own = part.description, let file = TextReader.ownDescriptionFile(part.kind) { try compare(file, own) }
        do {
            switch part.kind {
            case .ngrams:
                let model = try NGramClassifier(folder: folder)
                guard model.classes == classes else { throw bad(name, "its classes are others") }
                return model
            case .lexiconNGrams:
                let description = TextReader.ownDescriptionFile(part.kind) ?? ""
                return try SentimentModel(weights: url, description: folder.appending(path: description))
            case .frozen: return try frozen(part, Safetensors.read(url))
            case .tuned: return try tuned(part, Safetensors.read(url))
            }
        } catch let error as NumericsError {
            throw bad(name, error.what)
        }
    }

    private func compare(_ name: String, _ digest: String) throws {
        guard let found = try? Digest.sha256(file: folder.appending(path: name)) else {
            throw bad(name, "it cannot be read")
        }
        guard found == digest else { throw bad(name, "its digest is not the one that the description names") }
    }

    private func frozen(_ part: ReaderDescription.Part, _ file: SafetensorsFile) throws -> FrozenPart {
        let bias = try file.matrix("bias", rows: 1, columns: classes.count)
        let head = DenseSoftmax(weights: try file.matrix("weights", columns: classes.count), bias: bias.elements)
        return try FrozenPart(
            encoder: encoder(part).sentences, layers: part.layers ?? [], preparation: preparation(part), head: head)
    }

    private func tuned(_ part: ReaderDescription.Part, _ file: SafetensorsFile) throws -> TunedPart {
        let base = try encoder(part)
        guard let sentences = base.transformer else {
            throw bad(
                TextReader.descriptionFile, "the encoder \(base.name) gives vectors and cannot be trained further")
        }
        let limit = part.limit ?? sentences.longest
        guard limit > 0 else { throw bad(TextReader.descriptionFile, "its limit of \(limit) leaves no token") }
        var model = try base.model()
        let names = Set(file.names)
        for (place, name) in model.parameterNames.enumerated() where names.contains("encoder." + name) {
            let parameter = model.parameters[place]
            model.parameters[place] = Parameter(
                try file.matrix("encoder." + name, rows: parameter.rows, columns: parameter.columns))
        }
        let head = Linear(
            weight: try file.matrix("head.weight", rows: classes.count, columns: model.shape.width),
            bias: try file.matrix("head.bias", rows: 1, columns: classes.count))
        return TunedPart(
            FineTunedClassifier(encoder: model, head: head, pooling: part.pooling ?? .mean, labels: classes),
            tokeniser: sentences.tokeniser, preparation: try preparation(part),
            limit: limit)
    }

    private func encoder(_ part: ReaderDescription.Part) throws -> PretrainedEncoder {
        // The digest decides: a folder may have been moved since.
        if let found = encoders.first(where: { $0.digest == part.encoderDigest }) { return found }
        let name = part.encoder ?? "of no name"
        throw bad(
            TextReader.descriptionFile,
            encoders.contains { $0.name == part.encoder }
                ? "the encoder \(name) is another than the one it began with" : "it needs the encoder \(name)")
    }

    private func preparation(_ part: ReaderDescription.Part) throws -> TextPreparation {
        guard part.preparation == .encoder else { return .none }
        guard let emoji else { throw bad(TextReader.descriptionFile, "it needs the names of emoji") }
        return .encoder(emoji)
    }

    private func bad(_ file: String, _ reason: String) -> LanguageError { .badModel(file: file, reason: reason) }
}
