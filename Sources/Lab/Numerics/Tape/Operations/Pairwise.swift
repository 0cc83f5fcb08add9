/// A function of two elements in the same place.
struct Pairwise: Operation {
    enum Kind: CaseIterable { case sum, difference, product }

    let kind: Kind
    let left: Variable
    let right: Variable

    func forward(_ output: Output, on tape: Tape) {
        let (x, y, out) = (tape.pointer(left), tape.pointer(right), output.value)
        switch kind {
        case .sum: Elementwise.add(x, y, out, output.count)
        case .difference: Kernels.map(x, y, out, output.count) { $0 - $1 }
        case .product: Elementwise.multiply(x, y, out, output.count)
        }
    }

    func backward(_ output: Output, on tape: Tape) {
        if tape.needsGradient(left) {
            switch kind {
            case .sum, .difference: tape.passOn(output.gradient, to: left)
            case .product: tape.passOn(output.gradient, times: tape.pointer(right), to: left)
            }
        }
        if tape.needsGradient(right) {
            switch kind {
            case .sum: tape.passOn(output.gradient, to: right)
            case .difference: tape.passOn(output.gradient, scaledBy: -1, to: right)
            case .product: tape.passOn(output.gradient, times: tape.pointer(left), to: right)
            }
        }
    }
}

extension Tape {
    /// left + right, elementwise; equal shapes.
    public func add(_ left: Variable, _ right: Variable) -> Variable {
        combine(Pairwise(kind: .sum, left: left, right: right))
    }

    /// left − right, elementwise; equal shapes.
    public func subtract(_ left: Variable, _ right: Variable) -> Variable {
        combine(Pairwise(kind: .difference, left: left, right: right))
    }

    /// left · right, elementwise; equal shapes.
    public func multiply(_ left: Variable, _ right: Variable) -> Variable {
        combine(Pairwise(kind: .product, left: left, right: right))
    }

    private func combine(_ operation: Pairwise) -> Variable {
        let (rows, columns) = shape(of: operation.left)
        precondition(shape(of: operation.right) == (rows, columns), "elementwise operations need equal shapes")
        return record(
            operation, rows: rows, columns: columns,
            needsGradient: needsGradient(operation.left) || needsGradient(operation.right))
    }

    /// Adds `factor` times a gradient to that of an input of the same shape.
    func passOn(_ gradient: UnsafePointer<Float>, scaledBy factor: Float = 1, to input: Variable) {
        let (target, isNew) = gradientStorage(input)
        if !isNew {
            Kernels.add(gradient, times: factor, to: target, count(input))
        } else if factor == 1 {
            target.update(from: gradient, count: count(input))
        } else {
            Kernels.map(gradient, target, count(input)) { $0 * factor }
        }
    }

    /// Adds the elementwise product of a gradient and `factors` to the gradient of an input of the same shape.
    func passOn(_ gradient: UnsafePointer<Float>, times factors: UnsafePointer<Float>, to input: Variable) {
        let (target, isNew) = gradientStorage(input)
        if isNew {
            Elementwise.multiply(gradient, factors, target, count(input))
        } else {
            Kernels.map(gradient, factors, target, target, count(input)) { $2.addingProduct($0, $1) }
        }
    }
}
