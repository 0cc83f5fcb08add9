public import LabNumerics
import RealModule

/// Transitions to draw batches from: a whole log, or the newest transitions of an agent that acts.
public struct ReplayBuffer: Sendable {
    public private(set) var transitions: Transitions
    private let prioritisation: PrioritisedReplay?
    private var tree: SumTree?
    /// The largest weight that was given: new transitions get it, so that each is drawn soon.
    private var topWeight = 1.0
    /// The greatest number of transitions; a full buffer forgets the oldest.
    private let capacity: Int
    /// Where the next transition of a full buffer goes.
    private var head = 0

    /// A buffer of given transitions, to which none is added.
    public init(_ transitions: Transitions, prioritisation: PrioritisedReplay = .off) {
        self.transitions = transitions
        self.prioritisation = prioritisation.isOn ? prioritisation : nil
        capacity = transitions.count
        tree = prioritisation.isOn ? SumTree(Array(repeating: 1, count: transitions.count)) : nil
    }

    /// An empty buffer for so many transitions.
    public init(capacity: Int, features: Int, actions: Int, prioritisation: PrioritisedReplay = .off) {
        transitions = Transitions(featureCount: features, actionCount: actions)
        self.prioritisation = prioritisation.isOn ? prioritisation : nil
        self.capacity = capacity
        tree = prioritisation.isOn ? SumTree(capacity: capacity) : nil
    }

    public var count: Int { transitions.count }

    /// Draws with replacement; with prioritisation one from each of `batch.size` parts of equal weight.
    ///
    /// - Parameter progress: how far the training is, in [0, 1].
    public mutating func draw(_ batch: inout ReplayBatch, stream: inout RandomStream, progress: Double) {
        if let prioritisation, let tree {
            let part = tree.total / Double(batch.size)
            let power = -(prioritisation.correction + (1 - prioritisation.correction) * progress)
            var weights = batch.weights.take() ?? Array(repeating: 1, count: batch.size)
            var largest: Float = 0
            for place in 0..<batch.size {
                let chosen = tree.place(at: (Double(place) + stream.nextDouble()) * part)
                batch.places[place] = chosen
                weights[place] = Float(Self.power(Double(count) * tree[chosen] / tree.total, power))
                largest = max(largest, weights[place])
            }
            for place in 0..<batch.size { weights[place] /= largest }
            batch.weights = weights
        } else {
            for place in 0..<batch.size { batch.places[place] = stream.nextInt(below: count) }
        }
        batch.fill(from: transitions)
    }

    /// Tells how badly a batch's values were predicted, in units of the reward scale; shape [batch].
    public mutating func learn(from errors: [Float], of batch: ReplayBatch) {
        guard let prioritisation, tree != nil else { return }
        for place in 0..<batch.size {
            let weight = Self.power(
                Double(errors[place].magnitude) + PrioritisedReplay.floor, prioritisation.exponent)
            tree?[batch.places[place]] = weight
            topWeight = max(topWeight, weight)
        }
    }

    /// Adds what happened once; a full buffer forgets its oldest transition.
    public mutating func append(
        state: UnsafeBufferPointer<Float>, permitted: UnsafeBufferPointer<Bool>, action: Int, reward: Float,
        discount: Float, next: UnsafeBufferPointer<Float>, nextPermitted: UnsafeBufferPointer<Bool>
    ) {
        if count < capacity {
            let from = transitions.appendRow(state, permitted: permitted)
            let to = transitions.appendRow(next, permitted: nextPermitted)
            transitions.append(state: from, action: Int32(action), reward: reward, discount: discount, next: to)
            let newest = count - 1
            tree?[newest] = topWeight
            return
        }
        let (features, actions) = (transitions.featureCount, transitions.actionCount)
        for feature in 0..<features {
            transitions.observations[2 * head * features + feature] = state[feature]
            transitions.observations[(2 * head + 1) * features + feature] = next[feature]
        }
        for other in 0..<actions {
            transitions.permitted[2 * head * actions + other] = permitted[other]
            transitions.permitted[(2 * head + 1) * actions + other] = nextPermitted[other]
        }
        transitions.actions[head] = Int32(action)
        transitions.rewards[head] = reward
        transitions.discounts[head] = discount
        tree?[head] = topWeight
        head = (head + 1) % capacity
    }

    /// Takes other transitions in the place of all.
    mutating func replace(_ transitions: Transitions) {
        self = ReplayBuffer(transitions, prioritisation: prioritisation ?? .off)
    }

    /// What prioritised replay has learned of the transitions, for a checkpoint; empty without it.
    var priorities: [Double] { tree?.weights ?? [] }

    /// Takes back what `priorities` gave; does nothing where their number is another.
    mutating func restore(priorities: [Double]) {
        guard let capacity = tree?.capacity, priorities.count == capacity else { return }
        tree = SumTree(priorities)
        topWeight = max(1, priorities.max() ?? 1)
    }

    private static func power(_ base: Double, _ exponent: Double) -> Double {
        Double.pow(base, exponent)
    }
}
