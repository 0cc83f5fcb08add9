import COpenBLAS
import RealModule

/// A = L Lᵀ of a symmetric positive definite matrix.
///
/// Source: LAPACK 3.9, dpotrf and dpotrs. Only the lower triangle of A is read.
public struct CholeskyFactor: Sendable {
    /// L, with zeros above the diagonal.
    public let lower: DoubleMatrix

    /// - Throws: `NumericsError.notPositiveDefinite`, `.unusableMatrix` for one that is not square or not finite.
    public init(_ matrix: DoubleMatrix) throws {
        var factor = try matrix.checked(square: true)
        let size = [Int32(factor.rows)]
        var info = Int32(0)
        // Column order reads the rows as columns: the upper triangle there is the lower one here.
        dpotrf_("U", size, &factor.elements, size, &info)
        if info > 0 { throw NumericsError.notPositiveDefinite(minor: Int(info)) }
        for row in 0..<factor.rows {
            for column in (row + 1)..<max(row + 1, factor.columns) { factor[row, column] = 0 }
        }
        lower = factor
    }

    /// A⁻¹ B.
    ///
    /// - Throws: `NumericsError.unusableMatrix` where B has another number of rows or is not finite.
    public func solve(_ right: DoubleMatrix) throws -> DoubleMatrix {
        var columns = try right.checked(rows: lower.rows).transposed
        let (size, count) = ([Int32(lower.rows)], [Int32(right.columns)])
        var info = Int32(0)
        dpotrs_("U", size, count, lower.elements, size, &columns.elements, size, &info)
        return columns.transposed
    }

    public func inverse() throws -> DoubleMatrix { try solve(.identity(lower.rows)) }

    /// log det A.
    public var logDeterminant: Double { (0..<lower.rows).reduce(0) { $0 + 2 * Double.log(lower[$1, $1]) } }
}

extension DoubleMatrix {
    func checked(rows needed: Int) throws -> DoubleMatrix {
        if rows != needed {
            throw NumericsError.unusableMatrix(reason: "it has \(rows) rows where the equations have \(needed)")
        }
        return try checked()
    }
}
