import Foundation
import LabRuns

/// What a command that runs experiments stands on: launcher, progress and Ctrl-C.
struct Session {
    let launcher: Launcher
    let progress: ProgressDisplay
    let registry: Registry

    init(_ common: CommonOptions, _ saving: SavingOptions? = nil) {
        registry = LabCommand.registry
        progress = ProgressDisplay(console: Console.current, quiet: common.quiet)
        var launcher = Launcher(
            workspace: common.place, datasets: LabCommand.datasets(in: common.place),
            owner: ProcessInfo.processInfo.environment["LAB_OWNER"] ?? "local", code: LabCommand.code,
            observer: progress)
        if let saving {
            launcher.flushing = saving.flush
            launcher.checkpointInterval = saving.checkpointEvery
        }
        self.launcher = launcher
    }

    /// Goes on with an interrupted run.
    func resume(_ reference: String, _ common: CommonOptions) async throws -> SealedRun {
        try await launcher.resume(common.place.folder(of: reference), registry: registry)
    }

    /// Does `work` so that Ctrl-C stops it at the next step boundary and a second one at once.
    func interruptible<Result>(_ work: () async throws -> Result) async throws -> Result {
        let signals = SignalWatch(interruption: launcher.interruption)
        defer {
            progress.close()
            signals.stop()
        }
        return try await work()
    }
}
