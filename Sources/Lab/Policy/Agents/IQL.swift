public import LabDomain
public import LabNumerics
import RealModule

/// Implicit Q-learning for discrete actions: never asks for the value of an action that the log does not show.
///
/// V(s) is the τ-expectile of Q⁻(s, a) over logged actions, Q follows r + γ^elapsed · V(s′), and the policy imitates the log
/// with weights exp(β (Q⁻ − V)), cut off at 100. Source: Kostrikov, Nair and Levine, ICLR 2022, equations 5 to 7; one Q
/// network instead of the smaller of two.
public struct IQL: Agent {
    public static let name = "iql"
    public static let summary = "Implicit Q-learning for discrete actions (Kostrikov et al. 2022)."
    public static let settings = [
        (key: "expectile", documentation: "τ: 0.5 values what the log does, near 1 the best that it does."),
        (
            key: "temperature",
            documentation: "β: how much the policy prefers better than average actions, per reward scale."
        ),
    ]

    public var expectile = 0.8
    public var temperature = 10.0

    public init() {}

    public func validate() throws {
        try PolicyError.require(expectile > 0 && expectile < 1, "expectile", expectile, "in (0, 1)")
        try PolicyError.require(temperature >= 0 && temperature.isFinite, "temperature", temperature, "0 or more")
    }

    public func learner(features: Int, actions: Int, settings: TrainingSettings, stream: RandomStream)
        -> ImplicitQ
    {
        func network(_ name: String, _ outputs: Int) -> ActionNetwork {
            ActionNetwork(inputs: features, hidden: settings.hidden, outputs: outputs, stream: stream.child(name))
        }
        return ImplicitQ(
            values: network("weights", actions), worth: network("worth", 1),
            imitation: Imitation(network("imitation", actions), settings: settings), settings: settings, agent: self)
    }
}

/// Q, V and a weighted imitation, one step each.
public struct ImplicitQ: AgentLearner {
    private var values: TrainedNetwork
    private var worth: TrainedNetwork
    private var imitation: Imitation
    private let tape = Tape()
    private let expectile: Float
    private let temperature: Float
    private let huberDelta: Float
    /// [batch, 1] targets of V and of Q.
    private var slow: Matrix
    private var targets: Matrix
    private var weights: [Float]
    private var preferences: [Float]

    init(
        values: ActionNetwork, worth: ActionNetwork, imitation: Imitation, settings: TrainingSettings, agent: IQL
    ) {
        self.values = TrainedNetwork(values, settings)
        self.worth = TrainedNetwork(worth, settings)
        self.imitation = imitation
        expectile = Float(agent.expectile)
        temperature = Float(agent.temperature)
        huberDelta = Float(settings.huberDelta)
        slow = Matrix(rows: settings.batchSize, columns: 1)
        targets = slow
        weights = Array(repeating: 1, count: settings.batchSize)
        preferences = weights
    }

    public mutating func update(_ batch: ReplayBatch, errors: inout [Float]) -> StepLosses {
        let worthLoss = updateWorth(batch)
        // The policy first: its helper writes errors of its own, which Q's replace.
        _ = imitation.update(batch, weights: preferences, errors: &errors)
        var losses = updateValues(batch, &errors)
        losses.second = worthLoss
        return losses
    }

    /// V towards the expectile of Q⁻, whose weight is τ where Q⁻ lies above V and 1 − τ below; notes on the way what the
    /// policy and Q need of V.
    private mutating func updateWorth(_ batch: ReplayBatch) -> Float {
        tape.reset()
        let states = tape.constant(batch.states)
        let scores = values.target.forward(states, parameters: values.target.fixed(on: tape), on: tape)
        let taken = tape.gather(scores, columns: batch.actions)
        let following = worth.online.forward(
            tape.constant(batch.nextStates), parameters: worth.online.fixed(on: tape), on: tape)
        let handles = worth.online.recorded(on: tape)
        let expected = worth.online.forward(states, parameters: handles, on: tape)
        var greedy: Float = 0
        tape.withValues(of: taken) { taken in
            tape.withValues(of: expected) { expected in
                tape.withValues(of: following) { following in
                    for place in 0..<batch.size {
                        let advantage = taken[place] - expected[place]
                        let importance = batch.weights?[place] ?? 1
                        slow.elements[place] = taken[place]
                        weights[place] = importance * (advantage > 0 ? expectile : 1 - expectile)
                        preferences[place] = importance * min(Float.exp(temperature * advantage), 100)
                        targets.elements[place] = batch.rewards[place] + batch.discounts[place] * following[place]
                        greedy += following[place]
                    }
                }
            }
        }
        greedyValue = greedy / Float(max(batch.size, 1))
        let loss = tape.squaredError(expected, target: slow, weights: weights)
        tape.backward(from: loss)
        worth.step()
        return tape.scalar(loss)
    }

    private var greedyValue: Float = 0

    private mutating func updateValues(_ batch: ReplayBatch, _ errors: inout [Float]) -> StepLosses {
        tape.reset()
        let handles = values.online.recorded(on: tape)
        let scores = values.online.forward(tape.constant(batch.states), parameters: handles, on: tape)
        let taken = tape.gather(scores, columns: batch.actions)
        tape.withValues(of: taken) { taken in
            for place in 0..<batch.size { errors[place] = targets.elements[place] - taken[place] }
        }
        let loss = tape.huber(taken, target: targets, delta: huberDelta, weights: batch.weights)
        tape.backward(from: loss)
        values.step()
        return StepLosses(loss: tape.scalar(loss), greedyValue: greedyValue)
    }

    public mutating func copyToTargets() { values.copyToTarget() }

    public mutating func average() {
        values.average()
        worth.average()
        imitation.average()
    }

    public func policy(_ frame: LearningFrame) -> any PolicyScorer { imitation.policy(frame) }

    public func add(to state: inout TrainingState) throws {
        try values.add(to: &state, as: "q")
        try worth.add(to: &state, as: "v")
        try imitation.add(to: &state)
    }

    public mutating func restore(_ state: TrainingState) throws {
        try values.restore(state, "q")
        try worth.restore(state, "v")
        try imitation.restore(state)
    }
}
