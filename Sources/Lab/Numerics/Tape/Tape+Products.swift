extension Tape {
    /// op(left) · op(right), where op transposes if asked to; inner sides must agree.
    public func matmul(
        _ left: Variable, _ right: Variable, transposeLeft: Bool = false, transposeRight: Bool = false
    ) -> Variable {
        let (leftShape, rightShape) = (shape(of: left), shape(of: right))
        let m = transposeLeft ? leftShape.columns : leftShape.rows
        let k = transposeLeft ? leftShape.rows : leftShape.columns
        let n = transposeRight ? rightShape.rows : rightShape.columns
        precondition(k == (transposeRight ? rightShape.columns : rightShape.rows), "inner sides of a product differ")
        return record(rows: m, columns: n, inputs: left, right) { out in
            gemm(transposeLeft, transposeRight, m, n, k, pointer(left), pointer(right), 0, out)
        } pullback: { tape, gradient in
            if tape.needsGradient(left) {
                let (target, isNew) = tape.gradientStorage(left)
                let beta: Float = isNew ? 0 : 1
                if transposeLeft {
                    tape.gemm(
                        transposeRight, true, k, m, n, tape.pointer(right), gradient, beta, target.pointer)
                } else {
                    tape.gemm(
                        false, !transposeRight, m, k, n, gradient, tape.pointer(right), beta, target.pointer)
                }
            }
            if tape.needsGradient(right) {
                let (target, isNew) = tape.gradientStorage(right)
                let beta: Float = isNew ? 0 : 1
                if transposeRight {
                    tape.gemm(
                        true, transposeLeft, n, k, m, gradient, tape.pointer(left), beta, target.pointer)
                } else {
                    tape.gemm(
                        !transposeLeft, false, k, n, m, tape.pointer(left), gradient, beta, target.pointer)
                }
            }
        }
    }

    /// input · weightᵀ + bias, a layer's whole affine map.
    ///
    /// - Parameters:
    ///   - input: [batch, inputs].
    ///   - weight: [outputs, inputs].
    ///   - bias: [1, outputs].
    /// - Returns: [batch, outputs].
    public func linear(_ input: Variable, weight: Variable, bias: Variable) -> Variable {
        addBias(matmul(input, weight, transposeRight: true), bias)
    }

    /// Adds `bias` [1, columns] to every row of `input` [rows, columns].
    public func addBias(_ input: Variable, _ bias: Variable) -> Variable {
        let (rows, columns) = shape(of: input)
        precondition(shape(of: bias) == (1, columns), "a bias is one row as long as those it is added to")
        return record(rows: rows, columns: columns, inputs: input, bias) { out in
            let (x, b) = (pointer(input), pointer(bias))
            for row in 0..<rows {
                let start = row * columns
                for column in 0..<columns { out[start + column] = x[start + column] + b[column] }
            }
        } pullback: { tape, gradient in
            if tape.needsGradient(input) {
                tape.passOn(gradient, to: input)
            }
            if tape.needsGradient(bias) {
                let target = tape.gradientPointer(bias)
                for row in 0..<rows {
                    let start = row * columns
                    for column in 0..<columns { target[column] += gradient[start + column] }
                }
            }
        }
    }

    /// Adds a gradient unchanged to that of an input.
    func passOn(_ gradient: UnsafeMutablePointer<Float>, to input: Variable) {
        let (target, isNew) = gradientStorage(input)
        if isNew {
            target.pointer.update(from: gradient, count: target.count)
        } else {
            Kernels.add(gradient, times: 1, to: target.pointer, target.count)
        }
    }

    func gemm(
        _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int, _ a: UnsafeMutablePointer<Float>,
        _ b: UnsafeMutablePointer<Float>, _ beta: Float, _ c: UnsafeMutablePointer<Float>
    ) {
        multiplier.gemm(
            transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: 1,
            a: UnsafeBufferPointer(start: a, count: m * k), b: UnsafeBufferPointer(start: b, count: k * n), beta: beta,
            c: UnsafeMutableBufferPointer(start: c, count: m * n))
    }
}
