public import Foundation
import LabNumerics
import LabStorage

extension SentimentModel {
    /// The names under which `write` and `init(folder:)` know a model's files.
    public static let weightsFile = "model.safetensors"
    public static let descriptionFile = "model.json"

    /// Only columns with a weight are kept: `columns` [k] int32, `weights` [k, 3] and `bias` [3] float32.
    static func encode(_ linear: LinearSoftmax) throws -> Data {
        var columns: [Int32] = []
        var weights: [Float] = []
        for column in 0..<linear.width {
            let row = linear.weights[column * linear.classes..<(column + 1) * linear.classes]
            if row.contains(where: { $0 != 0 }) {
                columns.append(Int32(column))
                weights.append(contentsOf: row)
            }
        }
        return try Safetensors.encode(
            [
                NamedTensor("bias", shape: [linear.classes], linear.bias),
                NamedTensor("columns", shape: [columns.count], columns),
                NamedTensor("weights", shape: [columns.count, linear.classes], weights),
            ], metadata: ["width": String(linear.width)])
    }

    /// The bytes of `model.safetensors`.
    public func weightsData() throws -> Data { try SentimentModel.encode(linear) }

    /// The bytes of `model.json`.
    public func descriptionData() throws -> Data {
        try SentimentDescription(
            extractor: extractor, temperature: temperature, thresholds: thresholds,
            weights: Digest.sha256(try weightsData())
        ).encoded()
    }

    /// Loads a model from its two files.
    ///
    /// - Throws: `LanguageError.badModel`, `.newerModel`, also where the weights are not those that the description names.
    public init(weights weightsURL: URL, description: URL) throws {
        func bad(_ reason: String, in url: URL) -> LanguageError {
            .badModel(file: url.lastPathComponent, reason: reason)
        }
        func data(_ url: URL) throws -> Data {
            do { return try Data(contentsOf: url) } catch { throw bad(error.localizedDescription, in: url) }
        }
        let described = try data(description)
        struct Version: Decodable { let format: Int }
        guard let version = try? JSONDecoder().decode(Version.self, from: described) else {
            throw bad("it is not a model's description", in: description)
        }
        guard version.format <= SentimentDescription.currentFormat else {
            throw LanguageError.newerModel(
                file: description.lastPathComponent, found: version.format, known: SentimentDescription.currentFormat)
        }
        let parts: SentimentDescription
        do {
            parts = try JSONDecoder().decode(SentimentDescription.self, from: described)
        } catch {
            throw bad("\(error)", in: description)
        }
        let bytes = try data(weightsURL)
        guard Digest.sha256(bytes) == parts.weights else {
            throw bad("its digest is not the one that the description names", in: weightsURL)
        }
        let extractor = try FeatureExtractor(parts.recipe, lexicon: parts.lexicon.map(VaderScorer.init))
        let linear: LinearSoftmax
        do {
            linear = try SentimentModel.decode(bytes, width: extractor.width, classes: parts.classes.count)
        } catch let error as NumericsError {
            throw bad(error.what, in: weightsURL)
        }
        try self.init(
            extractor: extractor, linear: linear, temperature: parts.temperature, thresholds: parts.thresholds)
    }

    private static func decode(_ data: Data, width: Int, classes: Int) throws -> LinearSoftmax {
        let file = try Safetensors.decode(data)
        let columns = try file.elements("columns", as: Int32.self)
        let weights = try file.elements("weights", as: Float.self)
        let bias = try file.elements("bias", as: Float.self)
        guard weights.count == columns.count * classes, bias.count == classes,
            columns.allSatisfy({ (0..<Int32(width)).contains($0) })
        else { throw LanguageError.badModel(file: weightsFile, reason: "its tensors do not fit each other") }
        var linear = LinearSoftmax(classes: classes, width: width)
        linear.bias = bias
        for (index, column) in columns.enumerated() {
            for label in 0..<classes {
                linear.weights[Int(column) * classes + label] = weights[index * classes + label]
            }
        }
        return linear
    }
}
