import ArgumentParser
import LabRuns

extension MetricFlushing: ExpressibleByArgument {}

/// How carefully a run saves what it has; nothing of it changes the result.
struct SavingOptions: ParsableArguments {
    @Option(help: "When a measurement is on disk: 'buffered' (within 200 ms) or 'each' (before training goes on).")
    var flush = MetricFlushing.buffered

    @Option(help: ArgumentHelp("Least time between two checkpoints.", valueName: "seconds"))
    var checkpointEvery = Launcher.defaultCheckpointInterval
}
