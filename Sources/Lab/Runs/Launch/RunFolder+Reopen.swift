import Foundation
import LabStorage
import Logging

/// What an earlier process left of a run.
struct Resumption: Sendable {
    var checkpoint: Checkpoint?
    /// What was complete at the checkpoint.
    var artifacts: [String: ArtifactDeclaration]
    /// Unix seconds of the last line that was written.
    var lastTime: Double
}

extension RunFolder {
    /// Brings a locked folder back to its newest sound checkpoint, or to its start, and goes on in it.
    ///
    /// Every step can be repeated: a kill in between leaves a folder that is resumed in the same way.
    static func reopen(_ left: InterruptedRun, _ plan: RunPlan) throws -> Run {
        let folder = left.folder
        var notes: [String] = []
        let checkpoints = CheckpointFolder(run: folder)
        let checkpoint = try checkpoints.newestSound(of: plan.record, configuration: plan.configuration) {
            notes.append($0)
        }
        checkpoints.remove(after: checkpoint?.step)
        let metrics = folder.appending(path: RunFiles.metrics)
        let lastTime = max(lastTime(of: metrics), lastTime(of: folder.appending(path: RunFiles.log)))
        try LineTail.truncate(metrics, to: checkpoint?.manifest.metricsBytes ?? 0)
        try LineTail.cut(folder.appending(path: RunFiles.log))
        let kept = checkpoint?.manifest.artifacts ?? []
        try removeUnfinished(folder, keeping: Set(kept.flatMap(\.files).map(\.path)))
        var artifacts: [String: ArtifactDeclaration] = [:]
        for artifact in kept {
            artifacts[artifact.name] = ArtifactDeclaration(
                kind: artifact.kind, deterministic: artifact.deterministic, released: artifact.released,
                files: artifact.files, restored: true)
        }
        let run = try Run(
            plan, folder: folder, metrics: LineWriter(metrics), logLines: left.log,
            resumed: Resumption(checkpoint: checkpoint, artifacts: artifacts, lastTime: lastTime))
        for note in notes { run.logger.warning("\(note)") }
        run.logger.info("resumed", metadata: ["from": "\(checkpoint.map { "step \($0.step)" } ?? "the beginning")"])
        return run
    }

    /// Removes what a run makes after its checkpoint; released values stay, since they are out.
    private static func removeUnfinished(_ folder: URL, keeping kept: Set<String>) throws {
        let files = FileManager.default
        let fixed: Set<String> = [
            RunFiles.record, RunFiles.configuration, RunFiles.metrics, RunFiles.log, RunFiles.checkpoints,
            RunFiles.artifacts,
        ]
        try RunsError.writing(folder.path) {
            for name in try files.contentsOfDirectory(atPath: folder.path) where !fixed.contains(name) {
                try files.removeItem(at: folder.appending(path: name))
            }
            let released = RunFiles.artifacts + "/" + RunFiles.released
            for path in try FolderContent.files(in: folder)
            where path.hasPrefix(RunFiles.artifacts + "/") && !kept.contains(path) {
                let isDraft = path.split(separator: "/").last?.hasPrefix(".") ?? false
                if isDraft || !path.hasPrefix(released) { try files.removeItem(at: folder.appending(path: path)) }
            }
            // Deepest first; one that holds something refuses.
            let artifacts = folder.appending(path: RunFiles.artifacts)
            for path in (try? files.subpathsOfDirectory(atPath: artifacts.path))?.sorted().reversed() ?? [] {
                rmdir(artifacts.appending(path: path).path)
            }
        }
    }

    private struct Timed: Decodable { var time: Double }

    private static func lastTime(of file: URL) -> Double {
        LineTail.last(file).flatMap { try? CanonicalJSON.decode(Timed.self, from: $0).time } ?? 0
    }
}
