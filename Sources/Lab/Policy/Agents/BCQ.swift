public import LabDomain
public import LabNumerics

/// Discrete batch-constrained Q-learning: Double DQN that considers only actions which the log takes often enough.
///
/// An action counts where its estimated probability is at least `threshold` times that of the likeliest one. The
/// imitating network is one of its own here; the authors share its first layers with Q.
/// Source: Fujimoto, Conti, Ghavamzadeh and Pineau, arXiv 1910.01708 (2019), algorithm 1.
public struct BCQ: Agent {
    public static let name = "bcq"
    public static let summary = "Discrete batch-constrained Q-learning (Fujimoto et al. 2019)."
    public static let settings = [
        (
            key: "threshold",
            documentation:
                "Least probability of an action in shares of the likeliest one's; 0 is Double DQN, 1 imitates."
        )
    ]

    public var threshold = 0.3

    public init() {}

    public func validate() throws {
        try PolicyError.require((0...1).contains(threshold), "threshold", threshold, "in [0, 1]")
    }

    public func learner(features: Int, actions: Int, settings: TrainingSettings, stream: RandomStream)
        -> BatchConstrained
    {
        func network(_ name: String) -> ActionNetwork {
            ActionNetwork(inputs: features, hidden: settings.hidden, outputs: actions, stream: stream.child(name))
        }
        return BatchConstrained(
            values: TemporalDifference(network("weights"), settings: settings, choosesOnline: true),
            imitation: Imitation(network("imitation"), settings: settings), threshold: threshold, actions: actions)
    }
}

/// Temporal differences over the actions that an imitation of the log leaves.
public struct BatchConstrained: AgentLearner {
    private var values: TemporalDifference
    private var imitation: Imitation
    private let threshold: Double
    private let actions: Int
    private var constrained: [Bool] = []

    init(values: TemporalDifference, imitation: Imitation, threshold: Double, actions: Int) {
        self.values = values
        self.imitation = imitation
        self.threshold = threshold
        self.actions = actions
    }

    public mutating func update(_ batch: ReplayBatch, errors: inout [Float]) -> StepLosses {
        let imitationLoss = imitation.update(batch, weights: nil, errors: &errors)
        if constrained.count != batch.nextPermitted.count { constrained = batch.nextPermitted }
        imitation.constrain(batch, threshold: Float(threshold), &constrained, actions: actions)
        var losses = values.update(batch, nextPermitted: constrained, errors: &errors)
        losses.second = imitationLoss
        return losses
    }

    public mutating func copyToTargets() { values.copyToTargets() }

    public mutating func average() {
        values.average()
        imitation.average()
    }

    public func policy(_ frame: LearningFrame) -> any PolicyScorer {
        ConstrainedPolicy(
            values: QNetwork(frame, network: values.network.learned),
            imitation: QNetwork(frame, network: imitation.learned, rewardScale: 1), threshold: threshold)
    }

    public func add(to state: inout TrainingState) throws {
        try values.add(to: &state)
        try imitation.add(to: &state)
    }

    public mutating func restore(_ state: TrainingState) throws {
        try values.restore(state)
        try imitation.restore(state)
    }
}
