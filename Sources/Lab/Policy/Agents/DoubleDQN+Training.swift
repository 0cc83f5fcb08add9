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
    ///   - state: what `checkpoint` gave in an earlier training with the same settings, data and stream; the training
    ///     goes on from there bit for bit.
    ///   - report: called every so many steps; throw from it to stop.
    ///   - checkpoint: called after every step, and after that step's report, with the number of steps taken; calling its
    ///     argument collects the state, which costs a copy of three networks and the moments.
    ///
    /// Throws `PolicyError.diverged` where the loss is no number, `NumericsError` where `state` does not fit.
    public func train(
        on dataset: OfflineDataset, stream: RandomStream, every: Int = 200, resuming state: TrainingState? = nil,
        report: (TrainingReport) throws -> Void = { _ in },
        checkpoint: (_ step: Int, _ state: () throws -> TrainingState) throws -> Void = { _, _ in }
    ) throws -> QNetwork {
        var training = try DoubleDQNTraining(self, on: dataset, stream: stream, every: every)
        if let state { try training.restore(state) }
        while training.stepsTaken < steps {
            if let line = try training.step() { try report(line) }
            try checkpoint(training.stepsTaken) { try training.state() }
        }
        return training.network
    }
}
