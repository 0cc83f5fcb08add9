/// One episode: T steps and T + 1 observations.
public struct Journey: Sendable, Equatable {
    /// (T + 1) × width, row-major.
    public var observations: [Float]
    public var actions: [Int32]
    public var rewards: [Double]
    /// The process ended with the last step.
    public var terminated: Bool
    /// The log was cut behind the last step.
    public var truncated: Bool
    public var infos: [String: JourneyInfo]

    public init(
        observations: [Float] = [], actions: [Int32] = [], rewards: [Double] = [], terminated: Bool = true,
        truncated: Bool = false, infos: [String: JourneyInfo] = [:]
    ) {
        self.observations = observations
        self.actions = actions
        self.rewards = rewards
        self.terminated = terminated
        self.truncated = truncated
        self.infos = infos
    }
}
