/// How the weights of a layer begin, with PyTorch's formulas.
///
/// A weight [outputs, inputs] has `inputs` as its fan-in and `outputs` as its fan-out.
public enum Initialiser: Sendable, Equatable {
    case constant(Float)
    case uniform(bound: Float)
    case normal(mean: Float = 0, deviation: Float = 1)
    /// Normal, drawn anew beyond `limit` standard deviations; BERT's deviation is 0.02.
    case truncatedNormal(mean: Float = 0, deviation: Float = 1, limit: Float = 2)
    /// Uniform with the variance 2 gain² / (fan-in + fan-out). Source: Glorot and Bengio, AISTATS 2010, equation 16.
    case xavierUniform(gain: Float = 1)
    case xavierNormal(gain: Float = 1)
    /// Uniform with the variance gain² / fan-in; gain √2 is for ReLU. Source: He et al., arXiv 1502.01852, equation 10.
    case kaimingUniform(gain: Float = 1.414_213_6)
    case kaimingNormal(gain: Float = 1.414_213_6)

    /// A weight drawn from `stream`.
    public func matrix(rows: Int, columns: Int, stream: RandomStream) -> Matrix {
        var result = Matrix(rows: rows, columns: columns)
        var stream = stream
        let (fanIn, fanOut) = (Float(max(1, columns)), Float(max(1, rows)))
        switch self {
        case .constant(let value): result = Matrix(rows: rows, columns: columns, repeating: value)
        case .uniform(let bound): Self.fillUniform(&result, bound, &stream)
        case .normal(let mean, let deviation): Self.fillNormal(&result, mean, deviation, nil, &stream)
        case .truncatedNormal(let mean, let deviation, let limit):
            Self.fillNormal(&result, mean, deviation, limit, &stream)
        case .xavierUniform(let gain): Self.fillUniform(&result, gain * (6 / (fanIn + fanOut)).squareRoot(), &stream)
        case .xavierNormal(let gain):
            Self.fillNormal(&result, 0, gain * (2 / (fanIn + fanOut)).squareRoot(), nil, &stream)
        case .kaimingUniform(let gain): Self.fillUniform(&result, gain * (3 / fanIn).squareRoot(), &stream)
        case .kaimingNormal(let gain): Self.fillNormal(&result, 0, gain / fanIn.squareRoot(), nil, &stream)
        }
        return result
    }

    private static func fillUniform(_ matrix: inout Matrix, _ bound: Float, _ stream: inout RandomStream) {
        for index in matrix.elements.indices { matrix.elements[index] = bound * (2 * stream.nextFloat() - 1) }
    }

    private static func fillNormal(
        _ matrix: inout Matrix, _ mean: Float, _ deviation: Float, _ limit: Float?, _ stream: inout RandomStream
    ) {
        precondition(limit.map { $0 > 0 } ?? true, "a truncated normal distribution has a positive limit")
        for index in matrix.elements.indices {
            var draw = Float(stream.nextNormal())
            while let limit, draw.magnitude > limit { draw = Float(stream.nextNormal()) }
            matrix.elements[index] = mean + deviation * draw
        }
    }
}
