/// How any agent is trained: network, steps, optimiser and replay. What is an agent's own stands in its type.
public struct TrainingSettings: Codable, Sendable, Equatable {
    /// Widths of the hidden layers.
    public var hidden = [64, 64]
    /// Gradient steps.
    public var steps = 8_000
    /// Transitions a step.
    public var batchSize = 256
    /// Adam's step size.
    public var learningRate = 5e-4
    /// Decoupled weight decay; 0 is plain Adam.
    public var weightDecay = 0.01
    /// Gradients of a larger joint norm are scaled down to it; 0 leaves them.
    public var gradientLimit = 10.0
    /// Steps between copies to the target network.
    public var targetInterval = 50
    /// Errors beyond this count linearly, in units of `rewardScale`. Small values tame skewed baskets; where ends of episodes are
    /// rare and decide everything, as in CartPole, they are outvoted then, and values can grow without bound.
    public var huberDelta = 1.0
    /// The last share of steps over which the network's weights are averaged; 0 takes the last network.
    public var averagedShare = 0.5
    /// Currency units that become 1.
    public var rewardScale = 5.0
    /// n of the n-step return.
    public var returnSteps = 1
    /// Draws badly predicted transitions more often; off by default.
    public var replay = PrioritisedReplay.off

    public init() {}

    /// Throws `PolicyError.invalidSetting` for a value that cannot work.
    public func validate() throws {
        try PolicyError.require(
            !hidden.isEmpty && hidden.allSatisfy { $0 > 0 }, "hidden", hidden, "positive widths, at least one")
        try PolicyError.require(steps >= 1, "steps", steps, "at least 1")
        try PolicyError.require(batchSize >= 1, "batchSize", batchSize, "at least 1")
        try PolicyError.require(learningRate > 0 && learningRate < 1, "learningRate", learningRate, "in (0, 1)")
        try PolicyError.require(weightDecay >= 0, "weightDecay", weightDecay, "0 or more")
        try PolicyError.require(gradientLimit >= 0, "gradientLimit", gradientLimit, "0 or more")
        try PolicyError.require(targetInterval >= 1, "targetInterval", targetInterval, "at least 1")
        try PolicyError.require(huberDelta > 0, "huberDelta", huberDelta, "positive")
        try PolicyError.require((0...1).contains(averagedShare), "averagedShare", averagedShare, "in [0, 1]")
        try PolicyError.require(rewardScale > 0, "rewardScale", rewardScale, "positive")
        try PolicyError.require(returnSteps >= 1, "returnSteps", returnSteps, "at least 1")
        try replay.validate()
    }
}
