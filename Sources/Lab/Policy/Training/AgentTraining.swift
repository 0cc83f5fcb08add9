public import LabDomain
public import LabNumerics

/// What a training step reports: means since the last report.
public struct TrainingReport: Sendable {
    public let step: Int
    /// Mean loss, in units of the reward scale.
    public let loss: Double
    /// Mean of the agent's own second loss, such as the conservative gap.
    public let second: Double
    /// Mean value of the chosen actions at the batches' successors, currency units.
    public let greedyValue: Double
}

/// The one trainer: draws batches, lets an agent's learner step on them, and keeps its slow copies, averages, priorities
/// and reports. It takes one step at a time, and its state can be kept and restored.
///
/// After the first steps it allocates no memory, except where a feed brings another window.
public struct AgentTraining<Method: Agent> {
    private let settings: TrainingSettings
    private let frame: LearningFrame
    private let every: Int
    private var learner: Method.Learner
    private var buffer: ReplayBuffer
    private var draws: RandomStream
    private var batch: ReplayBatch
    private var errors: [Float]
    private var progress = Progress()
    private var supply: Supply?

    /// What is summed between reports, and how far the training is.
    private struct Progress: Codable {
        var steps = 0
        var loss = 0.0
        var second = 0.0
        var greedyValue = 0.0
    }

    /// What brings the next part of a log larger than memory, and when.
    private struct Supply {
        var feed: JourneyFeed
        /// Where the window in memory stood in the feed.
        var current: JourneyFeed.Position
        var stepsLeft: Int
    }

    /// The part of it that a checkpoint keeps.
    private struct SupplyState: Codable {
        var position: JourneyFeed.Position
        var stepsLeft: Int
    }

    /// - Parameters:
    ///   - stream: its children draw initial weights and batches.
    ///   - every: steps between reports.
    ///
    /// Throws `PolicyError.invalidSetting`, `.emptyLog` where there is nothing to learn from.
    public init(
        _ method: Method, _ settings: TrainingSettings, on dataset: OfflineDataset, stream: RandomStream,
        every: Int = 200
    ) throws {
        guard dataset.count > 0 else { throw PolicyError.emptyLog }
        try self.init(
            method, settings, frame: dataset.frame,
            buffer: ReplayBuffer(dataset.transitions, prioritisation: settings.replay), stream: stream,
            every: every)
    }

    /// A training on a log larger than memory: each window of the feed is drawn from until about as many transitions were
    /// drawn as it holds, then the next takes its place. Prioritised replay begins anew with each window.
    ///
    /// Throws `PolicyError.invalidSetting`, and what reading the feed throws.
    public init(
        _ method: Method, _ settings: TrainingSettings, on feed: JourneyFeed, stream: RandomStream,
        every: Int = 200
    ) throws {
        try settings.validate()
        var feed = feed
        let current = feed.position
        let dataset = try feed.next()
        try self.init(method, settings, on: dataset, stream: stream, every: every)
        supply = Supply(feed: feed, current: current, stepsLeft: Self.stepCount(dataset, settings))
    }

    private static func stepCount(_ dataset: OfflineDataset, _ settings: TrainingSettings) -> Int {
        max(1, dataset.count / settings.batchSize)
    }

    /// Takes the feed's window at its position.
    private mutating func advance() throws {
        guard var supply else { return }
        supply.current = supply.feed.position
        let dataset = try supply.feed.next()
        replace(dataset)
        supply.stepsLeft = Self.stepCount(dataset, settings)
        self.supply = supply
    }

    /// A training on a buffer that is filled while it goes on.
    init(
        _ method: Method, _ settings: TrainingSettings, frame: LearningFrame, buffer: ReplayBuffer,
        stream: RandomStream, every: Int
    ) throws {
        try settings.validate()
        try method.validate()
        self.settings = settings
        self.every = every
        self.frame = frame
        self.buffer = buffer
        let (features, actions) = (frame.schema.features.count, frame.actionCount)
        learner = method.learner(features: features, actions: actions, settings: settings, stream: stream)
        draws = stream.child("batches")
        batch = ReplayBatch(size: settings.batchSize, features: features, actions: actions)
        errors = Array(repeating: 0, count: settings.batchSize)
    }

    public var stepsTaken: Int { progress.steps }
    public var isFinished: Bool { progress.steps >= settings.steps }

    /// What was learned so far.
    public var policy: any PolicyScorer { learner.policy(frame) }

    /// Learns from these transitions from now on, of the same observations and actions: the next part of a log that is
    /// larger than memory.
    public mutating func replace(_ dataset: OfflineDataset) { buffer.replace(dataset.transitions) }

