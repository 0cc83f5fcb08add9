public import LabDomain
public import LabNumerics
import LabSimulation

/// Fitted Q evaluation: learns the value of a given policy from a log by the same networks and steps as the agents.
///
/// Target: r + γ^elapsed · Σ π(a′|s′) Q⁻(s′, a′). No weights, so little variance; but its bias has no bound.
/// Source: Le, Voloshin and Yue, ICML 2019.
public struct FittedQEvaluation: Codable, Sendable, Equatable {
    /// Widths of the hidden layers.
    public var hidden = [64, 64]
    public var steps = 2_000
    public var batchSize = 256
    public var learningRate = 1e-3
    public var targetInterval = 25
    /// Errors beyond this count linearly; means need large values of it, since baskets are skewed.
    public var huberDelta = 100.0

    public init() {}

    /// Throws `PolicyError.invalidSetting` for a value that cannot work.
    public func validate() throws {
        try PolicyError.require(hidden.allSatisfy { $0 > 0 }, "hidden", hidden, "positive widths")
        try PolicyError.require(steps >= 1, "steps", steps, "at least 1")
        try PolicyError.require(batchSize >= 1, "batchSize", batchSize, "at least 1")
        try PolicyError.require(learningRate > 0 && learningRate < 1, "learningRate", learningRate, "in (0, 1)")
        try PolicyError.require(targetInterval >= 1, "targetInterval", targetInterval, "at least 1")
        try PolicyError.require(huberDelta > 0, "huberDelta", huberDelta, "positive")
    }

    /// Learns Q of `policy` from logged transitions.
    ///
    /// - Parameter check: called every 100 steps; throw from it to stop.
    public func fit(
        _ policy: any PolicyScorer, on dataset: OfflineDataset, stream: RandomStream,
        check: (_ step: Int) throws -> Void = { _ in }
    ) throws -> QNetwork {
        let actions = dataset.log.actionCount
        let following = try policy.probabilities(
            states: dataset.nextObservations, permitted: dataset.nextPermitted)
        var network = TrainedNetwork(
            ActionNetwork(
                inputs: dataset.log.featureCount, hidden: hidden, outputs: actions, stream: stream.child("weights")),
            settings)
        var buffer = ReplayBuffer(dataset.transitions)
        var draws = stream.child("batches")
        var batch = ReplayBatch(size: batchSize, features: dataset.log.featureCount, actions: actions)
        var targets = Matrix(rows: batchSize, columns: 1)
        let tape = Tape()
        for step in 1...steps {
            buffer.draw(&batch, stream: &draws, progress: 0)
            tape.reset()
            let slow = network.target.forward(
                tape.constant(batch.nextStates), parameters: network.target.fixed(on: tape), on: tape)
            tape.withValues(of: slow) { slow in
                for place in 0..<batchSize {
                    let row = batch.places[place] * actions
                    var expectation: Float = 0
                    for action in 0..<actions {
                        expectation += following[row + action] * slow[place * actions + action]
                    }
                    targets[place, 0] = batch.rewards[place] + batch.discounts[place] * expectation
                }
            }
            let handles = network.online.recorded(on: tape)
            let values = network.online.forward(tape.constant(batch.states), parameters: handles, on: tape)
            let error = tape.huber(
                tape.gather(values, columns: batch.actions), target: targets, delta: Float(huberDelta))
            let loss = tape.scalar(error)
            guard loss.isFinite else { throw PolicyError.diverged(step: step, value: Double(loss)) }
            tape.backward(from: error)
            network.step()
            if step % targetInterval == 0 { network.copyToTarget() }
            if step % 100 == 0 { try check(step) }
        }
        return QNetwork(dataset.frame, network: network.learned)
    }

    private var settings: TrainingSettings {
        var settings = TrainingSettings()
        settings.learningRate = learningRate
        settings.weightDecay = 0
        return settings
    }
}
