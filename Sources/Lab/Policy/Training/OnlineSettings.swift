/// How an agent learns by acting.
public struct OnlineSettings: Codable, Sendable, Equatable {
    /// Decisions that are taken in all.
    public var decisions = 500_000
    /// Transitions that are kept to learn from; the oldest are forgotten.
    public var bufferSize = 10_000
    /// Decisions before the first gradient step.
    public var learningStarts = 10_000
    /// Decisions between gradient steps.
    public var trainInterval = 10
    /// Customers that are served in turn.
    public var actors = 1
    public var exploration = Exploration()

    public init() {}

    /// Throws `PolicyError.invalidSetting` for a value that cannot work.
    public func validate() throws {
        try PolicyError.require(decisions >= 1, "decisions", decisions, "at least 1")
        try PolicyError.require(bufferSize >= 1, "bufferSize", bufferSize, "at least 1")
        try PolicyError.require(learningStarts >= 1, "learningStarts", learningStarts, "at least 1")
        try PolicyError.require(trainInterval >= 1, "trainInterval", trainInterval, "at least 1")
        try PolicyError.require(actors >= 1, "actors", actors, "at least 1")
        try exploration.validate()
    }

    /// Gradient steps that this makes.
    public var gradientSteps: Int { max(0, (decisions - learningStarts) / trainInterval) }
}
