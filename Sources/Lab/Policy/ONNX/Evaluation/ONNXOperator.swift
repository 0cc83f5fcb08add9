import LabDomain
import LabStorage

/// What computes an operator's outputs from its inputs.
typealias ONNXOperator = @Sendable (ONNXCall) throws -> [ONNXTensor]

enum ONNXOperators {
    /// The operators that networks of policies are made of, by name.
    ///
    /// Source: https://onnx.ai/onnx/operators.
    static let table: [String: ONNXOperator] = [
        arithmetic, comparisons, functions, products, normalisations, reductions, shapes, selections, constants,
    ].reduce(into: [:]) { table, part in table.merge(part) { first, _ in first } }

    /// Opsets in which some of them appeared.
    private static let since = ["Gelu": 20, "LayerNormalization": 17]

    /// The operator of a node.
    ///
    /// Throws `PolicyError.unsupportedOperator` with the node and what to do.
    static func known(_ node: ONNXNode, opset: Int, file: String) throws -> ONNXOperator {
        guard node.domain.isEmpty, let operation = table[node.type], opset >= since[node.type] ?? 0 else {
            throw PolicyError.unsupportedOperator(
                file: file, operation: node.domain.isEmpty ? node.type : node.domain + "." + node.type,
                node: node.label, opset: opset, nearest: NearestName.of(node.type, among: table.keys.sorted()))
        }
        return operation
    }
}
