import LabNumerics

/// What every learner of Q shares: an online network, its slow copy, an optimiser and one gradient step towards given
/// targets. A new agent differs in how it computes targets.
struct QTrainer {
    var online: MLP
    private(set) var target: MLP
    /// The mean of online networks since averaging began; its greedy policy is steadier than any single one's.
    /// Source: Izmailov et al., "Averaging Weights Leads to Wider Optima", UAI 2018.
    private(set) var averaged: MLP
    private var averagedSteps = 0
    private var adam: Adam
    private let tape = Tape()
    private let huberDelta: Float
    private let conservativeWeight: Float

    init(_ network: MLP, learningRate: Double, weightDecay: Double, huberDelta: Double, conservativeWeight: Double) {
        online = network
        target = network
        averaged = network
        adam = .decoupled(learningRate: Float(learningRate), weightDecay: Float(weightDecay))
        self.huberDelta = Float(huberDelta)
        self.conservativeWeight = Float(conservativeWeight)
    }

    mutating func copyToTarget() { target.blend(towards: online, rate: 1) }

    /// Takes the online network into the average.
    mutating func average() {
        averagedSteps += 1
        averaged.blend(towards: online, rate: 1 / Float(averagedSteps))
    }

    /// Keeps everything that a step depends on.
    func add(to state: inout TrainingState) throws {
        state.add(online, as: "online")
        state.add(target, as: "target")
        state.add(averaged, as: "averaged")
        state.add(adam, as: "adam")
        try state.add(averagedSteps, as: "averagedSteps")
    }

    /// Takes back what `add(to:)` kept; throws `NumericsError` where it is that of other networks.
    mutating func restore(_ state: TrainingState) throws {
        try state.load(&online, "online")
        try state.load(&target, "target")
        try state.load(&averaged, "averaged")
        try state.load(&adam, "adam", for: online)
        averagedSteps = try state.value("averagedSteps")
    }

    /// Begins a step: what the last one left on the tape is forgotten.
    mutating func begin() { tape.reset() }

    /// Writes Q of the target network at `states` [batch, features] into `slow` [batch, actions].
    mutating func evaluate(_ states: Matrix, slow: inout Matrix) {
        evaluate(target, at: tape.constant(states), into: &slow)
    }

    /// The same for the online and the target network.
    mutating func evaluate(_ states: Matrix, online fast: inout Matrix, slow: inout Matrix) {
        let input = tape.constant(states)
        evaluate(online, at: input, into: &fast)
        evaluate(target, at: input, into: &slow)
    }

    private func evaluate(_ network: MLP, at input: Variable, into values: inout Matrix) {
        let output = network.forward(input, parameters: network.fixed(on: tape), on: tape)
        tape.copyValues(of: output, into: &values)
    }

    /// One step on Huber's loss of Q(s, a) against `targets` [batch, 1], and on the conservative gap
    /// log Σ exp Q(s, ·) − Q(s, a) over permitted actions. Source: Kumar et al., NeurIPS 2020, equation 4.
    ///
    /// - Parameter forbidden: [batch, actions]: 0 where permitted, very negative elsewhere.
    mutating func step(_ batch: ReplayBatch, targets: Matrix, forbidden: Matrix) -> (loss: Float, gap: Float) {
        let parameters = online.recorded(on: tape)
        let values = online.forward(tape.constant(batch.states), parameters: parameters, on: tape)
        let taken = tape.gather(values, columns: batch.actions)
        let error = tape.huber(taken, target: targets, delta: huberDelta)
        var loss = error
        var gap: Float = 0
        if conservativeWeight > 0 {
            let open = tape.logSoftmax(tape.add(values, tape.constant(forbidden)))
            let conservative = tape.scale(tape.mean(tape.gather(open, columns: batch.actions)), by: -1)
            gap = tape.scalar(conservative)
            loss = tape.add(error, tape.scale(conservative, by: conservativeWeight))
        }
        tape.backward(from: loss)
        adam.step(&online.parameters, clipping: .norm(10))
        return (tape.scalar(error), gap)
    }
}
