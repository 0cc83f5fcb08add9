import Foundation
public import LabNumerics
import LabStatistics
import LabStorage

/// Reads one thing, such as emotion, out of texts: parts that each give logits, their weights, and a calibration.
///
/// Several parts are fused late: the weighted sum of their log-probabilities, which is a weighted geometric mean of what they
/// say. The sum is divided by the temperature; the class is the one with the largest weight · probability.
public struct TextReader: Sendable {
    /// The folder of a reader's files among the artifacts of the run that trained it.
    public static let artifact = "reader"

    /// Such as `emotion`.
    public let task: String
    /// Names in the order of columns.
    public let classes: [String]
    public let parts: [any ReadingPart]
    /// The share of each part; they add up to 1.
    public let shares: [Double]
    /// ISO 639-1 codes of the languages of the texts that it was trained on, sorted; empty where nobody looked.
    public let languages: [String]
    /// Divides the fused log-probabilities, in 0.001…1000; fitted on texts that no part has seen.
    public var temperature: Double
    /// A weight a class, by which the most probable one is decided; 1 for each where nothing was chosen.
    public var classWeights: [Double]

    /// - Throws: `LanguageError.badModel` where the parts do not fit each other, or two are of one kind.
    public init(
        task: String, classes: [String], parts: [any ReadingPart], shares: [Double]? = nil, languages: [String] = [],
        temperature: Double = 1, classWeights: [Double]? = nil
    ) throws {
        let shares = shares ?? parts.map { _ in 1 / Double(parts.count) }
        let weights = classWeights ?? classes.map { _ in 1 }
        guard !parts.isEmpty, parts.count == shares.count, Set(parts.map(\.partKind)).count == parts.count,
            !classes.isEmpty, parts.allSatisfy({ $0.classCount == classes.count }), weights.count == classes.count,
            shares.allSatisfy({ $0 >= 0 && $0.isFinite }), abs(shares.reduce(0, +) - 1) < 1e-9,
            weights.allSatisfy({ $0 > 0 && $0.isFinite }), (1e-3...1e3).contains(temperature)
        else {
            throw LanguageError.badModel(file: "reader.json", reason: "its parts, shares and weights do not fit")
        }
        self.task = task
        self.classes = classes
        self.parts = parts
        self.shares = shares
        self.languages = languages
        self.temperature = temperature
        self.classWeights = weights
    }

    /// Fused log-probabilities before calibration, [texts, classes].
    public func logits(_ texts: [String]) throws -> Matrix {
        // A part without a share costs time and says nothing.
        let counted = zip(parts, shares).filter { $0.1 > 0 }
        return Self.fuse(try counted.map { try $0.0.logits(texts) }, shares: counted.map(\.1))
    }

    /// Calibrated probabilities, [texts, classes]; each row adds up to 1.
    public func probabilities(_ texts: [String]) throws -> Matrix {
        Self.probabilities(ofLogits: try logits(texts), temperature: temperature)
    }

    /// The class of each text as a place in `classes`.
    public func classify(_ texts: [String]) throws -> [Int] { decide(try probabilities(texts)) }

    /// The class of each row of calibrated probabilities.
    public func decide(_ probabilities: Matrix) -> [Int] {
        ClassThresholds.decide(probabilities: probabilities, weights: classWeights)
    }

    /// Σ share · log-probability, [texts, classes].
    public static func fuse(_ logits: [Matrix], shares: [Double]) -> Matrix {
        guard let first = logits.first else { return Matrix(rows: 0, columns: 0) }
        var result = Matrix(rows: first.rows, columns: first.columns)
        for (part, share) in zip(logits, shares) where share > 0 {
            let logarithms = logProbabilities(part)
            for index in result.elements.indices {
                result.elements[index] += Float(share) * logarithms.elements[index]
            }
        }
        return result
    }

    /// The softmax of logits divided by a temperature.
    public static func probabilities(ofLogits logits: Matrix, temperature: Double) -> Matrix {
        var scaled = logits
        let scale = Float(1 / temperature)
        for index in scaled.elements.indices { scaled.elements[index] *= scale }
        var result = logProbabilities(scaled)
        for index in result.elements.indices { result.elements[index] = exp(result.elements[index]) }
        return result
    }

    private static func logProbabilities(_ logits: Matrix) -> Matrix {
        var result = logits
        let columns = logits.columns
        for row in 0..<logits.rows {
            let range = row * columns..<(row + 1) * columns
            let largest = result.elements[range].max() ?? 0
            var sum: Float = 0
            for index in range { sum += exp(result.elements[index] - largest) }
            // The largest first: what is left is small, and log(sum) is not lost beside it.
            let shift = log(sum)
            for index in range { result.elements[index] = result.elements[index] - largest - shift }
        }
        return result
    }
}
