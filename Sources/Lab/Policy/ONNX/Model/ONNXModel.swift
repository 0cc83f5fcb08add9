/// A network as the Open Neural Network Exchange keeps it: a graph of operators with its weights, in one file.
///
/// Source: https://onnx.ai/onnx/repo-docs/IR.html.
public struct ONNXModel: Sendable, Equatable {
    /// Of the format; 8 belongs to opset 17.
    public var irVersion: Int64
    /// The version of the standard's operators (domain `ai.onnx`) that the graph is written for.
    public var opset: Int
    /// The program that wrote the model.
    public var producer: String
    public var graph: ONNXGraph
    /// Texts by name: `metadata_props`.
    public var metadata: [String: String]

    /// Opsets whose operators the evaluator knows.
    public static let supportedOpsets = 11...21

    public init(
        graph: ONNXGraph, opset: Int = 17, irVersion: Int64 = 8, producer: String = "Lab",
        metadata: [String: String] = [:]
    ) {
        self.graph = graph
        self.opset = opset
        self.irVersion = irVersion
        self.producer = producer
        self.metadata = metadata
    }
}

/// The computation of a model.
public struct ONNXGraph: Sendable, Equatable {
    public var name: String
    /// In an order in which each can be computed from those before it.
    public var nodes: [ONNXNode] = []
    /// Weights and other constants by name, in the order of the file.
    public var initialisers: [(name: String, tensor: ONNXTensor)] = []
    public var inputs: [ONNXValueInfo] = []
    public var outputs: [ONNXValueInfo] = []

    public init(name: String) { self.name = name }

    public static func == (left: ONNXGraph, right: ONNXGraph) -> Bool {
        left.name == right.name && left.nodes == right.nodes && left.inputs == right.inputs
            && left.outputs == right.outputs
            && left.initialisers.elementsEqual(right.initialisers) { $0.name == $1.name && $0.tensor == $1.tensor }
    }
}

/// What an input or output is.
public struct ONNXValueInfo: Sendable, Equatable {
    public let name: String
    /// `nil` where the file does not say, or where it is no tensor of a type that Lab knows.
    public let type: ONNXElementType?
    /// `nil` where the file does not say.
    public let shape: [ONNXDimension]?

    public init(_ name: String, _ type: ONNXElementType?, shape: [ONNXDimension]?) {
        self.name = name
        self.type = type
        self.shape = shape
    }
}

/// A side of an input or output.
public enum ONNXDimension: Sendable, Equatable, CustomStringConvertible {
    case fixed(Int)
    /// Known only when the model is used, such as the number of rows; the text is its name, if it has one.
    case free(String)

    public var description: String {
        switch self {
        case .fixed(let side): String(side)
        case .free(let name): name.isEmpty ? "?" : name
        }
    }
}
