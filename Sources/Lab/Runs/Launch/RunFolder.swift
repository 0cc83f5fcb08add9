import Foundation
import LabStorage
import Logging
import Synchronization

/// The life of a run's folder: made, filled, sealed or left behind.
enum RunFolder {
    /// Claims a number, takes the lock and writes what is known before the work begins.
    static func create(_ plan: RunPlan, in workspace: Workspace) throws -> Run {
        let folder = try workspace.claimFolder(for: plan.record.experiment)
        do {
            let logLines = try LineWriter(folder.appending(path: RunFiles.log), lock: true)
            let metrics = try LineWriter(folder.appending(path: RunFiles.metrics))
            try write(CanonicalJSON.encodePretty(plan.record), to: folder, RunFiles.record)
            let title = "labctl \(plan.record.verb) \(plan.record.experiment) --config <this file>"
            let yaml = ConfigurationYAML.text(
                plan.configuration, settings: plan.settings, seed: plan.record.seed, title: title)
            try write(Data(yaml.utf8), to: folder, RunFiles.configuration)
            let run = Run(plan, folder: folder, metrics: metrics, logLines: logLines)
            run.logger.info("started", metadata: ["id": "\(run.id)", "verb": "\(run.verb)", "seed": "\(run.seed)"])
            return run
        } catch {
            // Nothing happened in it yet: the number is free again.
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
    }

    /// Writes the evaluation, puts everything on disk, and writes the seal as the last file.
    static func seal(_ run: Run, evaluation: Evaluation, configuration: ConfigurationValue) throws -> SealedRun {
        try write(CanonicalJSON.encodePretty(evaluation), to: run.folder, RunFiles.evaluation)
        try? FileManager.default.removeItem(at: run.folder.appending(path: RunFiles.partial))
        run.logger.info("finished")
        try run.metrics.settle()
        try run.logLines.settle()
        let declared = run.artifacts.withLock { $0 }
        let seal = try Seal.make(
            folder: run.folder, declared: declared, configuration: configuration, at: run.clock.now())
        try write(CanonicalJSON.encodePretty(seal), to: run.folder, RunFiles.seal)
        run.metrics.finish()
        run.logLines.finish()
        return try SealedRun(folder: run.folder)
    }

    /// Leaves the folder as it is, unsealed, with the reason in its log.
    static func abandon(_ run: Run, because error: any Error) {
        run.logger.error("stopped", metadata: ["reason": "\(error)"])
        try? FileManager.default.removeItem(at: run.folder.appending(path: RunFiles.partial))
        run.metrics.finish()
        run.logLines.finish()
    }

    private static func write(_ data: Data, to folder: URL, _ name: String) throws {
        let file = folder.appending(path: name)
        try RunsError.writing(file.path) { try AtomicFile.write(data, to: file) }
    }
}
