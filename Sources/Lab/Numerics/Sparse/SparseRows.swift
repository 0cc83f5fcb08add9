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
                if let source = dense.baseAddress, let target = out.baseAddress {
                    multiply(source, width, into: target)
                }
            }
        }
        return result
    }

    /// out += self · dense.
    func multiply(_ dense: UnsafePointer<Float>, _ width: Int, into out: UnsafeMutablePointer<Float>) {
        for row in 0..<rows {
            for element in starts[row]..<starts[row + 1] {
                Kernels.add(dense + Int(indices[element]) * width, times: values[element], to: out + row * width, width)
            }
        }
    }

    /// out += selfᵀ · dense.
    func multiplyTransposed(_ dense: UnsafePointer<Float>, _ width: Int, into out: UnsafeMutablePointer<Float>) {
        for row in 0..<rows {
            for element in starts[row]..<starts[row + 1] {
                Kernels.add(dense + row * width, times: values[element], to: out + Int(indices[element]) * width, width)
            }
        }
    }
}

extension Tape {
    /// sparse · weight, where `weight` is [columns, n]; the result is [rows, n].
    public func matmul(_ sparse: SparseRows, _ weight: Variable) -> Variable {
        let (inner, width) = shape(of: weight)
        precondition(inner == sparse.columns, "inner sides of a product differ")
        return record(rows: sparse.rows, columns: width, inputs: weight) { out in
            out.update(repeating: 0, count: sparse.rows * width)
            sparse.multiply(pointer(weight), width, into: out)
        } pullback: { tape, gradient in
            sparse.multiplyTransposed(gradient, width, into: tape.gradientPointer(weight))
        }
    }
}
