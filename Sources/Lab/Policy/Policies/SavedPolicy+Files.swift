public import Foundation
public import LabDomain
import LabNumerics
import LabSimulation
import LabStorage

extension SavedPolicy {
    /// Writes the tensors of a policy, then its description with their digest.
    ///
    /// - Parameters:
    ///   - weights: where `policy.safetensors` goes.
    ///   - description: where `policy.json` goes.
    ///   - environment: where it learned; `simulation` is never served to people.
    public static func write(
        _ policy: any PolicyScorer, weights: URL, description: URL, environment: String = "simulation"
    ) throws {
        var (saved, tensors) = try describe(policy)
        saved.environment = environment
        try Safetensors.write(
            tensors, metadata: ["schema": saved.schemaDigest, "kind": saved.kind.rawValue], to: weights)
        saved.weightsDigest = try Digest.sha256(file: weights)
        try AtomicFile.write(saved.encoded(), to: description)
    }

    /// The bytes of `policy.json`.
    public func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }

    /// Reads a policy and checks that files and schema belong together.
    ///
    /// Throws `PolicyError.unreadablePolicy` with the file and what is wrong with it.
    public static func read(weights: URL, description: URL) throws -> any PolicyScorer {
        func refuse(_ file: URL, _ reason: String) -> PolicyError { .unreadablePolicy(file: file.path, reason: reason) }
        let saved: SavedPolicy
        do {
            saved = try JSONDecoder().decode(SavedPolicy.self, from: Data(contentsOf: description))
        } catch {
            throw refuse(description, "it is missing or no description of a policy")
        }
        guard saved.format == 1 else { throw refuse(description, "its format is \(saved.format), not 1") }
        guard saved.schemaDigest == Digest.sha256(Data(saved.schema.canonicalText.utf8)) else {
            throw refuse(description, "its schema does not have the stated digest")
        }
        guard try saved.weightsDigest == Digest.sha256(file: weights) else {
            throw refuse(weights, "its digest is not the one that \(description.lastPathComponent) states")
        }
        guard saved.kind != .logging, saved.kind != .fixed else { return try saved.untrained(description, refuse) }
        return try saved.trained(Safetensors.read(weights), prefix: "") { refuse(weights, $0) }
    }

    private func untrained(
        _ description: URL, _ refuse: (URL, String) -> PolicyError
    ) throws -> any PolicyScorer {
        if kind == .logging {
            guard actionCount == 12, schema.features.count > 9 else {
                throw refuse(description, "the logging policy decides among EmoSeq's 12 actions")
            }
            return EmoSeqLoggingPolicy(schema: schema)
        }
        guard preferences.allSatisfy({ (0..<actionCount).contains($0) }) else {
            throw refuse(description, "a preference is no action")
        }
        return FixedPolicy(schema: schema, actionCount: actionCount, preferences: preferences)
    }

    /// A policy of networks, whose tensors begin with `prefix`.
    private func trained(
        _ file: SafetensorsFile, prefix: String, _ refuse: (String) -> PolicyError
    ) throws -> any PolicyScorer {
        func network(_ name: String, rewardScale: Float? = nil) throws -> QNetwork {
            try self.network(file, prefix, name, rewardScale, refuse)
        }
        switch kind {
        case .greedy:
            guard (0...1).contains(epsilon) else { throw refuse("its epsilon is \(epsilon)") }
            return GreedyPolicy(try network("q."), epsilon: epsilon)
        case .softmax:
            guard let temperature, temperature > 0 else { throw refuse("it states no positive temperature") }
            return SoftmaxPolicy(try network("q."), temperature: temperature)
        case .constrained:
            guard let threshold, (0...1).contains(threshold) else { throw refuse("it states no threshold in [0, 1]") }
            return ConstrainedPolicy(
                values: try network("q."), imitation: try network("imitation.", rewardScale: 1),
                threshold: threshold)
        case .segmented:
            guard let rule = segmentRule, let parts, parts.count == rule.features.count + 1, let last = parts.last,
                let fallback = last, rule.features.allSatisfy({ schema.features.indices.contains($0) })
            else { throw refuse("its segments are not those of its rule") }
            func policy(_ segment: Int, _ part: SavedPolicy) throws -> any PolicyScorer {
                guard part.kind != .segmented else { throw refuse("a segment is divided into segments") }
                return try part.trained(file, prefix: prefix + "segment.\(segment).", refuse)
            }
            return try SegmentedPolicy(
                rule: rule,
                segments: parts.dropLast().enumerated().map { segment, part in
                    try part.map { try policy(segment, $0) }
                }, fallback: policy(parts.count - 1, fallback))
        case .logging, .fixed: throw refuse("a policy without weights is part of it")
        }
    }

    private func network(
        _ file: SafetensorsFile, _ prefix: String, _ name: String, _ scale: Float?, _ refuse: (String) -> PolicyError
    ) throws -> QNetwork {
        let width = schema.features.count
        guard let activation = activation.flatMap(Activation.init), layers.count >= 2, layers.first == width,
            layers.last == actionCount, layers.allSatisfy({ $0 > 0 && $0 <= 1 << 16 }), rewardScale > 0
        else { throw refuse("its layers, schema or scale are not those of the description") }
        // The initial weights are replaced at once; their stream has no meaning.
        var network = MLP(sizes: layers, activation: activation, stream: RandomStream(seed: 0, name: "replaced"))
        try network.load(from: file, prefix: prefix + name)
        let mean: [Float] = try file.elements(prefix + "observation.mean")
        let deviation: [Float] = try file.elements(prefix + "observation.deviation")
        guard mean.count == width, deviation.count == width, deviation.allSatisfy({ $0 > 0 }) else {
            throw refuse("the normalisation does not fit the schema")
        }
        return QNetwork(
            LearningFrame(
                schema: schema, actionCount: actionCount, mean: mean, deviation: deviation,
                rewardScale: Float(rewardScale)), network: network, rewardScale: scale)
    }
}
