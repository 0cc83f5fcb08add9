/// Why an operator refuses what it is given; `ONNXProgram` adds where.
struct ONNXFault: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// One application of an operator to values.
struct ONNXCall {
    let node: ONNXNode
    let opset: Int
    /// `nil` for an optional input that is left out.
    let inputs: [ONNXTensor?]

    /// An input that may be left out.
    func optional(_ index: Int) -> ONNXTensor? { index < inputs.count ? inputs[index] : nil }

    /// An input that must be there.
    func input(_ index: Int = 0) throws -> ONNXTensor {
        guard let tensor = optional(index) else { throw ONNXFault("its input \(index) is missing") }
        return tensor
    }

    /// The elements of an input of 32-bit numbers.
    func floats(_ index: Int = 0) throws -> [Float] {
        let tensor = try input(index)
        guard let floats = tensor.floats else {
            throw ONNXFault("its input \(index) is \(tensor.type.name); only float32 is computed")
        }
        return floats
    }

    /// The elements of an input of integers.
    func integers(_ index: Int) throws -> [Int] {
        let tensor = try input(index)
        guard let integers = tensor.integers else { throw ONNXFault("its input \(index) is \(tensor.type.name)") }
        return integers.map { Int($0) }
    }

    /// An input with one element that is an integer.
    func integer(_ index: Int) throws -> Int {
        let values = try integers(index)
        guard values.count == 1 else { throw ONNXFault("its input \(index) has \(values.count) elements, not one") }
        return values[0]
    }

    func integer(_ name: String, default value: Int) throws -> Int {
        switch node.attributes[name] {
        case .integer(let given): Int(given)
        case nil: value
        default: throw ONNXFault("its attribute '\(name)' is no integer")
        }
    }

    func integers(_ name: String) throws -> [Int]? {
        switch node.attributes[name] {
        case .integers(let given): given.map { Int($0) }
        case nil: nil
        default: throw ONNXFault("its attribute '\(name)' is no list of integers")
        }
    }

    func float(_ name: String, default value: Float) throws -> Float {
        switch node.attributes[name] {
        case .float(let given): given
        case nil: value
        default: throw ONNXFault("its attribute '\(name)' is no number")
        }
    }

    func text(_ name: String, default value: String) throws -> String {
        switch node.attributes[name] {
        case .text(let given): given
        case nil: value
        default: throw ONNXFault("its attribute '\(name)' is no text")
        }
    }

    /// An axis counted from the front; `extent` is the number of axes, or one more where a place between them is meant.
    func axis(_ axis: Int, of extent: Int) throws -> Int {
        guard (-extent..<extent).contains(axis) else {
            throw ONNXFault("its axis \(axis) is not among those of \(extent) sides")
        }
        return axis < 0 ? axis + extent : axis
    }

    /// Axes counted from the front, ascending, each once.
    func axes(_ given: [Int], of extent: Int) throws -> [Int] {
        let axes = try given.map { try axis($0, of: extent) }.sorted()
        guard Set(axes).count == axes.count else { throw ONNXFault("its axes \(given) name one twice") }
        return axes
    }
}
