public import Foundation

/// A text classifier of fastText (Joulin et al., EACL 2017; Bojanowski et al., TACL 2017), plain (`.bin`) or compressed (`.ftz`).
///
/// A text is the mean of the vectors of its words and character sequences; a linear layer over it gives the labels'
/// probabilities, through a tree of binary choices where the model was trained with hierarchical softmax. Predictions are
/// those of the published program up to rounding, its floor of 10⁻⁵ below logarithms included.
public struct FastTextModel: Sendable {
    /// Without `__label__`, the most frequent in training first.
    public let labels: [String]
    let vocabulary: FastTextVocabulary
    let input: FastTextMatrix
    let output: FastTextMatrix
    let loss: FastTextSettings.Loss
    let tree: LabelTree

    /// A label and how probable it is; as in fastText, it may exceed 1 by 10⁻⁵.
    public struct Prediction: Hashable, Sendable {
        public let label: String
        public let probability: Float
    }

    /// Reads a model's file.
    ///
    /// - Throws: `LanguageError.badWeights`, `.unsupportedModel`.
    public init(contentsOf url: URL) throws {
        let data: Data
        do {
            data = try Data(contentsOf: url, options: .mappedIfSafe)
        } catch {
            throw LanguageError.badWeights(file: url.lastPathComponent, reason: error.localizedDescription)
        }
        try self.init(data, file: url.lastPathComponent)
    }

    /// - Parameter file: the name that errors give.
    public init(_ data: Data, file: String) throws {
        self = try data.withUnsafeBytes { bytes in
            var reader = WeightReader(bytes, file: file)
            return try FastTextModel(&reader)
        }
    }

    /// The most probable labels, at most `count`; none of a text in which nothing is known.
    public func predict(_ text: String, count: Int = 1) -> [Prediction] {
        guard let scores = scores(text) else { return [] }
        let order = scores.indices.filter { scores[$0] > -.infinity }
            .sorted { (-scores[$0], $0) < (-scores[$1], $1) }
        return order.prefix(count).map { Prediction(label: labels[$0], probability: exp(scores[$0])) }
    }

    /// The logarithm of each label's probability, in the order of `labels`; -∞ below 10⁻⁵, `nil` where nothing is known.
    public func scores(_ text: String) -> [Float]? {
        var text = text
        return text.withUTF8 { bytes in
            var scores = [Float](repeating: -.infinity, count: labels.count)
            let isKnown = scores.withUnsafeMutableBufferPointer { score(bytes, into: $0) }
            return isKnown ? scores : nil
        }
    }
}
