public import LabNumerics

/// Multinomial logistic regression over vectors, such as those of an encoder.
public struct DenseSoftmax: Sendable, Equatable {
    /// [width, classes]; the standardisation of the inputs is part of them.
    public let weights: Matrix
    /// [classes]
    public let bias: [Float]

    public init(weights: Matrix, bias: [Float]) {
        precondition(weights.columns == bias.count, "each class needs one bias")
        self.weights = weights
        self.bias = bias
    }

    public var width: Int { weights.rows }
    public var classes: Int { weights.columns }

    /// Logits before calibration, [rows, classes].
    ///
    /// - Parameter features: [rows, width].
    public func logits(_ features: Matrix) -> Matrix {
        var result = features * weights
        for row in 0..<result.rows {
            for index in bias.indices { result.elements[row * bias.count + index] += bias[index] }
        }
        return result
    }
}
