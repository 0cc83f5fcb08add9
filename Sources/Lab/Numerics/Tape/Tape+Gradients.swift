extension Tape {
    /// Computes the gradients of `loss`, which must be 1 × 1, with respect to everything it was computed from.
    ///
    /// A second call on the same tape adds to the gradients of the first. Between recording and this call the parameters
    /// of the recorded networks must not change.
    public func backward(from loss: Variable) {
        let last = index(loss)
        precondition(nodes[last].count == 1, "gradients start from a 1 × 1 variable")
        precondition(
            held.allSatisfy { !$0.isTrained || $0.version == $0.memory.version },
            "a parameter changed between being recorded and the backward pass: reset the tape and record anew")
        guard nodes[last].needsGradient else { return }
        gradientPointer(loss)[0] += 1
        for position in stride(from: last, through: 0, by: -1) {
            let node = nodes[position]
            guard let gradient = node.gradient, let operation = node.operation, let place = node.place else { continue }
            let output = Output(
                value: node.value, gradient: gradient, rows: Int(node.rows), columns: Int(node.columns))
            operation.backward(at: place, output, on: self)
            // Spent: a later backward pass must not send it on again.
            nodes[position].gradient = nil
            arena.giveBack(gradient, node.count)
        }
    }

    /// The gradient of the last `backward` with respect to a leaf; zeros where the loss does not depend on it.
    public func gradient(of variable: Variable) -> Matrix {
        let node = nodes[index(variable)]
        let (rows, columns) = (Int(node.rows), Int(node.columns))
        guard let gradient = node.gradient else { return Matrix(rows: rows, columns: columns) }
        return Matrix(
            rows: rows, columns: columns, elements: Array(UnsafeBufferPointer(start: gradient, count: node.count)))
    }

    /// The gradients of several leaves, in their order.
    public func gradients(of variables: [Variable]) -> [Matrix] { variables.map { gradient(of: $0) } }

    /// The gradients of a network's parameters, in their order.
    public func gradients(of handles: ParameterHandles) -> [Matrix] {
        (0..<handles.count).map { gradient(of: handles[$0]) }
    }

    /// Memory of a variable's gradient, zeroed when asked for the first time.
    func gradientPointer(_ variable: Variable) -> UnsafeMutablePointer<Float> {
        let (pointer, isNew) = gradientStorage(variable)
        if isNew { pointer.update(repeating: 0, count: count(variable)) }
        return pointer
    }

    /// Memory of a variable's gradient; what is new holds nothing yet and must be overwritten.
    func gradientStorage(_ variable: Variable) -> (pointer: UnsafeMutablePointer<Float>, isNew: Bool) {
        let place = index(variable)
        if let gradient = nodes[place].gradient { return (gradient, false) }
        let pointer: UnsafeMutablePointer<Float>
        if let parameter = nodes[place].parameter {
            pointer = parameter._withUnsafeGuaranteedRef { $0.beginGradient() }
        } else {
            pointer = arena.takeReturnable(nodes[place].count)
        }
        nodes[place].gradient = pointer
        return (pointer, true)
    }
}
