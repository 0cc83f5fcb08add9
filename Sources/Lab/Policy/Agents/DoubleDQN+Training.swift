public import LabNumerics
import LabSimulation

/// What a training step reports.
public struct TrainingReport: Sendable {
    public let step: Int
    /// Mean loss since the last report, in units of the reward scale.
    public let loss: Double
    /// Mean conservative gap since the last report.
    public let gap: Double
    /// Mean Q of the greedy permitted action at the last batch's successors, currency units.
    public let greedyValue: Double
}

extension DoubleDQN {
    /// Learns Q from logged transitions.
    ///
    /// - Parameters:
    ///   - stream: its children draw initial weights and batches.
    ///   - every: steps between reports.
    ///   - report: called every so many steps; throw from it to stop.
    ///
    /// Throws `PolicyError.diverged` where the loss is no number.
    public func train(
        on dataset: OfflineDataset, stream: RandomStream, every: Int = 200,
        report: (TrainingReport) throws -> Void = { _ in }
    ) throws -> QNetwork {
        try validate()
        let actions = dataset.log.actionCount
        let sizes = [dataset.log.featureCount] + hidden + [actions]
        var trainer = QTrainer(
            MLP(sizes: sizes, stream: stream.child("weights")), learningRate: learningRate, weightDecay: weightDecay,
            huberDelta: huberDelta, conservativeWeight: conservativeWeight)
        var draws = stream.child("batches")
        var batch = ReplayBatch(size: batchSize, features: dataset.log.featureCount)
        var forbidden = Matrix(rows: batchSize, columns: actions)
        let nextPermitted = dataset.nextPermitted
        var targets = Matrix(rows: batchSize, columns: 1)
        var (online, slow) = (forbidden, forbidden)
        var (lossSum, gapSum, greedySum) = (0.0, 0.0, 0.0)
        for step in 1...steps {
            batch.draw(dataset, stream: &draws)
            trainer.begin()
            trainer.evaluate(batch.nextStates, online: &online, slow: &slow)
            greedySum = 0
            for place in 0..<batchSize {
                let decision = batch.decisions[place]
                var best = -1
                for action in 0..<actions {
                    forbidden[place, action] = dataset.log.permitted[decision * actions + action] ? 0 : -1e6
                    guard nextPermitted[decision * actions + action] else { continue }
                    if best < 0 || online[place, action] > online[place, best] { best = action }
                }
                targets[place, 0] = batch.rewards[place] + batch.discounts[place] * slow[place, best]
                greedySum += Double(online[place, best])
            }
            let (loss, gap) = trainer.step(batch, targets: targets, forbidden: forbidden)
            guard loss.isFinite else { throw PolicyError.diverged(step: step, value: Double(loss)) }
            lossSum += Double(loss)
            gapSum += Double(gap)
            if step % targetInterval == 0 { trainer.copyToTarget() }
            if Double(step) > Double(steps) * (1 - averagedShare) { trainer.average() }
            if step % every == 0 || step == steps {
                let count = Double(step % every == 0 ? every : step % every)
                try report(
                    TrainingReport(
                        step: step, loss: lossSum / count, gap: gapSum / count,
                        greedyValue: greedySum / Double(batchSize) * rewardScale))
                (lossSum, gapSum) = (0, 0)
            }
        }
        return QNetwork(
            schema: dataset.log.schema, actionCount: actions, mean: dataset.mean, deviation: dataset.deviation,
            rewardScale: dataset.rewardScale, network: averagedShare > 0 ? trainer.averaged : trainer.online)
    }
}
