/// A function of each element alone.
struct ElementwiseFunction: Operation {
    enum Kind: CaseIterable { case scale, square, exponential, relu, tanh, sigmoid, gelu, geluTanh, silu }

    let kind: Kind
    let input: Variable
    /// The factor of `scale`.
    var factor: Float = 1

    func forward(_ output: Output, on tape: Tape) {
        let (x, y, count) = (tape.pointer(input), output.value, output.count)
        switch kind {
        case .scale: Kernels.map(x, y, count) { $0 * factor }
        case .square: Kernels.map(x, y, count) { $0 * $0 }
        case .exponential: Elementwise.exp(x, y, count)
        case .relu: Elementwise.relu(x, y, count)
        case .tanh: Elementwise.tanh(x, y, count)
        case .sigmoid: Elementwise.sigmoid(x, y, count)
        case .gelu: Elementwise.gelu(x, y, count)
        case .geluTanh: Elementwise.geluTanh(x, y, count)
        case .silu: Elementwise.silu(x, y, count)
        }
    }

    func backward(_ output: Output, on tape: Tape) {
        let (x, y) = (UnsafePointer(tape.pointer(input)), UnsafePointer(output.value))
        switch kind {
        case .scale: tape.passOn(output.gradient, scaledBy: factor, to: input)
        case .square:
            pass(x, output, tape) { x, slope, out, count in Kernels.map(x, slope, out, count) { ($0 + $0) * $1 } }
        case .exponential: pass(y, output, tape, Elementwise.multiply)
        case .relu: pass(x, output, tape, Elementwise.reluBackward)
        case .tanh: pass(y, output, tape, Elementwise.tanhBackward)
        case .sigmoid: pass(y, output, tape, Elementwise.sigmoidBackward)
        case .gelu: pass(x, output, tape, Elementwise.geluBackward)
        case .geluTanh: pass(x, output, tape, Elementwise.geluTanhBackward)
        case .silu: pass(x, output, tape, Elementwise.siluBackward)
        }
    }

    /// Adds what `kernel` makes of source and gradient to the gradient of the input.
    private func pass(
        _ source: UnsafePointer<Float>, _ output: Output, _ tape: Tape,
        _ kernel: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
    ) {
        let (target, isNew) = tape.gradientStorage(input)
        // The gradient of the output is spent, so that it may hold the product.
        kernel(source, output.gradient, isNew ? target : output.gradient, output.count)
        if !isNew { Elementwise.add(output.gradient, target, target, output.count) }
    }
}

extension Tape {
    /// factor · input.
    public func scale(_ input: Variable, by factor: Float) -> Variable {
        apply(ElementwiseFunction(kind: .scale, input: input, factor: factor))
    }

    /// input², elementwise.
    public func square(_ input: Variable) -> Variable { apply(ElementwiseFunction(kind: .square, input: input)) }

    /// e to the power of each element.
    public func exp(_ input: Variable) -> Variable { apply(ElementwiseFunction(kind: .exponential, input: input)) }

    /// max(0, x); the slope at 0 is 0.
    public func relu(_ input: Variable) -> Variable { apply(ElementwiseFunction(kind: .relu, input: input)) }

    /// The hyperbolic tangent.
    public func tanh(_ input: Variable) -> Variable { apply(ElementwiseFunction(kind: .tanh, input: input)) }

    /// 1 / (1 + e⁻ˣ).
    public func sigmoid(_ input: Variable) -> Variable { apply(ElementwiseFunction(kind: .sigmoid, input: input)) }

    /// x · Φ(x) with the exact normal distribution function. Source: Hendrycks and Gimpel, arXiv 1606.08415, section 2.
    public func gelu(_ input: Variable) -> Variable { apply(ElementwiseFunction(kind: .gelu, input: input)) }

    /// ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))): the approximation of `gelu` that GPT-2 and its heirs use.
    public func geluTanh(_ input: Variable) -> Variable { apply(ElementwiseFunction(kind: .geluTanh, input: input)) }

    /// x · σ(x), also called swish. Source: Elfwing et al., arXiv 1702.03118, equation 3.
    public func silu(_ input: Variable) -> Variable { apply(ElementwiseFunction(kind: .silu, input: input)) }

    /// The activation of a layer.
    public func activate(_ input: Variable, _ activation: Activation) -> Variable {
        switch activation {
        case .identity: input
        case .relu: relu(input)
        case .gelu: gelu(input)
        case .geluTanh: geluTanh(input)
        case .silu: silu(input)
        case .tanh: tanh(input)
        case .sigmoid: sigmoid(input)
        }
    }

    private func apply(_ operation: ElementwiseFunction) -> Variable {
        let (rows, columns) = shape(of: operation.input)
        return record(operation, rows: rows, columns: columns, needsGradient: needsGradient(operation.input))
    }
}
