extension Tape {
    /// left + right, elementwise; equal shapes.
    public func add(_ left: Variable, _ right: Variable) -> Variable {
        combine(left, right, { $0 + $1 }, leftSlope: { _, _ in 1 }, rightSlope: { _, _ in 1 })
    }

    /// left − right, elementwise; equal shapes.
    public func subtract(_ left: Variable, _ right: Variable) -> Variable {
        combine(left, right, { $0 - $1 }, leftSlope: { _, _ in 1 }, rightSlope: { _, _ in -1 })
    }

    /// left · right, elementwise; equal shapes.
    public func multiply(_ left: Variable, _ right: Variable) -> Variable {
        combine(left, right, { $0 * $1 }, leftSlope: { $1 }, rightSlope: { left, _ in left })
    }

    /// factor · input.
    public func scale(_ input: Variable, by factor: Float) -> Variable {
        apply(input, { $0 * factor }, slope: { _, _ in factor })
    }

    /// input², elementwise.
    public func square(_ input: Variable) -> Variable {
        apply(input, { $0 * $0 }, slope: { input, _ in 2 * input })
    }

    /// e to the power of each element.
    public func exp(_ input: Variable) -> Variable {
        apply(input, { FloatMath.exp($0) }, slope: { $1 })
    }

    /// max(0, x); the slope at 0 is 0.
    public func relu(_ input: Variable) -> Variable {
        apply(input, { $0 > 0 ? $0 : 0 }, slope: { input, _ in input > 0 ? 1 : 0 })
    }

    /// The hyperbolic tangent.
    public func tanh(_ input: Variable) -> Variable {
        apply(input, { FloatMath.tanh($0) }, slope: { 1 - $1 * $1 })
    }

    /// 1 / (1 + e⁻ˣ).
    public func sigmoid(_ input: Variable) -> Variable {
        apply(input, { FloatMath.sigmoid($0) }, slope: { $1 * (1 - $1) })
    }

    /// x · Φ(x) with the exact normal distribution function. Source: Hendrycks and Gimpel, arXiv 1606.08415, section 2.
    public func gelu(_ input: Variable) -> Variable {
        apply(input, { Activation.gelu($0) }, slope: { input, _ in Activation.geluSlope(input) })
    }

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

    /// An elementwise function and its slope as a function of input and output.
    @inline(__always)
    private func apply(
        _ input: Variable, _ function: (Float) -> Float, slope: @escaping (_ input: Float, _ output: Float) -> Float
    ) -> Variable {
        let (rows, columns) = shape(of: input)
        let output = Variable(index: nodes.count)
        return record(rows: rows, columns: columns, inputs: input) { out in
            Kernels.map(pointer(input), out, rows * columns, function)
        } pullback: { tape, gradient in
            let (x, y) = (tape.pointer(input), tape.pointer(output))
            let (storage, isNew) = tape.gradientStorage(input)
            let target = storage.pointer
            if isNew {
                for index in 0..<rows * columns { target[index] = gradient[index] * slope(x[index], y[index]) }
            } else {
                for index in 0..<rows * columns { target[index] += gradient[index] * slope(x[index], y[index]) }
            }
        }
    }

    @inline(__always)
    private func combine(
        _ left: Variable, _ right: Variable, _ function: (Float, Float) -> Float,
        leftSlope: @escaping (Float, Float) -> Float, rightSlope: @escaping (Float, Float) -> Float
    ) -> Variable {
        let (rows, columns) = shape(of: left)
        precondition(shape(of: right) == (rows, columns), "elementwise operations need equal shapes")
        return record(rows: rows, columns: columns, inputs: left, right) { out in
            let (x, y) = (pointer(left), pointer(right))
            for index in 0..<rows * columns { out[index] = function(x[index], y[index]) }
        } pullback: { tape, gradient in
            let (x, y) = (tape.pointer(left), tape.pointer(right))
            if tape.needsGradient(left) {
                let target = tape.gradientPointer(left)
                for index in 0..<rows * columns { target[index] += gradient[index] * leftSlope(x[index], y[index]) }
            }
            if tape.needsGradient(right) {
                let target = tape.gradientPointer(right)
                for index in 0..<rows * columns { target[index] += gradient[index] * rightSlope(x[index], y[index]) }
            }
        }
    }
}
