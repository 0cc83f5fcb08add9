public import LabNumerics

/// Discrete conservative Q-learning: Double DQN with a regulariser that keeps Q of actions down that the log seldom shows.
///
/// Without it, Q of such actions is overestimated and the greedy policy chases the errors; with too much of it the policy
/// copies the log. Source: Kumar et al., NeurIPS 2020, equation 4 with the log-sum-exp of CQL(H), over permitted actions.
public struct CQL: Agent {
    public static let name = "cql"
    public static let summary = "Discrete conservative Q-learning on Double DQN (Kumar et al. 2020)."
    public static let settings = [
        (key: "weight", documentation: "Weight of the conservative gap log Σ exp Q − Q(s, a); 0 is Double DQN."),
        (key: "dueling", documentation: "Whether values and advantages have streams of their own (dueling networks)."),
    ]

    /// Weight of the gap.
    public var weight = 0.1
    public var dueling = false

    public init() {}

    public func validate() throws {
        try PolicyError.require(weight >= 0 && weight.isFinite, "weight", weight, "0 or more")
    }

    public func learner(features: Int, actions: Int, settings: TrainingSettings, stream: RandomStream)
        -> TemporalDifference
    {
        TemporalDifference(
            ActionNetwork(
                inputs: features, hidden: settings.hidden, outputs: actions, isDueling: dueling,
                stream: stream.child("weights")), settings: settings, choosesOnline: true, conservativeWeight: weight)
    }
}
