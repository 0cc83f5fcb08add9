public import LabDomain
public import LabNumerics
import RealModule

/// Behaviour cloning: the probabilities with which the log acts, by a softmax over what was permitted.
///
/// Its policy does what the log does most often; with `temperature` it draws as the log does, which also estimates
/// propensities that a log does not state. Source: Pomerleau, Neural Computation 3 (1991).
public struct BehaviorCloning: Agent {
    public static let name = "bc"
    public static let summary = "Behaviour cloning: does what the log does (Pomerleau 1991)."
    public static let settings = [
        (
            key: "temperature",
            documentation: "0 takes the likeliest action, 1 draws as the log does; in between sharper than the log."
        )
    ]

    public var temperature = 0.0

    public init() {}

    public func validate() throws {
        try PolicyError.require(temperature >= 0 && temperature.isFinite, "temperature", temperature, "0 or more")
    }

    public func learner(features: Int, actions: Int, settings: TrainingSettings, stream: RandomStream)
        -> Imitation
    {
        Imitation(
            ActionNetwork(
                inputs: features, hidden: settings.hidden, outputs: actions, stream: stream.child("weights")),
            settings: settings, temperature: temperature)
    }
}

/// Learns logits by cross entropy against logged actions.
public struct Imitation: AgentLearner {
    private var network: TrainedNetwork
    private let tape = Tape()
    private let temperature: Double

    init(_ network: ActionNetwork, settings: TrainingSettings, temperature: Double = 0) {
        self.network = TrainedNetwork(network, settings)
        self.temperature = temperature
    }

    public mutating func update(_ batch: ReplayBatch, errors: inout [Float]) -> StepLosses {
        StepLosses(loss: update(batch, weights: batch.weights, errors: &errors))
    }

    /// One step on cross entropy with a weight for each transition.
    mutating func update(_ batch: ReplayBatch, weights: [Float]?, errors: inout [Float]) -> Float {
        tape.reset()
        let handles = network.online.recorded(on: tape)
        let logits = tape.add(
            network.online.forward(tape.constant(batch.states), parameters: handles, on: tape),
            tape.constant(batch.forbidden))
        let loss = tape.crossEntropy(logits, targets: batch.actions, weights: weights)
        tape.backward(from: loss)
        network.step()
        for place in 0..<batch.size { errors[place] = 1 }
        return tape.scalar(loss)
    }

    /// Logits of the present network, masked with what successors permit, into `scores`: −∞ where a probability is
    /// below `threshold` times the largest.
    mutating func constrain(
        _ batch: ReplayBatch, threshold: Float, _ permitted: inout [Bool], actions: Int
    ) {
        tape.reset()
        let logits = network.online.forward(
            tape.constant(batch.nextStates), parameters: network.online.fixed(on: tape), on: tape)
        tape.withValues(of: logits) { logits in
            Self.constrain(logits, threshold: threshold, allowed: batch.nextPermitted, &permitted, actions: actions)
        }
    }

    /// Leaves of the allowed actions those whose probability is at least `threshold` times the largest allowed one's.
    static func constrain(
        _ logits: UnsafeBufferPointer<Float>, threshold: Float, allowed: [Bool], _ permitted: inout [Bool], actions: Int
    ) {
        let floor = Float.log(threshold)
        for start in stride(from: 0, to: allowed.count, by: actions) {
            var top = -Float.infinity
            for place in start..<start + actions where allowed[place] { top = max(top, logits[place]) }
            for place in start..<start + actions { permitted[place] = allowed[place] && logits[place] >= top + floor }
        }
    }

    public mutating func copyToTargets() {}
    public mutating func average() { network.average() }

    var learned: MLP { network.learned }

    public func policy(_ frame: LearningFrame) -> any PolicyScorer {
        let logits = QNetwork(frame, network: learned, rewardScale: 1)
        return temperature > 0 ? SoftmaxPolicy(logits, temperature: temperature) : GreedyPolicy(logits)
    }

    public func add(to state: inout TrainingState) throws { try network.add(to: &state, as: "imitation") }
    public mutating func restore(_ state: TrainingState) throws { try network.restore(state, "imitation") }
}
