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
        /// Draws by a softmax over a network's scores, with `temperature`.
        case softmax
        /// Greedy over a Q network among what an imitating network leaves, with `threshold`.
        case constrained
        /// One policy for each segment, with `segmentRule`; `parts` are the segments' and, last, everybody else's.
        case segmented
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
    /// Of a softmax policy, in the scores' units.
    public var temperature: Double?
    /// Of a constrained policy.
    public var threshold: Double?
    /// Of a segmented policy.
    public var segmentRule: SegmentRule?
    /// Of a segmented policy; a segment without one falls back to the last.
    public var parts: [SavedPolicy?]?
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
}
