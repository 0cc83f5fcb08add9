/// A part of a matrix, or the matrix transposed or reshaped, without a copy of its elements.
///
/// It is a value: the elements are shared with the matrix until that is changed, and a view keeps them as they were.
public struct MatrixView: Sendable {
    public let rows: Int
    public let columns: Int
    let elements: [Float]
    /// Where its first element lies.
    let offset: Int
    /// How far apart the stored lines begin: its rows, or its columns where it is transposed.
    let stride: Int
    /// Whether the stored lines are its columns.
    public let isTransposed: Bool

    /// The whole of a matrix.
    public init(_ matrix: Matrix) {
        self.init(
            matrix.elements, offset: 0, rows: matrix.rows, columns: matrix.columns, stride: matrix.columns,
            isTransposed: false)
    }

    init(_ elements: [Float], offset: Int, rows: Int, columns: Int, stride: Int, isTransposed: Bool) {
        self.elements = elements
        self.offset = offset
        self.rows = rows
        self.columns = columns
        self.stride = stride
        self.isTransposed = isTransposed
    }

    public var count: Int { rows * columns }

    /// Whether its elements lie one behind the other, row by row.
    public var isContiguous: Bool { !isTransposed && (stride == columns || rows <= 1) || count <= 1 }

    public subscript(row: Int, column: Int) -> Float {
        precondition(row >= 0 && row < rows && column >= 0 && column < columns, "an element is outside the view")
        return elements[place(row, column)]
    }

    /// The rows in `range`.
    public subscript(rows range: Range<Int>) -> MatrixView {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) are outside the view")
        return part(place(range.lowerBound, 0), range.count, columns)
    }

    /// The columns in `range`.
    public subscript(columns range: Range<Int>) -> MatrixView {
        precondition(range.lowerBound >= 0 && range.upperBound <= columns, "columns \(range) are outside the view")
        return part(place(0, range.lowerBound), rows, range.count)
    }

    /// Rows become columns.
    public var transposed: MatrixView {
        MatrixView(
            elements, offset: offset, rows: columns, columns: rows, stride: stride, isTransposed: !isTransposed)
    }

    /// The same elements, row by row, in another shape; the view must be contiguous.
    public func reshaped(rows: Int, columns: Int) -> MatrixView {
        precondition(isContiguous, "only a view whose elements lie one behind the other can be reshaped")
        precondition(rows >= 0 && columns >= 0 && rows * columns == count, "a reshaped view keeps its elements")
        return MatrixView(
            elements, offset: offset, rows: rows, columns: columns, stride: columns, isTransposed: false)
    }

    /// One row.
    public func row(_ row: Int) -> RowView {
        precondition(row >= 0 && row < rows, "row \(row) is outside the view")
        return RowView(elements, offset: place(row, 0), count: columns, step: isTransposed ? stride : 1)
    }

    /// One column.
    public func column(_ column: Int) -> RowView { transposed.row(column) }

    func place(_ row: Int, _ column: Int) -> Int {
        offset + (isTransposed ? column * stride + row : row * stride + column)
    }

    private func part(_ offset: Int, _ rows: Int, _ columns: Int) -> MatrixView {
        MatrixView(
            elements, offset: offset, rows: rows, columns: columns, stride: stride, isTransposed: isTransposed)
    }
}

extension Matrix {
    /// The matrix as a view, for its parts.
    public var view: MatrixView { MatrixView(self) }

    /// A view's elements in memory of their own.
    public init(_ view: MatrixView) {
        self.init(rows: view.rows, columns: view.columns)
        elements.withUnsafeMutableBufferPointer { target in
            if let start = target.baseAddress { view.copy(to: start) }
        }
    }
}
