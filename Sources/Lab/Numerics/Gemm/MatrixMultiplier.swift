/// The one product everything rests on: a back end that multiplies dense row-major matrices of 32-bit numbers.
public protocol MatrixMultiplier: Sendable {
    /// The name used in benchmarks and in `labctl doctor`.
    var name: String { get }

    /// c ← alpha · op(a) · op(b) + beta · c, where op transposes if asked to. With `beta` 0 the old `c` is not read.
    ///
    /// - Parameters:
    ///   - m: rows of op(a) and c.
    ///   - n: columns of op(b) and c.
    ///   - k: columns of op(a) and rows of op(b).
    ///   - a: row-major [m, k], or [k, m] when transposed.
    ///   - b: row-major [k, n], or [n, k] when transposed.
    ///   - c: row-major [m, n].
    func gemm(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float, a: UnsafeBufferPointer<Float>,
        b: UnsafeBufferPointer<Float>, beta: Float, c: UnsafeMutableBufferPointer<Float>)

    /// The same of blocks inside larger matrices, such as one head of an attention: the rows of `a`, `b` and `c` begin
    /// `strideA`, `strideB` and `strideC` numbers apart, which is no less than their number of columns.
    func gemm(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float, a: UnsafePointer<Float>,
        strideA: Int, b: UnsafePointer<Float>, strideB: Int, beta: Float, c: UnsafeMutablePointer<Float>, strideC: Int)

    /// The weights made ready for many products; a library without a form of its own keeps them as they are.
    ///
    /// - Parameter transposed: whether products are with the transpose, as of a layer's weight [outputs, inputs].
    func packed(_ weights: Matrix, transposed: Bool) -> any PackedMatrix
}

extension MatrixMultiplier {
    /// Blocks inside larger matrices by a plain loop, for a library that has no way of its own.
    public func gemm(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float, a: UnsafePointer<Float>,
        strideA: Int, b: UnsafePointer<Float>, strideB: Int, beta: Float, c: UnsafeMutablePointer<Float>, strideC: Int
    ) {
        ReferenceMultiplier().gemm(
            transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: alpha, a: a, strideA: strideA,
            b: b, strideB: strideB, beta: beta, c: c, strideC: strideC)
    }

    /// op(left) · op(right); inner sides must agree.
    public func product(
        _ left: Matrix, _ right: Matrix, transposeLeft: Bool = false, transposeRight: Bool = false
    ) -> Matrix {
        let m = transposeLeft ? left.columns : left.rows
        let k = transposeLeft ? left.rows : left.columns
        let n = transposeRight ? right.rows : right.columns
        precondition(k == (transposeRight ? right.columns : right.rows), "inner sides of a product differ")
        var result = Matrix(rows: m, columns: n)
        left.elements.withUnsafeBufferPointer { a in
            right.elements.withUnsafeBufferPointer { b in
                result.elements.withUnsafeMutableBufferPointer { c in
                    gemm(
                        transposeA: transposeLeft, transposeB: transposeRight, m: m, n: n, k: k, alpha: 1, a: a, b: b,
                        beta: 0, c: c)
                }
            }
        }
        return result
    }
}

extension Matrix {
    /// The matrix product on the back end that `GEMM` says; inner sides must agree.
    public static func * (left: Matrix, right: Matrix) -> Matrix { GEMM.current.product(left, right) }
}
