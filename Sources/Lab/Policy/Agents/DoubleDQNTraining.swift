import LabDomain
public import LabNumerics
import LabSimulation

/// Double DQN in the middle of its training: takes one step at a time, and its state can be kept and restored.
///
/// After the first steps it allocates no memory.
public struct DoubleDQNTraining {
    private let agent: DoubleDQN
    private let dataset: OfflineDataset
    private let every: Int
    private let nextPermitted: [Bool]
    private var trainer: QTrainer
    private var draws: RandomStream
    private var batch: ReplayBatch
    /// [batch, actions]: what the loss adds to forbidden actions' Q, and Q of both networks at the successors.
    private var forbidden: Matrix
    private var online: Matrix
    private var slow: Matrix
    private var targets: Matrix
    private var progress = Progress()

    /// What is summed between reports, and how far the training is.
    private struct Progress: Codable {
        var steps = 0
        var loss = 0.0
        var gap = 0.0
    }

    /// - Parameters:
    ///   - stream: its children draw initial weights and batches.
    ///   - every: steps between reports.
    ///
    /// Throws `PolicyError.invalidSetting`.
    public init(_ agent: DoubleDQN, on dataset: OfflineDataset, stream: RandomStream, every: Int = 200) throws {
        try agent.validate()
        self.agent = agent
        self.dataset = dataset
        self.every = every
        let actions = dataset.log.actionCount
        let sizes = [dataset.log.featureCount] + agent.hidden + [actions]
        trainer = QTrainer(
            MLP(sizes: sizes, stream: stream.child("weights")), learningRate: agent.learningRate,
            weightDecay: agent.weightDecay, huberDelta: agent.huberDelta, conservativeWeight: agent.conservativeWeight)
        draws = stream.child("batches")
        batch = ReplayBatch(size: agent.batchSize, features: dataset.log.featureCount)
        forbidden = Matrix(rows: agent.batchSize, columns: actions)
        online = forbidden
        slow = forbidden
        targets = Matrix(rows: agent.batchSize, columns: 1)
        nextPermitted = dataset.nextPermitted
    }

    public var stepsTaken: Int { progress.steps }

    /// What was learned so far: the mean of the last share of networks, or the last one where none is averaged yet.
    public var network: QNetwork {
        QNetwork(
            schema: dataset.log.schema, actionCount: dataset.log.actionCount, mean: dataset.mean,
            deviation: dataset.deviation, rewardScale: dataset.rewardScale,
            network: agent.averagedShare > 0 ? trainer.averaged : trainer.online)
    }

    /// Everything from which the training goes on bit for bit.
    public func state() throws -> TrainingState {
        var state = TrainingState()
        try trainer.add(to: &state)
        try state.add(draws, as: "batches")
        try state.add(progress, as: "progress")
        return state
    }

    /// Goes on from a state of a training with the same settings, data and stream.
    ///
    /// Throws `NumericsError` where it is one of other networks; then nothing was changed.
    public mutating func restore(_ state: TrainingState) throws {
        var restored = self
        try restored.trainer.restore(state)
        restored.draws = try state.value("batches")
        restored.progress = try state.value("progress")
        self = restored
    }

    /// One gradient step; a report where one is due.
    ///
    /// Throws `PolicyError.diverged` where the loss is no number.
    public mutating func step() throws -> TrainingReport? {
        batch.draw(dataset, stream: &draws)
        trainer.begin()
        trainer.evaluate(batch.nextStates, online: &online, slow: &slow)
        let greedySum = chooseTargets()
        let (loss, gap) = trainer.step(batch, targets: targets, forbidden: forbidden)
        progress.steps += 1
        let step = progress.steps
        guard loss.isFinite else { throw PolicyError.diverged(step: step, value: Double(loss)) }
        progress.loss += Double(loss)
        progress.gap += Double(gap)
        if step % agent.targetInterval == 0 { trainer.copyToTarget() }
        if Double(step) > Double(agent.steps) * (1 - agent.averagedShare) { trainer.average() }
        guard step % every == 0 || step == agent.steps else { return nil }
        let count = Double(step % every == 0 ? every : step % every)
        defer { (progress.loss, progress.gap) = (0, 0) }
        return TrainingReport(
            step: step, loss: progress.loss / count, gap: progress.gap / count,
            greedyValue: greedySum / Double(agent.batchSize) * agent.rewardScale)
    }

    /// Writes the batch's targets and masks; returns the sum of Q of the greedy permitted actions.
    private mutating func chooseTargets() -> Double {
        let actions = dataset.log.actionCount
        var greedySum = 0.0
        for place in 0..<agent.batchSize {
            let row = batch.decisions[place] * actions
            var best = -1
            for action in 0..<actions {
                forbidden[place, action] = dataset.log.permitted[row + action] ? 0 : -1e6
                guard nextPermitted[row + action] else { continue }
                if best < 0 || online[place, action] > online[place, best] { best = action }
            }
            targets[place, 0] = batch.rewards[place] + batch.discounts[place] * slow[place, best]
            greedySum += Double(online[place, best])
        }
        return greedySum
    }
}
