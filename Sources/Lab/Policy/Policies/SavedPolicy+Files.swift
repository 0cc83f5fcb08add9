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
    public static func write(_ policy: any PolicyScorer, weights: URL, description: URL) throws {
        var (saved, tensors) = try describe(policy)
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
        switch saved.kind {
        case .logging:
            guard saved.actionCount == 12, saved.schema.features.count > 9 else {
                throw refuse(description, "the logging policy decides among EmoSeq's 12 actions")
            }
            return EmoSeqLoggingPolicy(schema: saved.schema)
        case .fixed:
            guard saved.preferences.allSatisfy({ (0..<saved.actionCount).contains($0) }) else {
                throw refuse(description, "a preference is no action")
            }
            return FixedPolicy(schema: saved.schema, actionCount: saved.actionCount, preferences: saved.preferences)
        case .greedy:
            return try saved.greedy(weights, refuse)
        }
    }

    private func greedy(_ weights: URL, _ refuse: (URL, String) -> PolicyError) throws -> GreedyPolicy {
        let file = try Safetensors.read(weights)
        let width = schema.features.count
        guard let activation = activation.flatMap(Activation.init), layers.count >= 2, layers.first == width,
            layers.last == actionCount, layers.allSatisfy({ $0 > 0 }), file.metadata["schema"] == schemaDigest,
            (0...1).contains(epsilon), rewardScale > 0
        else { throw refuse(weights, "its layers, schema or scale are not those of the description") }
        // The initial weights are replaced at once; their stream has no meaning.
        var network = MLP(sizes: layers, activation: activation, stream: RandomStream(seed: 0, name: "replaced"))
        try network.load(from: file, prefix: "q.")
        let mean: [Float] = try file.elements("observation.mean")
        let deviation: [Float] = try file.elements("observation.deviation")
        guard mean.count == width, deviation.count == width, deviation.allSatisfy({ $0 > 0 }) else {
            throw refuse(weights, "the normalisation does not fit the schema")
        }
        return GreedyPolicy(
            QNetwork(
                schema: schema, actionCount: actionCount, mean: mean, deviation: deviation,
                rewardScale: Float(rewardScale), network: network), epsilon: epsilon)
    }
}
