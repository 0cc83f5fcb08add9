public import LabDomain

/// A policy that can say how it computes, so that it can be written as an ONNX model.
public protocol ONNXExportable: PolicyScorer {
    /// What kind of policy it is, such as `greedy`; metadata of the model.
    var exportKind: String { get }

    /// Appends the policy's computation to a graph.
    ///
    /// - Parameters:
    ///   - observation: [N, features], as it was seen: normalisation belongs into the graph.
    ///   - permitted: [N, actions], truth values.
    func describe(
        in graph: inout ONNXGraphBuilder, observation: ONNXGraphBuilder.Value, permitted: ONNXGraphBuilder.Value
    ) throws -> ONNXDecision

    /// Facts beside the computation, such as the scale of rewards; keys without prefix.
    var exportNotes: [String: String] { get }
}

extension ONNXExportable {
    public var exportNotes: [String: String] { [:] }
}

/// What a policy's graph ends in.
public struct ONNXDecision: Sendable {
    /// [N, actions]: values or preferences, larger is better, without regard to what is permitted.
    public let scores: ONNXGraphBuilder.Value
    /// [N, actions]: a row sums to 1 and is 0 where an action is not permitted.
    public let probabilities: ONNXGraphBuilder.Value

    public init(scores: ONNXGraphBuilder.Value, probabilities: ONNXGraphBuilder.Value) {
        self.scores = scores
        self.probabilities = probabilities
    }
}
