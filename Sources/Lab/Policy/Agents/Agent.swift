public import LabDomain
public import LabNumerics

/// A way of learning a policy: its own settings, and the learner that they make. A new agent is one file with these two.
public protocol Agent: Codable, Sendable, Equatable {
    associatedtype Learner: AgentLearner

    /// As in `policy/<name>`.
    static var name: String { get }
    /// What it does and from whom it is, in one sentence.
    static var summary: String { get }
    /// Key, documentation and unit of each of its own settings.
    static var settings: [(key: String, documentation: String)] { get }

    /// The defaults.
    init()

    /// Throws `PolicyError.invalidSetting` for a value that cannot work.
    func validate() throws

    /// - Parameters:
    ///   - features: numbers of an observation.
    ///   - actions: size of the action space.
    ///   - stream: its children draw initial weights.
    func learner(features: Int, actions: Int, settings: TrainingSettings, stream: RandomStream) -> Learner
}

/// An agent in the middle of its training: knows how to take a gradient step on a batch, nothing of where batches come
/// from.
public protocol AgentLearner {
    /// One gradient step.
    ///
    /// - Parameter errors: gets how badly each transition's value was predicted, for prioritised replay; shape [batch].
    mutating func update(_ batch: ReplayBatch, errors: inout [Float]) -> StepLosses

    /// Copies networks to their slow copies; called every `targetInterval` steps.
    mutating func copyToTargets()

    /// Takes the present networks into the average that is learned in the end.
    mutating func average()

    /// The policy learned so far.
    func policy(_ frame: LearningFrame) -> any PolicyScorer

    /// Keeps everything that a step depends on.
    func add(to state: inout TrainingState) throws

    /// Takes back what `add(to:)` kept; throws `NumericsError` where it is that of another agent or network.
    mutating func restore(_ state: TrainingState) throws
}

/// A learner that can act while it learns.
public protocol ActingLearner: AgentLearner {
    /// Writes the present network's Q of one observation, in units of the reward scale; shape [actions].
    mutating func score(_ observation: [Float], into scores: inout [Float])
}

/// What one gradient step says of itself, in units of the reward scale.
public struct StepLosses: Sendable {
    /// The loss that every agent has: of values, or of imitation where there are none.
    public var loss: Float
    /// The agent's own second loss, such as the conservative gap; 0 where it has none.
    public var second: Float = 0
    /// Mean value of the chosen actions at the batch's successors; 0 where the agent has none.
    public var greedyValue: Float = 0
}
