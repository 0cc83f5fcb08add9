extension Tape {
    /// The number of rows and columns of a variable.
    public func shape(of variable: Variable) -> (rows: Int, columns: Int) {
        (nodes[variable.index].rows, nodes[variable.index].columns)
    }

    /// A copy of a variable's value.
    public func value(of variable: Variable) -> Matrix {
        let node = nodes[variable.index]
        return Matrix(rows: node.rows, columns: node.columns, elements: node.value.copied())
    }

    /// The number in a 1 × 1 variable, such as a loss.
    public func scalar(_ variable: Variable) -> Float {
        precondition(nodes[variable.index].count == 1, "a scalar has one element")
        return nodes[variable.index].value.pointer[0]
    }

    /// Computes the gradients of `loss`, which must be 1 × 1, with respect to everything it was computed from.
    ///
    /// A second call on the same tape adds to the gradients of the first.
    public func backward(from loss: Variable) {
        precondition(nodes[loss.index].count == 1, "gradients start from a 1 × 1 variable")
        guard nodes[loss.index].needsGradient else { return }
        gradientPointer(loss)[0] += 1
        for index in stride(from: loss.index, through: 0, by: -1) {
            guard let gradient = nodes[index].gradient, let pullback = nodes[index].pullback else { continue }
            pullback(self, gradient.pointer)
            // Spent: a later backward pass must not send it on again.
            nodes[index].gradient = nil
            release(gradient)
        }
    }

    /// The gradient of the last `backward` with respect to a leaf; zeros where the loss does not depend on it.
    public func gradient(of variable: Variable) -> Matrix {
        let node = nodes[variable.index]
        guard let gradient = node.gradient else { return Matrix(rows: node.rows, columns: node.columns) }
        return Matrix(rows: node.rows, columns: node.columns, elements: gradient.copied())
    }

    /// The gradients of several leaves, in their order.
    public func gradients(of variables: [Variable]) -> [Matrix] { variables.map { gradient(of: $0) } }

    func needsGradient(_ variable: Variable) -> Bool { nodes[variable.index].needsGradient }

    func pointer(_ variable: Variable) -> UnsafeMutablePointer<Float> { nodes[variable.index].value.pointer }

    func count(_ variable: Variable) -> Int { nodes[variable.index].count }

    /// Memory of a variable's gradient, zeroed when asked for the first time.
    func gradientPointer(_ variable: Variable) -> UnsafeMutablePointer<Float> {
        let (storage, isNew) = gradientStorage(variable)
        if isNew { storage.zero() }
        return storage.pointer
    }

    /// Memory of a variable's gradient; what is new holds nothing yet and must be overwritten.
    func gradientStorage(_ variable: Variable) -> (storage: Storage, isNew: Bool) {
        if let gradient = nodes[variable.index].gradient { return (gradient, false) }
        let gradient = scratch(nodes[variable.index].count)
        nodes[variable.index].gradient = gradient
        return (gradient, true)
    }
}
