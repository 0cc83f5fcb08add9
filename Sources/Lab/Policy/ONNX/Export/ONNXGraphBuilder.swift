/// Puts a graph together from the inputs to the outputs, by the parts that networks of policies have.
///
/// Values are rows: [N, columns] with N free. Every function that gives a value appends the nodes that compute it.
///
/// ```swift
/// var graph = ONNXGraphBuilder()
/// let observation = graph.input("observation", columns: 33)
/// let hidden = graph.activate(graph.linear(observation, weight: w, bias: b, name: "hidden"), .relu)
/// graph.output("scores", graph.linear(hidden, weight: v, bias: c, name: "head"), columns: 12)
/// let model = ONNXModel(graph: graph.graph)
/// ```
public struct ONNXGraphBuilder: Sendable {
    /// A value inside the graph, by its name.
    public struct Value: Hashable, Sendable {
        public let name: String
    }

    /// What has been put together so far; written for opset 17.
    public private(set) var graph: ONNXGraph
    private var names: Set<String> = []

    /// - Parameter reserved: names of the inputs and outputs that will come, which no node may take.
    public init(name: String = "policy", reserving reserved: Set<String> = []) {
        graph = ONNXGraph(name: name)
        names = reserved
    }

    /// An input of rows: [N, columns].
    public mutating func input(_ name: String, _ type: ONNXElementType = .float, columns: Int) -> Value {
        graph.inputs.append(ONNXValueInfo(name, type, shape: [.free("N"), .fixed(columns)]))
        names.insert(name)
        return Value(name: name)
    }

    /// Hands a value out under a name; without `columns` it is one number a row, [N].
    public mutating func output(_ name: String, _ value: Value, _ type: ONNXElementType = .float, columns: Int?) {
        let sides: [ONNXDimension] = [.free("N")] + (columns.map { [.fixed($0)] } ?? [])
        graph.outputs.append(ONNXValueInfo(name, type, shape: sides))
        graph.nodes.append(ONNXNode("Identity", name: name, inputs: [value.name], outputs: [name]))
        names.insert(name)
    }

    /// Weights or another constant.
    public mutating func constant(_ name: String, _ tensor: ONNXTensor) -> Value {
        let name = unused(name)
        graph.initialisers.append((name, tensor))
        return Value(name: name)
    }

    /// One number.
    public mutating func constant(_ number: Float) -> Value {
        constant("number", ONNXTensor(shape: [], [number]))
    }

    /// Any operator of the standard; the value is its first output.
    ///
    /// - Parameter name: of the node and its output; a number is added where it is taken.
    public mutating func node(
        _ type: String, _ inputs: [Value], _ attributes: [String: ONNXAttribute] = [:], name: String? = nil
    ) -> Value {
        let name = unused(name ?? type.lowercased())
        graph.nodes.append(
            ONNXNode(type, name: name, inputs: inputs.map(\.name), outputs: [name], attributes: attributes))
        return Value(name: name)
    }

    /// The name itself, or with the first number that makes it new.
    private mutating func unused(_ name: String) -> String {
        if names.insert(name).inserted { return name }
        var number = 1
        while !names.insert("\(name).\(number)").inserted { number += 1 }
        return "\(name).\(number)"
    }
}
