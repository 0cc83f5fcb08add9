extension MatrixView {
    /// Gives `body` the first element; the stored lines begin `stride` numbers apart.
    func withPointer<Result>(_ body: (UnsafePointer<Float>) -> Result) -> Result? {
        elements.withUnsafeBufferPointer { $0.baseAddress.map { body($0 + offset) } }
    }

    /// Writes the elements row by row.
    func copy(to target: UnsafeMutablePointer<Float>) {
        guard count > 0 else { return }
        _ = withPointer { source in
            if isContiguous {
                target.update(from: source, count: count)
            } else if isTransposed {
                for row in 0..<rows {
                    for column in 0..<columns { target[row * columns + column] = source[column * stride + row] }
                }
            } else {
                for row in 0..<rows { (target + row * columns).update(from: source + row * stride, count: columns) }
            }
        }
    }
}

extension MatrixMultiplier {
    /// left · right, read where they lie; inner sides must agree.
    public func product(_ left: MatrixView, _ right: MatrixView) -> Matrix {
        var result = Matrix(rows: left.rows, columns: right.columns)
        product(left, right, into: &result)
        return result
    }

    /// result ← alpha · left · right + beta · result, without memory of its own.
    public func product(
        _ left: MatrixView, _ right: MatrixView, alpha: Float = 1, beta: Float = 0, into result: inout Matrix
    ) {
        precondition(left.columns == right.rows, "inner sides of a product differ")
        precondition(result.rows == left.rows && result.columns == right.columns, "the result has another shape")
        let (m, n, k) = (left.rows, right.columns, left.columns)
        result.elements.withUnsafeMutableBufferPointer { target in
            guard let c = target.baseAddress, target.count > 0 else { return }
            _ = left.withPointer { a in
                right.withPointer { b in
                    gemm(
                        transposeA: left.isTransposed, transposeB: right.isTransposed, m: m, n: n, k: k, alpha: alpha,
                        a: a, strideA: max(left.stride, 1), b: b, strideB: max(right.stride, 1), beta: beta, c: c,
                        strideC: n)
                }
            }
        }
    }
}

extension Tape {
    /// A constant with the elements of a view, which are copied once, to where the tape keeps them.
    public func constant(_ view: MatrixView) -> Variable {
        let value = scratch(view.count)
        view.copy(to: value)
        return append(value, view.rows, view.columns)
    }
}
