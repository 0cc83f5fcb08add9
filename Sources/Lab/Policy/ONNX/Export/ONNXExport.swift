public import Foundation
public import LabDomain
import LabStorage

/// Writes policies as ONNX models that carry what is needed to use them rightly.
///
/// The model has the inputs `observation` [N, features] as it was seen and `permitted` [N, actions], which the safeguards
/// give; there is no default for it, so nobody asks without them. Its outputs are `scores` [N, actions], `probabilities`
/// [N, actions] of what is permitted and `action` [N], the likeliest.
public struct ONNXExport: Sendable {
    /// The names of the model's inputs and outputs.
    public enum Name {
        public static let observation = "observation"
        public static let permitted = "permitted"
        public static let scores = "scores"
        public static let probabilities = "probabilities"
        public static let action = "action"

        static let all: Set = [observation, permitted, scores, probabilities, action]
    }

    /// The name of the file beside `policy.json`.
    public static let file = "policy.onnx"

    /// Names of the actions in their order; empty where they have none.
    public var actionNames: [String] = []
    /// Discount a period, where it is known.
    public var discount: Double?
    /// Where the policy learned: `simulation` is never served to people.
    public var environment = "simulation"
    /// What users of the model must know of the safeguards, such as `Safeguard.canonicalText`.
    public var safeguard =
        "Ask the safeguards before every decision and give what they permit as `permitted`; scores ignore it."

    public init() {}

    /// The model of a policy.
    ///
    /// Throws `PolicyError.cannotExport` for a kind of policy that does not say how it computes.
    public func model(_ policy: any PolicyScorer) throws -> ONNXModel {
        guard let policy = policy as? any ONNXExportable else {
            throw PolicyError.cannotExport(policy: "\(type(of: policy))")
        }
        var graph = ONNXGraphBuilder(reserving: Name.all)
        let (features, actions) = (policy.schema.features.count, policy.actionCount)
        let observation = graph.input(Name.observation, columns: features)
        let permitted = graph.input(Name.permitted, .bool, columns: actions)
        let decision = try policy.describe(in: &graph, observation: observation, permitted: permitted)
        graph.output(Name.scores, decision.scores, columns: actions)
        graph.output(Name.probabilities, decision.probabilities, columns: actions)
        let likeliest = graph.node(
            "ArgMax", [decision.probabilities], ["axis": .integer(1), "keepdims": .integer(0)], name: "likeliest")
        graph.output(Name.action, likeliest, .int64, columns: nil)
        return ONNXModel(graph: graph.graph, metadata: try metadata(policy))
    }

    /// Writes the model of a policy to a file; throws as `model(_:)` does, and `StorageError`.
    public func write(_ policy: any PolicyScorer, to url: URL) throws { try model(policy).write(to: url) }

    /// Writes the model of a policy with the metadata that need no other knowledge.
    public static func write(_ policy: any PolicyScorer, to url: URL) throws {
        try ONNXExport().write(policy, to: url)
    }

    private func metadata(_ policy: any ONNXExportable) throws -> [String: String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        func json(_ value: some Encodable) throws -> String {
            String(decoding: try encoder.encode(value), as: UTF8.self)
        }
        var metadata = [
            ONNXMetadata.format: "1", ONNXMetadata.kind: policy.exportKind,
            ONNXMetadata.schema: try json(policy.schema),
            ONNXMetadata.schemaDigest: Digest.sha256(policy.schema.canonicalText),
            ONNXMetadata.environment: environment, ONNXMetadata.safeguard: safeguard,
        ]
        if !actionNames.isEmpty { metadata[ONNXMetadata.actions] = try json(actionNames) }
        if let discount { metadata[ONNXMetadata.discount] = "\(discount)" }
        for (key, value) in policy.exportNotes { metadata[ONNXMetadata.prefix + key] = value }
        return metadata
    }
}

/// The keys of what Lab notes in a model's metadata.
enum ONNXMetadata {
    static let prefix = "lab."
    static let format = prefix + "format"
    static let kind = prefix + "kind"
    /// The observation's schema as JSON.
    static let schema = prefix + "schema"
    /// SHA-256 of `StateSchema.canonicalText`.
    static let schemaDigest = prefix + "schemaDigest"
    /// Names of the actions as a JSON list.
    static let actions = prefix + "actions"
    static let discount = prefix + "discount"
    static let environment = prefix + "environment"
    static let safeguard = prefix + "safeguard"
}
