import Foundation

/// Multinomial logistic regression over sparse features: one weight a column and class.
public struct LinearSoftmax: Sendable, Equatable {
    public let classes: Int
    /// Columns of the features.
    public let width: Int
    /// Row-major [width, classes]: the weights of one column lie together.
    public var weights: [Float]
    /// Shape [classes].
    public var bias: [Float]

    public init(classes: Int, width: Int) {
        self.classes = classes
        self.width = width
        weights = Array(repeating: 0, count: width * classes)
        bias = Array(repeating: 0, count: classes)
    }

    /// Unnormalised log-probabilities, shape [classes]. Columns beyond `width` count as 0.
    public func logits(_ features: SparseVector) -> [Double] {
        var result = bias.map(Double.init)
        for (column, value) in zip(features.columns, features.values) where column < width {
            let base = Int(column) * classes
            for index in 0..<classes { result[index] += Double(weights[base + index] * value) }
        }
        return result
    }
}

/// Probabilities of logits divided by a temperature; larger temperatures give less certain ones.
public func softmax(_ logits: [Double], temperature: Double = 1) -> [Double] {
    let largest = logits.max() ?? 0
    let powers = logits.map { exp(($0 - largest) / temperature) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
}
