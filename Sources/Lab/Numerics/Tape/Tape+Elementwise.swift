/// A function of one number and its slope. A type of its own, so that loops over it hold no call.
protocol ElementwiseFunction: Sendable {
    func value(_ x: Float) -> Float
    /// The slope at `x`, where the function is `y`.
    func slope(_ x: Float, _ y: Float) -> Float
}

/// A function of two numbers and its slopes.
protocol PairwiseFunction: Sendable {
    func value(_ x: Float, _ y: Float) -> Float
    func leftSlope(_ x: Float, _ y: Float) -> Float
    func rightSlope(_ x: Float, _ y: Float) -> Float
}

extension Tape {
    /// left + right, elementwise; equal shapes.
    public func add(_ left: Variable, _ right: Variable) -> Variable { combine(left, right, Sum()) }

    /// left − right, elementwise; equal shapes.
    public func subtract(_ left: Variable, _ right: Variable) -> Variable { combine(left, right, Difference()) }

    /// left · right, elementwise; equal shapes.
    public func multiply(_ left: Variable, _ right: Variable) -> Variable { combine(left, right, Product()) }

    /// factor · input.
    public func scale(_ input: Variable, by factor: Float) -> Variable { apply(input, Scale(factor: factor)) }

    /// input², elementwise.
    public func square(_ input: Variable) -> Variable { apply(input, Square()) }

    /// e to the power of each element.
    public func exp(_ input: Variable) -> Variable { apply(input, Exponential()) }

    /// max(0, x); the slope at 0 is 0.
    public func relu(_ input: Variable) -> Variable { apply(input, Relu()) }

    /// The hyperbolic tangent.
    public func tanh(_ input: Variable) -> Variable { apply(input, Tanh()) }

    /// 1 / (1 + e⁻ˣ).
    public func sigmoid(_ input: Variable) -> Variable { apply(input, Sigmoid()) }

    /// x · Φ(x) with the exact normal distribution function. Source: Hendrycks and Gimpel, arXiv 1606.08415, section 2.
    public func gelu(_ input: Variable) -> Variable { apply(input, Gelu()) }

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

    private func apply(_ input: Variable, _ function: some ElementwiseFunction) -> Variable {
        let (rows, columns) = shape(of: input)
        let count = rows * columns
        let output = Variable(index: nodes.count)
        return record(rows: rows, columns: columns, inputs: input) { out in
            let x = pointer(input)
            for index in 0..<count { out[index] = function.value(x[index]) }
        } pullback: { tape, gradient in
            let (x, y) = (tape.pointer(input), tape.pointer(output))
            let (storage, isNew) = tape.gradientStorage(input)
            let target = storage.pointer
            if isNew {
                for index in 0..<count { target[index] = gradient[index] * function.slope(x[index], y[index]) }
            } else {
                for index in 0..<count { target[index] += gradient[index] * function.slope(x[index], y[index]) }
            }
        }
    }

    private func combine(_ left: Variable, _ right: Variable, _ function: some PairwiseFunction) -> Variable {
        let (rows, columns) = shape(of: left)
        let count = rows * columns
        precondition(shape(of: right) == (rows, columns), "elementwise operations need equal shapes")
        return record(rows: rows, columns: columns, inputs: left, right) { out in
            let (x, y) = (pointer(left), pointer(right))
            for index in 0..<count { out[index] = function.value(x[index], y[index]) }
        } pullback: { tape, gradient in
            let (x, y) = (tape.pointer(left), tape.pointer(right))
            if tape.needsGradient(left) {
                let target = tape.gradientPointer(left)
                for index in 0..<count { target[index] += gradient[index] * function.leftSlope(x[index], y[index]) }
            }
            if tape.needsGradient(right) {
                let target = tape.gradientPointer(right)
                for index in 0..<count { target[index] += gradient[index] * function.rightSlope(x[index], y[index]) }
            }
        }
    }
}
