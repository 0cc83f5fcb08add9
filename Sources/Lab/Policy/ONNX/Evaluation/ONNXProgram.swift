/// A model made ready to compute chosen outputs: names resolved, constants folded, nodes that do not matter left out.
public struct ONNXProgram: Sendable {
    struct Step: Sendable {
        let node: ONNXNode
        let compute: ONNXOperator
        /// Places of the inputs; `nil` for an optional one that is left out.
        let inputs: [Int?]
        /// Places of the outputs; `nil` for one that nobody asks for.
        let outputs: [Int?]
        /// Places that nobody reads after this step.
        var released: [Int] = []
    }

    /// What errors call the model.
    public let file: String
    public let opset: Int
    /// What must be given to compute the outputs.
    public let inputs: [ONNXValueInfo]
    /// What is computed.
    public let outputs: [ONNXValueInfo]
    let steps: [Step]
    /// For each place its constant, if it has one.
    let constants: [ONNXTensor?]
    let places: [String: Int]

    /// The value of the outputs by name, for inputs by name.
    ///
    /// Throws `PolicyError.unusableInput` where an input is missing or has another type or shape,
    /// `PolicyError.modelFailed` where an operator refuses what it is given.
    public func run(_ given: [String: ONNXTensor]) throws -> [String: ONNXTensor] {
        var values = constants
        for input in inputs {
            guard let place = places[input.name] else { continue }
            values[place] = try fitting(given[input.name], input)
        }
        for step in steps {
            let results = try Self.compute(
                step.node, step.compute, step.inputs.map { $0.flatMap { values[$0] } }, opset: opset, file: file)
            for (place, result) in zip(step.outputs, results) {
                if let place { values[place] = result }
            }
            for place in step.released { values[place] = nil }
        }
        var result: [String: ONNXTensor] = [:]
        for output in outputs { result[output.name] = places[output.name].flatMap { values[$0] } }
        return result
    }

    private func fitting(_ given: ONNXTensor?, _ input: ONNXValueInfo) throws -> ONNXTensor {
        func refuse(_ found: String) -> PolicyError {
            let sides = input.shape.map { "[" + $0.map(\.description).joined(separator: ", ") + "]" } ?? ""
            return .unusableInput(
                file: file, input: input.name, wanted: "\(input.type?.name ?? "a tensor") \(sides)", found: found)
        }
        guard let given else { throw refuse("nothing") }
        let found = "\(given.type.name) \(given.shape)"
        if let type = input.type, type != given.type { throw refuse(found) }
        guard let shape = input.shape else { return given }
        guard shape.count == given.rank else { throw refuse(found) }
        for case (.fixed(let wanted), let side) in zip(shape, given.shape) where wanted != side { throw refuse(found) }
        return given
    }

    static func compute(
        _ node: ONNXNode, _ compute: ONNXOperator, _ inputs: [ONNXTensor?], opset: Int, file: String
    ) throws -> [ONNXTensor] {
        do {
            return try compute(ONNXCall(node: node, opset: opset, inputs: inputs))
        } catch let fault as ONNXFault {
            throw PolicyError.modelFailed(file: file, node: node.label, operation: node.type, reason: fault.reason)
        }
    }
}
