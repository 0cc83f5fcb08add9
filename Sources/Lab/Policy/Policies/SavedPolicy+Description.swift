import LabDomain
import LabNumerics
import LabSimulation

extension SavedPolicy {
    /// The description of a policy of this module, and its tensors under `prefix`.
    ///
    /// Throws `PolicyError.unreadablePolicy` for other policies.
    static func describe(_ policy: any PolicyScorer, prefix: String = "") throws -> (SavedPolicy, [NamedTensor]) {
        switch policy {
        case let greedy as GreedyPolicy:
            var saved = SavedPolicy(.greedy, of: greedy.network)
            saved.epsilon = greedy.epsilon
            return (saved, tensors(greedy.network, prefix))
        case let softmax as SoftmaxPolicy:
            var saved = SavedPolicy(.softmax, of: softmax.network)
            saved.temperature = softmax.temperature
            return (saved, tensors(softmax.network, prefix))
        case let constrained as ConstrainedPolicy:
            var saved = SavedPolicy(.constrained, of: constrained.values)
            saved.threshold = constrained.threshold
            return (
                saved,
                tensors(constrained.values, prefix)
                    + constrained.imitation.network.namedTensors(prefix: prefix + "imitation.")
            )
        case let segmented as SegmentedPolicy:
            var saved = SavedPolicy(.segmented, schema: segmented.schema, actionCount: segmented.actionCount)
            saved.segmentRule = segmented.rule
            var (parts, all): ([SavedPolicy?], [NamedTensor]) = ([], [])
            for (segment, part) in (segmented.segments + [segmented.fallback]).enumerated() {
                let described = try part.map { try describe($0, prefix: prefix + "segment.\(segment).") }
                parts.append(described?.0)
                all += described?.1 ?? []
            }
            saved.parts = parts
            return (saved, all)
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

    private init(_ kind: Kind, of network: QNetwork) {
        self.init(kind, schema: network.schema, actionCount: network.actionCount)
        layers = network.network.sizes
        activation = network.network.activation.rawValue
        rewardScale = Double(network.rewardScale)
    }

    private static func tensors(_ network: QNetwork, _ prefix: String) -> [NamedTensor] {
        [
            NamedTensor(prefix + "observation.mean", shape: [network.mean.count], network.mean),
            NamedTensor(prefix + "observation.deviation", shape: [network.deviation.count], network.deviation),
        ] + network.network.namedTensors(prefix: prefix + "q.")
    }
}
