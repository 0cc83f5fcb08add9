public import Foundation
import LabNumerics
import LabStorage

extension NGramClassifier {
    /// The names under which `write(to:)` and `init(folder:)` know a classifier's files.
    public static let weightsFile = "ngrams.safetensors"
    public static let descriptionFile = "ngrams.json"

    /// `ngrams.json`: everything about a classifier but its weights.
    struct Description: Codable, Equatable {
        static let currentFormat = 1

        var format = Description.currentFormat
        var model = "n-grams/linear"
        var kind: Kind
        /// In the order of the weights' columns.
        var classes: [String]
        var recipe: NGramRecipe
        var temperature: Double
        /// SHA-256 of the weights' file.
        var weights: String
    }

    /// The bytes of the weights' file: `columns` [k] int32, the buckets that have weights; `weights` [k, classes] and `bias`
    /// [classes] float32.
    public func weightsData() throws -> Data {
        var columns: [Int32] = []
        var weights: [Float] = []
        for bucket in 0..<table.buckets {
            let row = UnsafeBufferPointer(start: table.rows + bucket * table.stride, count: classes.count)
            if row.contains(where: { $0 != 0 }) {
                columns.append(Int32(bucket))
                weights.append(contentsOf: row)
            }
        }
        return try Safetensors.encode([
            NamedTensor("bias", shape: [classes.count], bias), NamedTensor("columns", shape: [columns.count], columns),
            NamedTensor("weights", shape: [columns.count, classes.count], weights),
        ])
    }

    /// The bytes of the description, which names the digest of the weights.
    public func descriptionData() throws -> Data { try description(of: weightsData()) }

    private func description(of weights: Data) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return try encoder.encode(
            Description(
                kind: kind, classes: classes, recipe: recipe, temperature: temperature, weights: Digest.sha256(weights))
        )
    }

    /// SHA-256 of the description, under which readings name the model.
    public func digest() throws -> String { Digest.sha256(try descriptionData()) }

    /// Writes both files into `folder`, which must exist; the description comes last.
    ///
    /// - Throws: `StorageError`.
    public func write(to folder: URL) throws {
        let weights = try weightsData()
        try AtomicFile.write(weights, to: folder.appending(path: Self.weightsFile))
        try AtomicFile.write(description(of: weights), to: folder.appending(path: Self.descriptionFile))
    }

    /// Loads a classifier.
    ///
    /// - Throws: `LanguageError.badModel`, also where the weights are not those that the description names; `.newerModel`.
    public init(folder: URL) throws {
        func bad(_ reason: String, in file: String) -> LanguageError { .badModel(file: file, reason: reason) }
        func data(_ file: String) throws -> Data {
            do {
                return try Data(contentsOf: folder.appending(path: file))
            } catch { throw bad(error.localizedDescription, in: file) }
        }
        let described = try data(Self.descriptionFile)
        struct Version: Decodable { let format: Int }
        guard let version = try? JSONDecoder().decode(Version.self, from: described) else {
            throw bad("it is not a model's description", in: Self.descriptionFile)
        }
        guard version.format <= Description.currentFormat else {
            throw LanguageError.newerModel(
                file: Self.descriptionFile, found: version.format, known: Description.currentFormat)
        }
        let parts: Description
        do {
            parts = try JSONDecoder().decode(Description.self, from: described)
            try parts.recipe.check()
        } catch let error as LanguageError {
            throw bad(error.what, in: Self.descriptionFile)
        } catch { throw bad("\(error)", in: Self.descriptionFile) }
        guard (1...10_000).contains(parts.classes.count), parts.temperature.isFinite, parts.temperature > 0 else {
            throw bad("its classes or its temperature cannot be used", in: Self.descriptionFile)
        }
        let bytes = try data(Self.weightsFile)
        guard Digest.sha256(bytes) == parts.weights else {
            throw bad("its digest is not the one that the description names", in: Self.weightsFile)
        }
        do {
            try self.init(parts, weights: Safetensors.decode(bytes))
        } catch let error as NumericsError { throw bad(error.what, in: Self.weightsFile) }
    }

    private init(_ parts: Description, weights file: SafetensorsFile) throws {
        let columns = try file.elements("columns", as: Int32.self)
        let weights = try file.elements("weights", as: Float.self)
        let bias = try file.elements("bias", as: Float.self)
        let count = parts.classes.count
        guard weights.count == columns.count * count, bias.count == count,
            columns.allSatisfy({ (0..<Int32(parts.recipe.buckets)).contains($0) }),
            weights.allSatisfy(\.isFinite), bias.allSatisfy(\.isFinite)
        else { throw LanguageError.badModel(file: Self.weightsFile, reason: "its tensors do not fit each other") }
        let table = BucketTable(buckets: parts.recipe.buckets, classes: count)
        for (index, column) in columns.enumerated() {
            for label in 0..<count {
                table.rows[Int(column) * table.stride + label] = weights[index * count + label]
            }
        }
        self.init(
            recipe: parts.recipe, classes: parts.classes, kind: parts.kind, table: table, bias: bias,
            temperature: parts.temperature)
    }
}
