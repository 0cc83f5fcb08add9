/// A matrix of weights made ready once for many products input · op(weights): the form for inference, where weights stay.
///
/// Not safe for use by several threads at once.
public protocol PackedMatrix: AnyObject {
    /// Rows of op(weights): the width of an input row.
    var inner: Int { get }
    /// Columns of op(weights): the width of an output row.
    var columns: Int { get }

    /// output ← input · op(weights).
    ///
    /// - Parameters:
    ///   - input: row-major [rows, inner].
    ///   - output: row-major [rows, columns]; what it held is not read.
    func multiply(rows: Int, input: UnsafeBufferPointer<Float>, output: UnsafeMutableBufferPointer<Float>)
}

extension PackedMatrix {
    /// input · op(weights); `input` must have `inner` columns.
    public func product(_ input: Matrix) -> Matrix {
        precondition(input.columns == inner, "the input has \(input.columns) columns, the weights \(inner) rows")
        let rows = input.rows
        var result = Matrix(rows: rows, columns: columns)
        input.elements.withUnsafeBufferPointer { input in
            result.elements.withUnsafeMutableBufferPointer { output in
                multiply(rows: rows, input: input, output: output)
            }
        }
        return result
    }
}

/// Weights as they are, multiplied by a library that has no form of its own for them.
final class PlainMatrix: PackedMatrix {
    let inner: Int
    let columns: Int
    private let multiplier: any MatrixMultiplier
    private let weights: Matrix
    private let transposed: Bool

    init(_ weights: Matrix, transposed: Bool, multiplier: any MatrixMultiplier) {
        self.weights = weights
        self.transposed = transposed
        self.multiplier = multiplier
        inner = transposed ? weights.columns : weights.rows
        columns = transposed ? weights.rows : weights.columns
    }

    func multiply(rows: Int, input: UnsafeBufferPointer<Float>, output: UnsafeMutableBufferPointer<Float>) {
        weights.elements.withUnsafeBufferPointer { weights in
            multiplier.gemm(
                transposeA: false, transposeB: transposed, m: rows, n: columns, k: inner, alpha: 1, a: input,
                b: weights, beta: 0, c: output)
        }
    }
}

extension MatrixMultiplier {
    public func packed(_ weights: Matrix, transposed: Bool) -> any PackedMatrix {
        PlainMatrix(weights, transposed: transposed, multiplier: self)
    }
}
