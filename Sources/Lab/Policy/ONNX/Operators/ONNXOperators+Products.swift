import LabNumerics

extension ONNXOperators {
    /// Matrix products, computed by the library that the process has chosen.
    static let products: [String: ONNXOperator] = ["Gemm": gemm, "MatMul": matrixProduct]

    /// alpha · op(A) · op(B) + beta · C.
    private static func gemm(_ call: ONNXCall) throws -> [ONNXTensor] {
        let (a, b) = (try call.input(0), try call.input(1))
        guard a.rank == 2, b.rank == 2 else { throw ONNXFault("it multiplies \(a.shape) by \(b.shape), no matrices") }
        let transposeA = try call.integer("transA", default: 0) != 0
        let transposeB = try call.integer("transB", default: 0) != 0
        let (rows, inner) = transposeA ? (a.shape[1], a.shape[0]) : (a.shape[0], a.shape[1])
        let (innerB, columns) = transposeB ? (b.shape[1], b.shape[0]) : (b.shape[0], b.shape[1])
        guard inner == innerB else { throw ONNXFault("\(a.shape) and \(b.shape) cannot be multiplied") }
        let count = try Broadcast.count([rows, columns])
        let alpha = try call.float("alpha", default: 1)
        var result: [Float]
        var beta: Float = 0
        if let added = call.optional(2) {
            guard try Broadcast.shape([added.shape, [rows, columns]]) == [rows, columns] else {
                throw ONNXFault("what it adds has shape \(added.shape), which does not fit [\(rows), \(columns)]")
            }
            _ = try call.floats(2)
            result = try added.expanded(to: [rows, columns]).floats ?? []
            beta = try call.float("beta", default: 1)
        } else {
            result = [Float](repeating: 0, count: count)
        }
        let (x, y) = (try call.floats(0), try call.floats(1))
        // Without terms the library would leave what it was given.
        if inner == 0 {
            for index in result.indices { result[index] *= beta }
        } else if count > 0 {
            x.withUnsafeBufferPointer { x in
                y.withUnsafeBufferPointer { y in
                    result.withUnsafeMutableBufferPointer { result in
                        GEMM.current.gemm(
                            transposeA: transposeA, transposeB: transposeB, m: rows, n: columns, k: inner,
                            alpha: alpha, a: x, b: y, beta: beta, c: result)
                    }
                }
            }
        }
        return [ONNXTensor(shape: [rows, columns], result)]
    }

    /// The product of NumPy's `matmul`: of the last two sides, for all others together.
    private static func matrixProduct(_ call: ONNXCall) throws -> [ONNXTensor] {
        var (a, b) = (try call.input(0), try call.input(1))
        guard a.rank > 0, b.rank > 0 else { throw ONNXFault("it multiplies \(a.shape) by \(b.shape)") }
        _ = (try call.floats(0), try call.floats(1))
        let (isRow, isColumn) = (a.rank == 1, b.rank == 1)
        if isRow { a = a.reshaped([1] + a.shape) }
        if isColumn { b = b.reshaped(b.shape + [1]) }
        let (rows, inner, columns) = (a.shape[a.rank - 2], a.shape[a.rank - 1], b.shape[b.rank - 1])
        guard inner == b.shape[b.rank - 2] else { throw ONNXFault("\(a.shape) and \(b.shape) cannot be multiplied") }
        let batch = try Broadcast.shape([Array(a.shape.dropLast(2)), Array(b.shape.dropLast(2))])
        var shape = batch
        if !isRow { shape.append(rows) }
        if !isColumn { shape.append(columns) }
        var result = [Float](repeating: 0, count: try Broadcast.count(batch + [rows, columns]))
        // Many rows against one matrix are one product.
        let isShared = b.rank == 2
        let (parts, height) = isShared ? (1, result.count / max(columns, 1)) : (batch.reduce(1, *), rows)
        let left = try a.expanded(to: batch + [rows, inner]).floats ?? []
        let right = try isShared ? b.floats ?? [] : b.expanded(to: batch + [inner, columns]).floats ?? []
        if !result.isEmpty, inner > 0 {
            left.withUnsafeBufferPointer { x in
                right.withUnsafeBufferPointer { y in
                    result.withUnsafeMutableBufferPointer { result in
                        for part in 0..<parts {
                            GEMM.current.gemm(
                                transposeA: false, transposeB: false, m: height, n: columns, k: inner, alpha: 1,
                                a: .init(rebasing: x[part * height * inner..<(part + 1) * height * inner]),
                                b: .init(rebasing: y[part * inner * columns..<(part + 1) * inner * columns]), beta: 0,
                                c: .init(rebasing: result[part * height * columns..<(part + 1) * height * columns]))
                        }
                    }
                }
            }
        }
        return [ONNXTensor(shape: shape, result)]
    }
}