    /// Everything from which the training goes on bit for bit.
    public func state() throws -> TrainingState {
        var state = TrainingState()
        try state.add(Method.name, as: "agent")
        try learner.add(to: &state)
        try state.add(draws, as: "batches")
        try state.add(progress, as: "progress")
        try state.add(buffer.priorities, as: "priorities")
        if let supply {
            try state.add(SupplyState(position: supply.current, stepsLeft: supply.stepsLeft), as: "feed")
        }
        return state
    }

    /// Goes on from a state of a training with the same agent, settings, data and stream.
    ///
    /// Throws `PolicyError.foreignCheckpoint` for that of another agent, `NumericsError` for other networks, and what
    /// reading a feed throws; then nothing was changed.
    public mutating func restore(_ state: TrainingState) throws {
        let name: String = try state.value("agent")
        guard name == Method.name else { throw PolicyError.foreignCheckpoint(agent: Method.name, found: name) }
        var restored = self
        try restored.learner.restore(state)
        restored.draws = try state.value("batches")
        restored.progress = try state.value("progress")
        if supply != nil {
            let kept: SupplyState = try state.value("feed")
            restored.supply?.feed.position = kept.position
            try restored.advance()
            restored.supply?.stepsLeft = kept.stepsLeft
        }
        restored.buffer.restore(priorities: try state.value("priorities"))
        self = restored
    }

    /// One gradient step; a report where one is due.
    ///
    /// Throws `PolicyError.diverged` where the loss is no number, and what reading a feed throws.
    public mutating func step() throws -> TrainingReport? {
        if let supply {
            if supply.stepsLeft == 0 { try advance() }
            self.supply?.stepsLeft -= 1
        }
        buffer.draw(&batch, stream: &draws, progress: Double(progress.steps) / Double(settings.steps))
        let losses = learner.update(batch, errors: &errors)
        progress.steps += 1
        let step = progress.steps
        guard losses.loss.isFinite else { throw PolicyError.diverged(step: step, value: Double(losses.loss)) }
        buffer.learn(from: errors, of: batch)
        progress.loss += Double(losses.loss)
        progress.second += Double(losses.second)
        progress.greedyValue += Double(losses.greedyValue)
        if step % settings.targetInterval == 0 { learner.copyToTargets() }
        if Double(step) > Double(settings.steps) * (1 - settings.averagedShare) { learner.average() }
        guard step % every == 0 || step == settings.steps else { return nil }
        let count = Double(step % every == 0 ? every : step % every)
        defer { (progress.loss, progress.second, progress.greedyValue) = (0, 0, 0) }
        return TrainingReport(
            step: step, loss: progress.loss / count, second: progress.second / count,
            greedyValue: progress.greedyValue / count * Double(frame.rewardScale))
    }
}

extension AgentTraining where Method.Learner: ActingLearner {
    /// Q of one observation in units of the reward scale, without normalisation; shape [actions].
    mutating func score(_ observation: [Float], into scores: inout [Float]) {
        learner.score(observation, into: &scores)
    }

    /// Adds what happened once to what is learned from.
    mutating func remember(
        state: [Float], permitted: [Bool], action: Int, reward: Float, discount: Float, next: [Float],
        nextPermitted: [Bool]
    ) {
        state.withUnsafeBufferPointer { state in
            permitted.withUnsafeBufferPointer { permitted in
                next.withUnsafeBufferPointer { next in
                    nextPermitted.withUnsafeBufferPointer { nextPermitted in
                        buffer.append(
                            state: state, permitted: permitted, action: action, reward: reward, discount: discount,
                            next: next, nextPermitted: nextPermitted)
                    }
                }
            }
        }
    }
}

extension Agent {
    /// Learns a policy from logged transitions.
    ///
    /// - Parameters:
    ///   - stream: its children draw initial weights and batches.
    ///   - every: steps between reports.
    ///   - state: what `checkpoint` gave in an earlier training with the same settings, data and stream; the training
    ///     goes on from there bit for bit.
    ///   - report: called every so many steps; throw from it to stop.
    ///   - checkpoint: called after every step, and after that step's report, with the number of steps taken; calling its
    ///     argument collects the state, which costs a copy of the networks and moments.
    ///
    /// Throws `PolicyError.diverged` where the loss is no number, and as `AgentTraining` does.
    public func train(
        _ settings: TrainingSettings, on dataset: OfflineDataset, stream: RandomStream, every: Int = 200,
        resuming state: TrainingState? = nil, report: (TrainingReport) throws -> Void = { _ in },
        checkpoint: (_ step: Int, _ state: () throws -> TrainingState) throws -> Void = { _, _ in }
    ) throws -> any PolicyScorer {
        var training = try AgentTraining(self, settings, on: dataset, stream: stream, every: every)
        if let state { try training.restore(state) }
        while !training.isFinished {
            if let line = try training.step() { try report(line) }
            try checkpoint(training.stepsTaken) { try training.state() }
        }
        return training.policy
    }
}
