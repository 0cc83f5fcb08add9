public import LabDomain
import LabNumerics

/// Takes the permitted action of the largest value among those that an imitation of the log takes often enough.
public struct ConstrainedPolicy: PolicyScorer {
    /// Q in currency units.
    public let values: QNetwork
    /// Logits of the log's actions.
    public let imitation: QNetwork
    /// Least probability of an action in shares of the likeliest permitted one's, in [0, 1].
    public let threshold: Double
    public var schema: StateSchema { values.schema }
    public var actionCount: Int { values.actionCount }

    public init(values: QNetwork, imitation: QNetwork, threshold: Double) {
        self.values = values
        self.imitation = imitation
        self.threshold = threshold
    }

    public func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
        let logits = try imitation.values(states)
        try checkShape(rows: logits.rows, permitted: permitted)
        var constrained = permitted
        logits.elements.withUnsafeBufferPointer {
            Imitation.constrain(
                $0, threshold: Float(threshold), allowed: permitted, &constrained, actions: actionCount)
        }
        return try GreedyPolicy(values).probabilities(states: states, permitted: constrained)
    }
}
