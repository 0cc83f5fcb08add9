import COpenBLAS
import RealModule

/// P A = L U of a square matrix with row exchanges.
///
/// Source: LAPACK 3.9, dgetrf, dgetrs and dgecon.
public struct LUFactor: Sendable {
    // In column order the rows are columns: what is decomposed is Aᵀ.
    private let factor: DoubleMatrix
    private let pivots: [Int32]
    private let norm: Double

    /// - Throws: `NumericsError.singularMatrix` where a pivot is exactly 0, `.unusableMatrix` for one that is not square or
    ///   not finite. Nearly singular ones are shown by `reciprocalCondition`.
    public init(_ matrix: DoubleMatrix) throws {
        var factor = try matrix.checked(square: true)
        norm = matrix.transposed.oneNorm
        let size = [Int32(factor.rows)]
        var info = Int32(0)
        var pivots = [Int32](repeating: 0, count: factor.rows)
        dgetrf_(size, size, &factor.elements, size, &pivots, &info)
        if info > 0 { throw NumericsError.singularMatrix(what: "the matrix of the equations") }
        self.factor = factor
        self.pivots = pivots
    }

    /// A⁻¹ B.
    ///
    /// - Throws: `NumericsError.unusableMatrix` where B has another number of rows or is not finite.
    public func solve(_ right: DoubleMatrix) throws -> DoubleMatrix {
        var columns = try right.checked(rows: factor.rows).transposed
        let (size, count) = ([Int32(factor.rows)], [Int32(right.columns)])
        var info = Int32(0)
        dgetrs_("T", size, count, factor.elements, size, pivots, &columns.elements, size, &info)
        return columns.transposed
    }

    public func inverse() throws -> DoubleMatrix { try solve(.identity(factor.rows)) }

    /// log |det A| and the sign of det A.
    public var logDeterminant: (magnitude: Double, sign: Double) {
        var (magnitude, sign) = (0.0, 1.0)
        for place in 0..<factor.rows {
            magnitude += Double.log(abs(factor[place, place]))
            if (factor[place, place] < 0) != (pivots[place] != Int32(place + 1)) { sign = -sign }
        }
        return (magnitude, sign)
    }

    /// About 1 / (‖A‖ ‖A⁻¹‖) in the greatest row sum: a solution loses as many digits as this has zeros.
    public var reciprocalCondition: Double {
        let size = [Int32(factor.rows)]
        var (info, result) = (Int32(0), 0.0)
        var work = [Double](repeating: 0, count: 4 * factor.rows)
        var whole = [Int32](repeating: 0, count: factor.rows)
        dgecon_("1", size, factor.elements, size, [norm], &result, &work, &whole, &info)
        return result
    }
}
