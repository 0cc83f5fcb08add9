import Foundation
public import LabDomain
import LabNumerics
import LabSimulation
import LabStorage

/// A policy as files: `policy.json` says what it is, `policy.safetensors` holds its numbers.
public struct SavedPolicy: Codable, Sendable, Equatable {
    /// What kinds of policy can be saved.
    public enum Kind: String, Codable, Sendable {
        /// Greedy over a Q network, with `epsilon`.
        case greedy
        /// EmoSeq's logging policy.
        case logging
        /// The first permitted action of `preferences`.
        case fixed
    }

    /// Of this description; readers refuse another.
    public var format = 1
    public let kind: Kind
    public let schema: StateSchema
    /// SHA-256 of the schema's canonical text.
    public let schemaDigest: String
    public let actionCount: Int
    /// Share of the mass that a greedy policy spreads evenly.
    public var epsilon = 0.0
    /// Of a fixed policy.
    public var preferences: [Int] = []
    /// Widths of the network's layers, input to output.
    public var layers: [Int] = []
    public var activation: String?
    /// Currency units that an output of 1 stands for.
    public var rewardScale = 1.0
    /// SHA-256 of `policy.safetensors`.
    public var weightsDigest: String?
    /// Where it learned: `simulation` is never served to people.
    public var environment = "simulation"

    init(_ kind: Kind, schema: StateSchema, actionCount: Int) {
        self.kind = kind
        self.schema = schema
        self.actionCount = actionCount
        schemaDigest = Digest.sha256(Data(schema.canonicalText.utf8))
    }

    /// The names of the two files.
    public static let descriptionFile = "policy.json"
    public static let weightsFile = "policy.safetensors"

    /// The description of a policy of this module, and its tensors.
    ///
    /// Throws `PolicyError.unreadablePolicy` for other policies.
    static func describe(_ policy: any PolicyScorer) throws -> (SavedPolicy, [NamedTensor]) {
        switch policy {
        case let greedy as GreedyPolicy:
            let network = greedy.network
            var saved = SavedPolicy(.greedy, schema: network.schema, actionCount: network.actionCount)
            saved.epsilon = greedy.epsilon
            saved.layers = network.network.sizes
            saved.activation = network.network.activation.rawValue
            saved.rewardScale = Double(network.rewardScale)
            let tensors =
                [
                    NamedTensor("observation.mean", shape: [network.mean.count], network.mean),
                    NamedTensor("observation.deviation", shape: [network.deviation.count], network.deviation),
                ] + network.network.namedTensors(prefix: "q.")
            return (saved, tensors)
        case let logging as EmoSeqLoggingPolicy:
            return (SavedPolicy(.logging, schema: logging.schema, actionCount: logging.actionCount), [])
        case let fixed as FixedPolicy:
            var saved = SavedPolicy(.fixed, schema: fixed.schema, actionCount: fixed.actionCount)
            saved.preferences = fixed.preferences
            return (saved, [])
        default:
            throw PolicyError.unreadablePolicy(file: descriptionFile, reason: "\(type(of: policy)) cannot be saved")
        }
    }
}
