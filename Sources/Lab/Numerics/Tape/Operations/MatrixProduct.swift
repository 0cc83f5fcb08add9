/// op(left) · op(right), where op transposes if asked to.
struct MatrixProduct: Operation {
    let left: Variable
    let right: Variable
    let transposeLeft: Bool
    let transposeRight: Bool
    /// The inner side.
    let inner: Int

    func forward(_ output: Output, on tape: Tape) {
        tape.gemm(
            transposeLeft, transposeRight, output.rows, output.columns, inner, tape.pointer(left), tape.pointer(right),
            0, output.value)
    }

    func backward(_ output: Output, on tape: Tape) {
        let (m, n, gradient) = (output.rows, output.columns, output.gradient)
        if tape.needsGradient(left) {
            let (target, isNew) = tape.gradientStorage(left)
            let beta: Float = isNew ? 0 : 1
            if transposeLeft {
                tape.gemm(transposeRight, true, inner, m, n, tape.pointer(right), gradient, beta, target)
            } else {
                tape.gemm(false, !transposeRight, m, inner, n, gradient, tape.pointer(right), beta, target)
            }
        }
        if tape.needsGradient(right) {
            let (target, isNew) = tape.gradientStorage(right)
            let beta: Float = isNew ? 0 : 1
            if transposeRight {
                tape.gemm(true, transposeLeft, n, inner, m, gradient, tape.pointer(left), beta, target)
            } else {
                tape.gemm(!transposeLeft, false, inner, n, m, tape.pointer(left), gradient, beta, target)
            }
        }
    }
}

extension Tape {
    /// op(left) · op(right), where op transposes if asked to; inner sides must agree.
    public func matmul(
        _ left: Variable, _ right: Variable, transposeLeft: Bool = false, transposeRight: Bool = false
    ) -> Variable {
        let (leftShape, rightShape) = (shape(of: left), shape(of: right))
        let inner = transposeLeft ? leftShape.rows : leftShape.columns
        precondition(
            inner == (transposeRight ? rightShape.columns : rightShape.rows), "inner sides of a product differ")
        return record(
            MatrixProduct(
                left: left, right: right, transposeLeft: transposeLeft, transposeRight: transposeRight, inner: inner),
            rows: transposeLeft ? leftShape.columns : leftShape.rows,
            columns: transposeRight ? rightShape.rows : rightShape.columns,
            needsGradient: needsGradient(left) || needsGradient(right))
    }

    func gemm(
        _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Float>,
        _ b: UnsafePointer<Float>, _ beta: Float, _ c: UnsafeMutablePointer<Float>
    ) {
        multiplier.gemm(
            transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: 1,
            a: UnsafeBufferPointer(start: a, count: m * k), b: UnsafeBufferPointer(start: b, count: k * n), beta: beta,
            c: UnsafeMutableBufferPointer(start: c, count: m * n))
    }
}
