import COpenBLAS

/// A = V diag(values) Vᵀ of a symmetric matrix.
public struct SymmetricEigen: Sendable {
    /// Ascending.
    public let values: [Double]
    /// Each column belongs to the value at its place; orthonormal, each up to its sign.
    public let vectors: DoubleMatrix

    /// Reads the lower triangle.
    ///
    /// - Throws: `NumericsError.unusableMatrix` for one that is not square or not finite, `.notConverged`.
    ///
    /// Source: LAPACK 3.9, dsyevd.
    public init(_ matrix: DoubleMatrix) throws {
        var rows = try matrix.checked(square: true)
        let size = [Int32(rows.rows)]
        var info = Int32(0)
        var values = [Double](repeating: 0, count: rows.rows)
        // The documented sizes for vectors: 1 + 6n + 2n² and 3 + 5n.
        var work = [Double](repeating: 0, count: 1 + 6 * rows.rows + 2 * rows.rows * rows.rows)
        var whole = [Int32](repeating: 0, count: 3 + 5 * rows.rows)
        let (workSize, wholeSize) = ([Int32(work.count)], [Int32(whole.count)])
        dsyevd_("V", "U", size, &rows.elements, size, &values, &work, workSize, &whole, wholeSize, &info)
        if info > 0 { throw NumericsError.notConverged(what: "the eigenvalues") }
        self.values = values
        vectors = rows.transposed
    }
}

/// A = U diag(values) Vᵀ, the thin singular value decomposition.
public struct SingularValues: Sendable {
    /// Descending, not negative; as many as the shorter side.
    public let values: [Double]
    /// rows × values; orthonormal columns.
    public let left: DoubleMatrix
    /// values × columns, Vᵀ; orthonormal rows.
    public let right: DoubleMatrix

    /// - Throws: `NumericsError.unusableMatrix` for one that is not finite or empty, `.notConverged`.
    ///
    /// Source: LAPACK 3.9, dgesdd.
    public init(_ matrix: DoubleMatrix) throws {
        // In column order the rows are the columns of Aᵀ = V diag(values) Uᵀ.
        var rows = try matrix.checked()
        let shorter = min(matrix.rows, matrix.columns)
        let (m, n, k) = ([Int32(matrix.columns)], [Int32(matrix.rows)], [Int32(shorter)])
        var info = Int32(0)
        var values = [Double](repeating: 0, count: shorter)
        var u = DoubleMatrix(rows: shorter, columns: matrix.columns)
        var vt = DoubleMatrix(rows: matrix.rows, columns: shorter)
        var whole = [Int32](repeating: 0, count: 8 * shorter)
        var (ask, size) = ([0.0], Int32(-1))
        dgesdd_(
            "S", m, n, &rows.elements, m, &values, &u.elements, m, &vt.elements, k, &ask, &size, &whole, &info)
        size = Int32(ask[0])
        var work = [Double](repeating: 0, count: Int(size))
        dgesdd_(
            "S", m, n, &rows.elements, m, &values, &u.elements, m, &vt.elements, k, &work, &size, &whole, &info)
        if info > 0 { throw NumericsError.notConverged(what: "the singular values") }
        self.values = values
        left = vt
        right = u
    }

    /// The ratio of the greatest to the least; infinite for a singular matrix.
    public var condition: Double { (values.first ?? 0) / (values.last ?? 0) }

    /// The values that are more than rounding: above ε · the longer side · the greatest.
    public var rank: Int {
        let limit = Double.ulpOfOne * Double(max(left.rows, right.columns)) * (values.first ?? 0)
        return values.count { $0 > limit }
    }
}

/// The x of least length that minimises ‖A x − b‖ for each column b.
public struct LeastSquares: Sendable {
    /// columns of A × columns of B
    public let solution: DoubleMatrix
    /// Singular values of A, descending.
    public let singularValues: [Double]
    /// The number of singular values above ε · the longer side · the greatest.
    public let rank: Int

    /// Columns may depend on one another: of all minimisers the shortest is found, and `rank` tells.
    ///
    /// - Throws: `NumericsError.unusableMatrix` where rows differ in number or an element is not finite, `.notConverged`.
    ///
    /// Source: LAPACK 3.9, dgelsd.
    public init(_ matrix: DoubleMatrix, _ right: DoubleMatrix) throws {
        var columns = try matrix.checked().transposed
        let (rows, longer) = (matrix.rows, max(matrix.rows, matrix.columns))
        // The right-hand side needs room for the solution.
        var sides = DoubleMatrix(rows: right.columns, columns: longer)
        let targets = try right.checked(rows: rows)
        for column in 0..<right.columns {
            for row in 0..<rows { sides[column, row] = targets[row, column] }
        }
        let (m, n) = ([Int32(rows)], [Int32(matrix.columns)])
        let (count, ldb) = ([Int32(right.columns)], [Int32(longer)])
        var values = [Double](repeating: 0, count: min(rows, matrix.columns))
        var (limit, found, info) = (Double.ulpOfOne * Double(longer), Int32(0), Int32(0))
        var (ask, whole, size) = ([0.0], [Int32(0)], Int32(-1))
        dgelsd_(
            m, n, count, &columns.elements, m, &sides.elements, ldb, &values, &limit, &found, &ask, &size, &whole,
            &info)
        size = Int32(ask[0])
        var work = [Double](repeating: 0, count: Int(size))
        whole = [Int32](repeating: 0, count: max(1, Int(whole[0])))
        dgelsd_(
            m, n, count, &columns.elements, m, &sides.elements, ldb, &values, &limit, &found, &work, &size, &whole,
            &info)
        if info > 0 { throw NumericsError.notConverged(what: "the singular values") }
        var solution = DoubleMatrix(rows: matrix.columns, columns: right.columns)
        for row in 0..<matrix.columns {
            for column in 0..<right.columns { solution[row, column] = sides[column, row] }
        }
        self.solution = solution
        singularValues = values
        rank = Int(found)
    }
}
