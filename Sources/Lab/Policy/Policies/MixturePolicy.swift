public import LabDomain

/// λ · candidate + (1 − λ) · behaviour, drawn anew at every decision: how a candidate is exposed step by step.
public struct MixturePolicy: PolicyScorer {
    public let candidate: any PolicyScorer
    public let behavior: any PolicyScorer
    /// λ, in [0, 1].
    public let share: Double
    public var schema: StateSchema { candidate.schema }
    public var actionCount: Int { candidate.actionCount }

    /// Throws `PolicyError.schemaMismatch` where the two decide on different observations or actions.
    public init(_ candidate: any PolicyScorer, share: Double, behavior: any PolicyScorer) throws {
        guard candidate.schema == behavior.schema, candidate.actionCount == behavior.actionCount else {
            throw PolicyError.schemaMismatch(
                policy: "\(candidate.schema.name), \(candidate.actionCount) actions",
                found: "\(behavior.schema.name), \(behavior.actionCount) actions")
        }
        try PolicyError.require((0...1).contains(share), "share", share, "in [0, 1]")
        self.candidate = candidate
        self.behavior = behavior
        self.share = share
    }

    public func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
        let mine = try candidate.probabilities(states: states, permitted: permitted)
        let theirs = try behavior.probabilities(states: states, permitted: permitted)
        let weight = Float(share)
        return zip(mine, theirs).map { weight * $0 + (1 - weight) * $1 }
    }
}
