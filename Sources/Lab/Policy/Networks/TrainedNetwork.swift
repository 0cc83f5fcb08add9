import LabNumerics

/// A network in training with what belongs to it: its slow copy, its average over the last steps, its optimiser.
struct TrainedNetwork {
    var online: ActionNetwork
    private(set) var target: ActionNetwork
    /// The mean of online networks since averaging began; its greedy policy is steadier than any single one's.
    /// Source: Izmailov et al., "Averaging Weights Leads to Wider Optima", UAI 2018.
    private var averaged: ActionNetwork
    private var averagedSteps = 0
    private var adam: Adam
    private let clipping: GradientClipping

    init(_ network: ActionNetwork, _ settings: TrainingSettings) {
        online = network
        target = network
        averaged = network
        let rate = Float(settings.learningRate)
        adam =
            settings.weightDecay > 0
            ? .decoupled(learningRate: rate, weightDecay: Float(settings.weightDecay)) : Adam(learningRate: rate)
        clipping = settings.gradientLimit > 0 ? .norm(Float(settings.gradientLimit)) : .none
    }

    /// What was learned: the average where averaging has begun, else the last network.
    var learned: MLP { (averagedSteps > 0 ? averaged : online).plain }

    mutating func copyToTarget() { target.blend(towards: online, rate: 1) }

    /// Takes the online network into the average.
    mutating func average() {
        averagedSteps += 1
        averaged.blend(towards: online, rate: 1 / Float(averagedSteps))
    }

    /// Starts anew from other weights, with a fresh optimiser.
    mutating func restart(_ network: ActionNetwork) {
        online = network
        adam.moments = []
        adam.steps = 0
    }

    /// One step of the optimiser by the gradients on the tape.
    mutating func step(learningRate: Float? = nil) {
        if let learningRate { adam.learningRate = learningRate }
        adam.step(&online.parameters, clipping: clipping)
    }

    /// Keeps everything that a step depends on under `name`.
    func add(to state: inout TrainingState, as name: String) throws {
        state.add(online, as: name + ".online")
        state.add(target, as: name + ".target")
        state.add(averaged, as: name + ".averaged")
        state.add(adam, as: name + ".adam")
        try state.add(averagedSteps, as: name + ".averagedSteps")
    }

    /// Takes back what `add(to:as:)` kept; throws `NumericsError` where it is that of another network.
    mutating func restore(_ state: TrainingState, _ name: String) throws {
        try state.load(&online, name + ".online")
        try state.load(&target, name + ".target")
        try state.load(&averaged, name + ".averaged")
        try state.load(&adam, name + ".adam", for: online)
        averagedSteps = try state.value(name + ".averagedSteps")
    }
}
