/// A matrix of mostly zeros, stored row by row (compressed sparse rows): bags of n-grams, one text a row.
public struct SparseRows: Sendable, Equatable {
    public let columns: Int
    /// Row r's elements lie at `starts[r] ..< starts[r + 1]`; count is rows + 1.
    public private(set) var starts: [Int] = [0]
    /// The column of each element.
    public private(set) var indices: [Int32] = []
    /// The value of each element.
    public private(set) var values: [Float] = []

    public var rows: Int { starts.count - 1 }

    /// A matrix without rows; columns are 0 ..< `columns`.
    public init(columns: Int) {
        precondition(columns >= 0 && columns <= Int(Int32.max), "a sparse matrix has at most 2³¹ − 1 columns")
        self.columns = columns
    }

    /// A matrix of the given rows of (column, value).
    public init(columns: Int, rows: [[(column: Int, value: Float)]]) {
        self.init(columns: columns)
        for row in rows { append(row) }
    }

    /// Adds a row; a column that occurs twice counts with the sum of its values.
    public mutating func append(_ row: [(column: Int, value: Float)]) {
        for (column, value) in row {
            precondition(column >= 0 && column < columns, "a sparse element is outside the matrix")
            indices.append(Int32(column))
            values.append(value)
        }
        starts.append(indices.count)
    }

    /// The rows at `positions`, in that order.
    public func gathering(rows positions: [Int]) -> SparseRows {
        var gathered = SparseRows(columns: columns)
        for position in positions {
            let range = starts[position]..<starts[position + 1]
            gathered.indices.append(contentsOf: indices[range])
            gathered.values.append(contentsOf: values[range])
            gathered.starts.append(gathered.indices.count)
        }
        return gathered
    }

    /// self · dense, where `dense` is [columns, n]; the result is [rows, n].
    public func product(_ dense: Matrix) -> Matrix {
        precondition(dense.rows == columns, "inner sides of a product differ")
        var result = Matrix(rows: rows, columns: dense.columns)
        let width = dense.columns
        dense.elements.withUnsafeBufferPointer { dense in
            result.elements.withUnsafeMutableBufferPointer { out in
                guard let source = dense.baseAddress, let target = out.baseAddress else { return }
                for row in 0..<rows {
                    for element in starts[row]..<starts[row + 1] {
                        let line = source + Int(indices[element]) * width
                        Kernels.add(line, times: values[element], to: target + row * width, width)
                    }
                }
            }
        }
        return result
    }
}
