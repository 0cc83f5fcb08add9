public import LabNumerics

/// Deep Q-learning: a network's value of the greedy successor is the target of another, slower one.
///
/// Source: Mnih et al., Nature 518 (2015); double: van Hasselt, Guez and Silver, AAAI 2016; dueling: Wang et al., ICML 2016.
public struct DQN: Agent {
    public static let name = "dqn"
    public static let summary = "Deep Q-learning, by default Double DQN (Mnih et al. 2015, van Hasselt et al. 2016)."
    public static let settings = [
        (key: "double", documentation: "Whether the online network chooses the successor's action (Double DQN)."),
        (key: "dueling", documentation: "Whether values and advantages have streams of their own (dueling networks)."),
    ]

    /// Whether the online network chooses the action that the slow one values.
    public var double = true
    /// Whether the network has a stream for the state's value.
    public var dueling = false

    public init() {}

    public init(double: Bool, dueling: Bool = false) {
        self.double = double
        self.dueling = dueling
    }

    public func validate() throws {}

    public func learner(features: Int, actions: Int, settings: TrainingSettings, stream: RandomStream)
        -> TemporalDifference
    {
        TemporalDifference(
            ActionNetwork(
                inputs: features, hidden: settings.hidden, outputs: actions, isDueling: dueling,
                stream: stream.child("weights")), settings: settings, choosesOnline: double)
    }
}
