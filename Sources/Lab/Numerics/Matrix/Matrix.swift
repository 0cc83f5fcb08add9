/// A dense matrix of 32-bit numbers in row-major order.
public struct Matrix: Sendable, Equatable {
    public let rows: Int
    public let columns: Int
    /// Row-major [rows, columns]; their number must stay the same.
    public var elements: [Float]

    /// A matrix whose elements are all `value`.
    public init(rows: Int, columns: Int, repeating value: Float = 0) {
        precondition(rows >= 0 && columns >= 0, "a matrix has no negative side")
        self.rows = rows
        self.columns = columns
        elements = [Float](repeating: value, count: rows * columns)
    }

    /// Takes `elements` in row-major order; there must be `rows` · `columns` of them.
    public init(rows: Int, columns: Int, elements: [Float]) {
        precondition(rows >= 0 && columns >= 0, "a matrix has no negative side")
        precondition(elements.count == rows * columns, "\(elements.count) elements do not fill \(rows) × \(columns)")
        self.rows = rows
        self.columns = columns
        self.elements = elements
    }

    /// A matrix of the given rows, which must be equally long.
    public init(_ rows: [[Float]]) {
        self.init(rows: rows.count, columns: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
    }

    public var count: Int { elements.count }

    @inlinable
    public subscript(row: Int, column: Int) -> Float {
        get {
            precondition(column >= 0 && column < columns, "column out of range")
            return elements[row * columns + column]
        }
        set {
            precondition(column >= 0 && column < columns, "column out of range")
            elements[row * columns + column] = newValue
        }
    }

    /// The elements of one row.
    @inlinable
    public func row(_ row: Int) -> ArraySlice<Float> { elements[row * columns..<(row + 1) * columns] }

    /// The rows at `indices`, in that order; an index may occur more than once.
    public func gathering(rows indices: [Int]) -> Matrix {
        var gathered = [Float]()
        gathered.reserveCapacity(indices.count * columns)
        for index in indices { gathered.append(contentsOf: row(index)) }
        return Matrix(rows: indices.count, columns: columns, elements: gathered)
    }

    /// Rows become columns.
    public var transposed: Matrix {
        var result = Matrix(rows: columns, columns: rows)
        for row in 0..<rows {
            for column in 0..<columns { result.elements[column * rows + row] = elements[row * columns + column] }
        }
        return result
    }

    /// For each row the column of its largest element; of equals the first.
    public var argmaxOfRows: [Int] {
        (0..<rows).map { row in
            var best = 0
            for column in 1..<max(columns, 1) where self[row, column] > self[row, best] { best = column }
            return best
        }
    }
}
