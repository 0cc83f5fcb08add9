/// A function of each element alone.
struct Elementwise: Operation {
    enum Kind: CaseIterable { case scale, square, exponential, relu, tanh, sigmoid, gelu }

    let kind: Kind
    let input: Variable
    /// The factor of `scale`.
    var factor: Float = 1

    func forward(_ output: Output, on tape: Tape) {
        let (x, y, count) = (tape.pointer(input), output.value, output.count)
        switch kind {
        case .scale: Kernels.map(x, y, count) { $0 * factor }
        case .square: Kernels.map(x, y, count) { $0 * $0 }
        case .exponential: Kernels.map(x, y, count) { FloatMath.exp($0) }
        case .relu: Kernels.map(x, y, count) { $0 > 0 ? $0 : 0 }
        case .tanh: Kernels.map(x, y, count) { FloatMath.tanh($0) }
        case .sigmoid: Kernels.map(x, y, count) { FloatMath.sigmoid($0) }
        case .gelu: Kernels.map(x, y, count) { Activation.gelu($0) }
        }
    }

    func backward(_ output: Output, on tape: Tape) {
        switch kind {
        case .scale: pass(output, tape) { _, _ in factor }
        case .square: pass(output, tape) { x, _ in 2 * x }
        case .exponential: pass(output, tape) { _, y in y }
        case .relu: pass(output, tape) { x, _ in x > 0 ? 1 : 0 }
        case .tanh: pass(output, tape) { _, y in 1 - y * y }
        case .sigmoid: pass(output, tape) { _, y in y * (1 - y) }
        case .gelu: pass(output, tape) { x, _ in Activation.geluSlope(x) }
        }
    }

    @inline(__always)
    private func pass(_ output: Output, _ tape: Tape, _ slope: (_ x: Float, _ y: Float) -> Float) {
        let (x, y, gradient, count) = (tape.pointer(input), output.value, output.gradient, output.count)
        let (target, isNew) = tape.gradientStorage(input)
        if isNew {
            for index in 0..<count { target[index] = gradient[index] * slope(x[index], y[index]) }
        } else {
            for index in 0..<count { target[index] += gradient[index] * slope(x[index], y[index]) }
        }
    }
}

extension Tape {
    /// factor · input.
    public func scale(_ input: Variable, by factor: Float) -> Variable {
        apply(Elementwise(kind: .scale, input: input, factor: factor))
    }

    /// input², elementwise.
    public func square(_ input: Variable) -> Variable { apply(Elementwise(kind: .square, input: input)) }

    /// e to the power of each element.
    public func exp(_ input: Variable) -> Variable { apply(Elementwise(kind: .exponential, input: input)) }

    /// max(0, x); the slope at 0 is 0.
    public func relu(_ input: Variable) -> Variable { apply(Elementwise(kind: .relu, input: input)) }

    /// The hyperbolic tangent.
    public func tanh(_ input: Variable) -> Variable { apply(Elementwise(kind: .tanh, input: input)) }

    /// 1 / (1 + e⁻ˣ).
    public func sigmoid(_ input: Variable) -> Variable { apply(Elementwise(kind: .sigmoid, input: input)) }

    /// x · Φ(x) with the exact normal distribution function. Source: Hendrycks and Gimpel, arXiv 1606.08415, section 2.
    public func gelu(_ input: Variable) -> Variable { apply(Elementwise(kind: .gelu, input: input)) }

    /// The activation of a layer.
    public func activate(_ input: Variable, _ activation: Activation) -> Variable {
        switch activation {
        case .identity: input
        case .relu: relu(input)
        case .gelu: gelu(input)
        case .tanh: tanh(input)
        case .sigmoid: sigmoid(input)
        }
    }

    private func apply(_ operation: Elementwise) -> Variable {
        let (rows, columns) = shape(of: operation.input)
        return record(operation, rows: rows, columns: columns, needsGradient: needsGradient(operation.input))
    }
}
