import COpenBLAS

/// A matrix of 64-bit numbers in row order, for solves and decompositions.
public struct DoubleMatrix: Sendable, Hashable {
    public let rows: Int
    public let columns: Int
    /// Row after row: place (i, j) is at i · columns + j.
    public var elements: [Double]

    /// - Parameter elements: rows · columns of them, row after row.
    public init(rows: Int, columns: Int, elements: [Double]) {
        precondition(rows >= 0 && columns >= 0 && elements.count == rows * columns, "elements do not fill the shape")
        self.rows = rows
        self.columns = columns
        self.elements = elements
    }

    public init(rows: Int, columns: Int, repeating value: Double = 0) {
        self.init(rows: rows, columns: columns, elements: [Double](repeating: value, count: rows * columns))
    }

    /// - Parameter rows: of equal length.
    public init(_ rows: [[Double]]) {
        self.init(rows: rows.count, columns: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
    }

    /// One column.
    public init(column: [Double]) { self.init(rows: column.count, columns: 1, elements: column) }

    public static func identity(_ size: Int) -> DoubleMatrix {
        var result = DoubleMatrix(rows: size, columns: size)
        for place in 0..<size { result[place, place] = 1 }
        return result
    }

    public subscript(row: Int, column: Int) -> Double {
        get { elements[row * columns + column] }
        set { elements[row * columns + column] = newValue }
    }

    public func column(_ column: Int) -> [Double] { (0..<rows).map { self[$0, column] } }

    /// Rows for columns.
    public var transposed: DoubleMatrix {
        var result = DoubleMatrix(rows: columns, columns: rows)
        for row in 0..<rows {
            for column in 0..<columns { result[column, row] = self[row, column] }
        }
        return result
    }

    /// The product; `left.columns` must equal `right.rows`.
    public static func * (left: DoubleMatrix, right: DoubleMatrix) -> DoubleMatrix {
        precondition(left.columns == right.rows, "the shapes of the factors do not fit")
        var result = DoubleMatrix(rows: left.rows, columns: right.columns)
        if left.elements.isEmpty || right.elements.isEmpty { return result }
        cblas_dgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(left.rows), Int32(right.columns), Int32(left.columns), 1,
            left.elements, Int32(left.columns), right.elements, Int32(right.columns), 0, &result.elements,
            Int32(right.columns))
        return result
    }

    public static func - (left: DoubleMatrix, right: DoubleMatrix) -> DoubleMatrix {
        precondition(left.rows == right.rows && left.columns == right.columns, "the shapes of the terms do not fit")
        return DoubleMatrix(
            rows: left.rows, columns: left.columns, elements: zip(left.elements, right.elements).map { $0 - $1 })
    }

    /// The greatest sum of absolute values of a column.
    public var oneNorm: Double {
        (0..<columns).map { column in (0..<rows).reduce(0) { $0 + abs(self[$1, column]) } }.max() ?? 0
    }

    /// Refuses what LAPACK would loop over or return garbage for.
    func checked(square: Bool = false) throws -> DoubleMatrix {
        if let place = elements.firstIndex(where: { !$0.isFinite }) {
            throw NumericsError.unusableMatrix(
                reason: "the element at row \(place / columns), column \(place % columns) is \(elements[place])")
        }
        if square && rows != columns {
            throw NumericsError.unusableMatrix(
                reason: "it has \(rows) rows and \(columns) columns, not as many of both")
        }
        if rows > Int(Int32.max) || columns > Int(Int32.max) || elements.isEmpty {
            throw NumericsError.unusableMatrix(reason: "it has \(rows) rows and \(columns) columns")
        }
        return self
    }
}
