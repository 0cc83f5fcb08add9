public import LabDomain
public import LabNumerics

/// Neural fitted Q iteration: targets stand still while a network is fitted to them, then are computed anew.
///
/// `settings.steps` are divided into iterations; `settings.targetInterval` is not used.
/// Source: Ernst, Geurts and Wehenkel, JMLR 6 (2005), fitted Q iteration; Riedmiller, ECML 2005, by a neural network.
public struct NFQ: Agent {
    public static let name = "nfq"
    public static let summary = "Neural fitted Q iteration (Ernst et al. 2005, Riedmiller 2005)."
    public static let settings = [
        (key: "iterations", documentation: "How often targets are computed anew."),
        (key: "restarts", documentation: "Whether each iteration begins with fresh weights."),
    ]

    public var iterations = 80
    public var restarts = false

    public init() {}

    public func validate() throws {
        try PolicyError.require(iterations >= 1, "iterations", iterations, "at least 1")
    }

    public func learner(features: Int, actions: Int, settings: TrainingSettings, stream: RandomStream)
        -> FittedQIteration
    {
        FittedQIteration(features: features, actions: actions, settings: settings, agent: self, stream: stream)
    }
}

/// Temporal differences towards targets that stand still for an iteration.
public struct FittedQIteration: AgentLearner {
    private var difference: TemporalDifference
    private let interval: Int
    private let restarts: Bool
    private let fresh: (Int) -> ActionNetwork
    private var step = 0

    init(features: Int, actions: Int, settings: TrainingSettings, agent: NFQ, stream: RandomStream) {
        let weights = stream.child("weights")
        let hidden = settings.hidden
        fresh = { iteration in
            ActionNetwork(
                inputs: features, hidden: hidden, outputs: actions,
                stream: iteration == 0 ? weights : weights.child("iteration").child(iteration))
        }
        // Rounded up, so that no iteration is cut short after the last.
        interval = max(1, (settings.steps + agent.iterations - 1) / agent.iterations)
        restarts = agent.restarts
        difference = TemporalDifference(fresh(0), settings: settings, choosesOnline: false)
    }

    public mutating func update(_ batch: ReplayBatch, errors: inout [Float]) -> StepLosses {
        if step > 0, step % interval == 0 {
            difference.copyToTargets()
            if restarts { difference.network.restart(fresh(step / interval)) }
        }
        step += 1
        return difference.update(batch, errors: &errors)
    }

    /// Targets are copied between iterations only.
    public mutating func copyToTargets() {}
    public mutating func average() { difference.average() }
    public func policy(_ frame: LearningFrame) -> any PolicyScorer { difference.policy(frame) }

    public func add(to state: inout TrainingState) throws {
        try difference.add(to: &state)
        try state.add(step, as: "iteration.step")
    }

    public mutating func restore(_ state: TrainingState) throws {
        try difference.restore(state)
        step = try state.value("iteration.step")
    }
}
