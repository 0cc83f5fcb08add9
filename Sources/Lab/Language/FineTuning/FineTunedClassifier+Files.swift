public import Foundation
import LabNumerics
import LabStorage

/// What `classifier.json` says.
private struct ClassifierDescription: Codable {
    static let currentFormat = 1
    var format = Self.currentFormat
    var shape: TransformerShape
    var hasPooler: Bool
    var pooling: TextPooling
    var labels: [String]
    var isMultiLabel: Bool
    /// SHA-256 of the weights.
    var weights: String
    /// What turns texts into ids: a name or a digest of the caller's.
    var tokeniser: String
    /// The most ids of a text.
    var limit: Int
}

extension FineTunedClassifier {
    /// The names under which `write` and `init(folder:)` know its files.
    public static let weightsFile = "classifier.safetensors"
    public static let descriptionFile = "classifier.json"

    /// What a classifier's description says beside the network: how texts become ids.
    public struct Preparation: Sendable, Equatable {
        /// A name or a digest.
        public var tokeniser: String
        /// The most ids of a text.
        public var limit: Int

        public init(tokeniser: String, limit: Int = 128) {
            self.tokeniser = tokeniser
            self.limit = limit
        }
    }

    /// The bytes of `classifier.safetensors`: parameters as `encoder.…` and `head.…`, F32.
    public func weightsData() throws -> Data {
        try Safetensors.encode(encoder.namedTensors(prefix: "encoder.") + head.namedTensors(prefix: "head."))
    }

    /// The bytes of `classifier.json`.
    public func descriptionData(_ preparation: Preparation, weights: Data) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        return try encoder.encode(
            ClassifierDescription(
                shape: self.encoder.shape, hasPooler: self.encoder.hasPooler, pooling: pooling, labels: labels,
                isMultiLabel: isMultiLabel, weights: Digest.sha256(weights), tokeniser: preparation.tokeniser,
                limit: preparation.limit))
    }

    /// Writes both files to a folder that exists; each appears whole or not at all.
    public func write(to folder: URL, _ preparation: Preparation) throws {
        let weights = try weightsData()
        try weights.write(to: folder.appending(path: Self.weightsFile), options: .atomic)
        try descriptionData(preparation, weights: weights).write(
            to: folder.appending(path: Self.descriptionFile), options: .atomic)
    }

    /// Loads a classifier from its two files, and how its texts become ids.
    ///
    /// - Throws: `LanguageError.badModel`, `.newerModel`, also where the weights are not those that the description names.
    public static func load(weights: URL, description: URL) throws -> (FineTunedClassifier, Preparation) {
        func bad(_ reason: String, _ url: URL) -> LanguageError {
            .badModel(file: url.lastPathComponent, reason: reason)
        }
        func data(_ url: URL) throws -> Data {
            do { return try Data(contentsOf: url, options: .mappedIfSafe) } catch {
                throw bad(error.localizedDescription, url)
            }
        }
        let described = try data(description)
        struct Version: Decodable { let format: Int }
        guard let version = try? JSONDecoder().decode(Version.self, from: described) else {
            throw bad("it is not a classifier's description", description)
        }
        guard version.format <= ClassifierDescription.currentFormat else {
            throw LanguageError.newerModel(
                file: description.lastPathComponent, found: version.format,
                known: ClassifierDescription.currentFormat)
        }
        let parts: ClassifierDescription
        do { parts = try JSONDecoder().decode(ClassifierDescription.self, from: described) } catch {
            throw bad("\(error)", description)
        }
        if let problem = parts.shape.problem { throw bad(problem, description) }
        guard !parts.labels.isEmpty, parts.pooling != .pooler || parts.hasPooler, parts.limit > 0 else {
            throw bad("its entries do not fit each other", description)
        }
        let bytes = try data(weights)
        guard Digest.sha256(bytes) == parts.weights else {
            throw bad("its digest is not the one that the description names", weights)
        }
        do {
            let file = try Safetensors.decode(bytes)
            let layout = TransformerLayout(shape: parts.shape, hasPooler: parts.hasPooler)
            let parameters = try zip(layout.names, layout.sides).map {
                Parameter(try file.matrix("encoder." + $0, rows: $1.rows, columns: $1.columns))
            }
            let classifier = FineTunedClassifier(
                encoder: TransformerModel(parts.shape, parameters: parameters, hasPooler: parts.hasPooler),
                head: Linear(
                    weight: try file.matrix("head.weight", rows: parts.labels.count, columns: parts.shape.width),
                    bias: try file.matrix("head.bias", rows: 1, columns: parts.labels.count)),
                pooling: parts.pooling, labels: parts.labels, isMultiLabel: parts.isMultiLabel)
            return (classifier, Preparation(tokeniser: parts.tokeniser, limit: parts.limit))
        } catch let error as NumericsError {
            throw bad(error.what, weights)
        }
    }

    /// The same from a folder with both files.
    public static func load(folder: URL) throws -> (FineTunedClassifier, Preparation) {
        try load(weights: folder.appending(path: weightsFile), description: folder.appending(path: descriptionFile))
    }
}
