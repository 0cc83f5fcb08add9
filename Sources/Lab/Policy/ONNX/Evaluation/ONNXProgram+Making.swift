extension ONNXProgram {
    /// Makes a model ready.
    ///
    /// - Parameters:
    ///   - outputs: what shall be computed; all outputs of the graph unless given. Other nodes are not looked at.
    ///   - file: what errors call the model.
    ///
    /// Throws `PolicyError.unsupportedOperator` for one that Lab does not know, `PolicyError.unsuitableModel` for a graph
    /// that contradicts itself, `PolicyError.modelFailed` where constants cannot be computed.
    public init(_ model: ONNXModel, outputs wanted: [String]? = nil, file: String) throws {
        func broken(_ reason: String) -> PolicyError {
            .unsuitableModel(file: file, reason: reason, remedy: "check it with onnx.checker and export it again")
        }
        let graph = model.graph
        let outputs =
            try wanted.map { names in
                try names.map { name in
                    guard let output = graph.outputs.first(where: { $0.name == name }) else {
                        throw broken("it has no output '\(name)'")
                    }
                    return output
                }
            } ?? graph.outputs
        guard !outputs.isEmpty else { throw broken("it has no output") }

        var places: [String: Int] = [:]
        var values: [ONNXTensor?] = []
        func define(_ name: String, _ value: ONNXTensor? = nil) throws {
            guard places.updateValue(values.count, forKey: name) == nil else {
                throw broken("'\(name)' is defined twice")
            }
            values.append(value)
        }
        for (name, tensor) in graph.initialisers { try define(name, tensor) }
        let needed = Self.needed(for: outputs.map(\.name), in: graph)
        // An input with an initialiser has a default, which is what is used here.
        let inputs = graph.inputs.filter { places[$0.name] == nil }
        for input in inputs { try define(input.name) }

        var steps: [Step] = []
        for (index, node) in graph.nodes.enumerated() where needed[index] {
            let operation = try ONNXOperators.known(node, opset: model.opset, file: file)
            let sources = try node.inputs.map { name -> Int? in
                if name.isEmpty { return nil }
                guard let place = places[name] else {
                    throw broken("'\(node.label)' reads '\(name)', which nothing before it defines")
                }
                return place
            }
            for name in node.outputs where !name.isEmpty { try define(name) }
            let targets = node.outputs.map { places[$0] }
            if sources.allSatisfy({ $0.map { values[$0] != nil } ?? true }) {
                let results = try Self.compute(
                    node, operation, sources.map { $0.flatMap { values[$0] } }, opset: model.opset, file: file)
                for (place, result) in zip(targets, results) {
                    if let place { values[place] = result }
                }
            } else {
                steps.append(Step(node: node, compute: operation, inputs: sources, outputs: targets))
            }
        }
        for output in outputs where places[output.name] == nil {
            throw broken("nothing defines its output '\(output.name)'")
        }
        let kept = Set(outputs.compactMap { places[$0.name] })
        Self.release(&steps, keeping: kept)
        let read = Set(steps.flatMap { $0.inputs.compactMap(\.self) }).union(kept)
        for place in values.indices where !read.contains(place) { values[place] = nil }

        self.file = file
        opset = model.opset
        self.inputs = inputs.filter { places[$0.name].map(read.contains) ?? false }
        self.outputs = outputs
        self.steps = steps
        constants = values
        self.places = places
    }

    /// For each node whether one of the outputs depends on it.
    private static func needed(for outputs: [String], in graph: ONNXGraph) -> [Bool] {
        var wanted = Set(outputs)
        var needed = [Bool](repeating: false, count: graph.nodes.count)
        for index in graph.nodes.indices.reversed() {
            let node = graph.nodes[index]
            guard node.outputs.contains(where: wanted.contains) else { continue }
            needed[index] = true
            wanted.formUnion(node.inputs)
        }
        return needed
    }

    /// Notes at each step what is read there for the last time.
    private static func release(_ steps: inout [Step], keeping kept: Set<Int>) {
        var seen = kept
        for index in steps.indices.reversed() {
            for place in (steps[index].inputs + steps[index].outputs).compactMap(\.self)
            where seen.insert(place).inserted { steps[index].released.append(place) }
        }
    }
}
