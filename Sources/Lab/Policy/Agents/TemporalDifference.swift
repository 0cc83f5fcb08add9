public import LabDomain
public import LabNumerics

/// Learns Q by temporal differences: r + γ^elapsed · Q⁻(s′, a′) with a′ the best permitted action of the successor, so that
/// a forbidden action is never bootstrapped from. DQN, Double DQN, dueling networks, fitted Q and conservative Q are
/// settings of this learner.
public struct TemporalDifference: ActingLearner {
    var network: TrainedNetwork
    private let tape = Tape()
    private let choosesOnline: Bool
    private let conservativeWeight: Float
    private let huberDelta: Float
    private var targets: Matrix
    private let actionCount: Int

    /// - Parameters:
    ///   - choosesOnline: whether the online network chooses a′ (Double DQN) rather than the slow one that values it.
    ///   - conservativeWeight: weight of log Σ exp Q(s, ·) − Q(s, a) over permitted actions.
    init(
        _ network: ActionNetwork, settings: TrainingSettings, choosesOnline: Bool, conservativeWeight: Double = 0
    ) {
        self.network = TrainedNetwork(network, settings)
        self.choosesOnline = choosesOnline
        self.conservativeWeight = Float(conservativeWeight)
        huberDelta = Float(settings.huberDelta)
        targets = Matrix(rows: settings.batchSize, columns: 1)
        actionCount = network.sizes[network.sizes.count - 1]
    }

    public mutating func update(_ batch: ReplayBatch, errors: inout [Float]) -> StepLosses {
        update(batch, nextPermitted: batch.nextPermitted, errors: &errors)
    }

    /// The same where only `nextPermitted` [batch, actions] of the successors' actions count.
    mutating func update(_ batch: ReplayBatch, nextPermitted: [Bool], errors: inout [Float]) -> StepLosses {
        tape.reset()
        let greedyValue = chooseTargets(batch, nextPermitted)
        let handles = network.online.recorded(on: tape)
        let values = network.online.forward(tape.constant(batch.states), parameters: handles, on: tape)
        let taken = tape.gather(values, columns: batch.actions)
        tape.withValues(of: taken) { taken in
            for place in 0..<batch.size { errors[place] = targets.elements[place] - taken[place] }
        }
        let error = tape.huber(taken, target: targets, delta: huberDelta, weights: batch.weights)
        var losses = StepLosses(loss: tape.scalar(error), greedyValue: greedyValue)
        var loss = error
        if conservativeWeight > 0 {
            let open = tape.logSoftmax(tape.add(values, tape.constant(batch.forbidden)))
            let gap = tape.scale(tape.mean(tape.gather(open, columns: batch.actions)), by: -1)
            losses.second = tape.scalar(gap)
            loss = tape.add(error, tape.scale(gap, by: conservativeWeight))
        }
        tape.backward(from: loss)
        network.step()
        return losses
    }

    /// Writes the batch's targets; returns the mean value of the chosen actions.
    private mutating func chooseTargets(_ batch: ReplayBatch, _ nextPermitted: [Bool]) -> Float {
        let input = tape.constant(batch.nextStates)
        let slow = network.target.forward(input, parameters: network.target.fixed(on: tape), on: tape)
        let chooser =
            choosesOnline ? network.online.forward(input, parameters: network.online.fixed(on: tape), on: tape) : slow
        return tape.withValues(of: slow) { slow in
            tape.withValues(of: chooser) { scores in
                targets.fill(batch, nextPermitted, actionCount, scores: scores, values: slow)
            }
        }
    }

    public mutating func score(_ observation: [Float], into scores: inout [Float]) {
        tape.reset()
        let input = tape.constant(rows: 1, columns: observation.count) { _ = $0.update(fromContentsOf: observation) }
        let values = network.online.forward(input, parameters: network.online.fixed(on: tape), on: tape)
        tape.withValues(of: values) { values in
            for action in 0..<actionCount { scores[action] = values[action] }
        }
    }

    public mutating func copyToTargets() { network.copyToTarget() }
    public mutating func average() { network.average() }

    public func policy(_ frame: LearningFrame) -> any PolicyScorer {
        GreedyPolicy(QNetwork(frame, network: network.learned))
    }

    public func add(to state: inout TrainingState) throws { try network.add(to: &state, as: "q") }
    public mutating func restore(_ state: TrainingState) throws { try network.restore(state, "q") }
}

extension Matrix {
    /// Writes r + γ^elapsed · value of the best permitted action for each transition of a batch into a column; returns the
    /// mean of those values.
    mutating func fill(
        _ batch: ReplayBatch, _ nextPermitted: [Bool], _ actionCount: Int, scores: UnsafeBufferPointer<Float>,
        values: UnsafeBufferPointer<Float>
    ) -> Float {
        var sum: Float = 0
        nextPermitted.withUnsafeBufferPointer { permitted in
            guard let scores = scores.baseAddress, let permitted = permitted.baseAddress else { return }
            for place in 0..<batch.size {
                let row = place * actionCount
                let best = ActionChoice.best(scores + row, permitted + row, actionCount)
                let value = best < 0 ? 0 : values[row + best]
                elements[place] = batch.rewards[place] + batch.discounts[place] * value
                sum += value
            }
        }
        return sum / Float(Swift.max(batch.size, 1))
    }
}
