import Foundation
import LabDomain
import LabStorage
import Logging
import Synchronization

/// The life of a run's folder: made, filled, sealed or left behind.
enum RunFolder {
    /// The last message in the log of a run that failed.
    static let stopped = "stopped"

    /// Takes the lock, writes what is known before the work begins, and claims a number: the run appears complete, so
    /// that one that can be seen can be resumed.
    static func create(_ plan: RunPlan, in workspace: Workspace) throws -> Run {
        let draft = try workspace.draftFolder(for: plan.record.experiment)
        do {
            let logLines = try LineWriter(draft.appending(path: RunFiles.log), lock: true)
            let metrics = try LineWriter(draft.appending(path: RunFiles.metrics))
            let isGiven = [.capture, .import].contains(plan.record.verb)
            let title = isGiven ? nil : "labctl \(plan.record.verb) \(plan.record.experiment) --config <this file>"
            let yaml = ConfigurationYAML.text(
                plan.configuration, settings: plan.settings, seed: plan.record.seed, title: title)
            // The power going takes the whole folder or nothing of value: the seal flushes what it covers.
            try write(CanonicalJSON.encodePretty(plan.record), to: draft, RunFiles.record)
            try write(Data(yaml.utf8), to: draft, RunFiles.configuration)
            let folder = try workspace.claimNumber(for: draft)
            metrics.moved(to: folder.appending(path: RunFiles.metrics))
            logLines.moved(to: folder.appending(path: RunFiles.log))
            let run = try Run(plan, folder: folder, metrics: metrics, logLines: logLines)
            run.logger.info("started", metadata: ["verb": "\(run.verb)", "seed": "\(run.seed)"])
            return run
        } catch {
            // Nothing happened in it yet.
            try? FileManager.default.removeItem(at: draft)
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
            folder: run.folder, declared: declared, configuration: configuration, at: run.time.now)
        try finish(seal, in: run.folder)
        CheckpointFolder(run: run.folder).remove()
        run.metrics.finish()
        run.logLines.finish()
        return try SealedRun(folder: run.folder)
    }

    /// The seal gets its name when it, all that it covers and the names leading there are on disk.
    private static func finish(_ seal: Seal, in folder: URL) throws {
        let draft = folder.appending(path: ".seal")
        try write(CanonicalJSON.encodePretty(seal), to: folder, draft.lastPathComponent)
        var places = [draft, folder, folder.deletingLastPathComponent()]
        for file in seal.files {
            let url = folder.appending(path: file.path)
            places.append(url)
            if file.path.contains("/") { places.append(url.deletingLastPathComponent()) }
        }
        try DiskFlush.all(Array(Set(places)))
        let final = folder.appending(path: RunFiles.seal)
        guard rename(draft.path, final.path) == 0 else { throw RunsError.system(errno, writing: final.path) }
        try DiskFlush.folder(folder)
    }

    /// Leaves the folder as it is, unsealed, with the reason in its log.
    static func abandon(_ run: Run, because error: any Error) {
        if (error as? RunsError) == .interrupted(run: run.reference) || error is CancellationError {
            run.logger.notice("interrupted")
        } else {
            let reason = (error as? any ReportableError)?.what ?? "\(error)"
            run.logger.error("\(stopped)", metadata: ["reason": "\(reason)"])
        }
        try? FileManager.default.removeItem(at: run.folder.appending(path: RunFiles.partial))
        run.metrics.finish()
        run.logLines.finish()
    }

    /// Writes a file without waiting for the disk, which Foundation's own `write` does for every file.
    static func write(_ data: Data, to folder: URL, _ name: String) throws {
        let path = folder.appending(path: name).path
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw RunsError.system(errno, writing: path) }
        defer { close(descriptor) }
        try data.withUnsafeBytes { bytes in
            var offset = 0
            while offset < bytes.count {
                let count = Foundation.write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw RunsError.system(errno, writing: path) }
                offset += count
            }
        }
    }
}
