/// One application of an operator.
public struct ONNXNode: Sendable, Equatable {
    public let name: String
    /// Such as `Gemm`.
    public let type: String
    /// Empty for the operators of the standard.
    public let domain: String
    /// Names of values; empty for an optional input that is left out.
    public let inputs: [String]
    public let outputs: [String]
    public let attributes: [String: ONNXAttribute]

    public init(
        _ type: String, name: String = "", domain: String = "", inputs: [String], outputs: [String],
        attributes: [String: ONNXAttribute] = [:]
    ) {
        self.type = type
        self.name = name
        self.domain = domain
        self.inputs = inputs
        self.outputs = outputs
        self.attributes = attributes
    }

    /// How errors call the node: its name, or its first output where it has none.
    var label: String { name.isEmpty ? outputs.first ?? type : name }
}

/// A setting of a node.
public enum ONNXAttribute: Sendable, Equatable {
    case float(Float)
    case integer(Int64)
    case text(String)
    case tensor(ONNXTensor)
    case floats([Float])
    case integers([Int64])
    /// Something that no operator here uses, such as a graph.
    case other
}
