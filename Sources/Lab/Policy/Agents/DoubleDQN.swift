/// Double DQN trained offline, with a conservative regulariser and action masks.
///
/// Target of a transition: r + γ^elapsed · Q⁻(s′, argmax over permitted a′ of Q(s′, a′)); a forbidden action is never
/// bootstrapped from. Loss: Huber + `conservativeWeight` · (log Σ exp Q − Q(s, a)).
///
/// Without the regulariser, Q of actions that the log seldom shows is overestimated and the greedy policy chases the
/// errors; with too much of it the policy copies the log. On EmoSeq S with the Gaussian voice and one seed the simulated
/// value was 8.6 at weight 1.0, 10.2 at 0.3 and 10.7 at 0.1 with 12,000 logged customers, 12.2 at 0.1 and 12.0 at 0.05 with
/// 20,000 (behaviour 8.4). The defaults give 12.7, 12.2 and 12.6 over three seeds with 20,000 customers who speak real
/// posts, half of them to learn from (behaviour 9.1).
/// Source: van Hasselt, Guez and Silver, AAAI 2016; Kumar et al., NeurIPS 2020 (CQL).
public struct DoubleDQN: Codable, Sendable, Equatable {
    /// Widths of the hidden layers.
    public var hidden = [64, 64]
    /// Gradient steps.
    public var steps = 8_000
    /// Transitions a step.
    public var batchSize = 256
    /// Adam's step size.
    public var learningRate = 5e-4
    /// Decoupled weight decay.
    public var weightDecay = 0.01
    /// Steps between copies to the target network.
    public var targetInterval = 50
    /// Errors beyond this count linearly, in units of `rewardScale`.
    public var huberDelta = 1.0
    /// Weight of the conservative gap; 0 is plain Double DQN.
    public var conservativeWeight = 0.1
    /// The last share of steps over which the network's weights are averaged; 0 takes the last network.
    public var averagedShare = 0.5
    /// Currency units that become 1.
    public var rewardScale = 5.0

    public init() {}

    /// Throws `PolicyError.invalidSetting` for a value that cannot work.
    public func validate() throws {
        try PolicyError.require(hidden.allSatisfy { $0 > 0 }, "hidden", hidden, "positive widths")
        try PolicyError.require(steps >= 1, "steps", steps, "at least 1")
        try PolicyError.require(batchSize >= 1, "batchSize", batchSize, "at least 1")
        try PolicyError.require(learningRate > 0 && learningRate < 1, "learningRate", learningRate, "in (0, 1)")
        try PolicyError.require(weightDecay >= 0, "weightDecay", weightDecay, "0 or more")
        try PolicyError.require(targetInterval >= 1, "targetInterval", targetInterval, "at least 1")
        try PolicyError.require(huberDelta > 0, "huberDelta", huberDelta, "positive")
        try PolicyError.require(conservativeWeight >= 0, "conservativeWeight", conservativeWeight, "0 or more")
        try PolicyError.require((0...1).contains(averagedShare), "averagedShare", averagedShare, "in [0, 1]")
        try PolicyError.require(rewardScale > 0, "rewardScale", rewardScale, "positive")
    }
}
