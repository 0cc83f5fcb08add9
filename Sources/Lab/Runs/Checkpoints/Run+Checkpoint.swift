import Foundation
import Synchronization

extension Run {
    /// Saves what is needed to go on from `step`; all files that `write` puts into the folder become visible together or
    /// not at all.
    ///
    /// Call it where nothing else logs or writes artifacts: what was measured so far belongs to the checkpoint, what
    /// comes after is cut off when the run is resumed from it. The newest two are kept until the run is sealed.
    ///
    /// - Parameters:
    ///   - step: what the experiment counts; everything up to it is done.
    ///   - write: makes files in the folder that it is given.
    public func checkpoint(step: Int, _ write: (URL) throws -> Void) throws {
        // The log tells of what the checkpoint holds.
        logLines.flush()
        let length = try metrics.sync()
        let manifest = CheckpointManifest(
            run: id, step: step, code: code, configuration: configurationDigest, metricsBytes: length,
            artifacts: try finishedArtifacts(), files: [])
        try CheckpointFolder(run: folder).save(manifest, write)
        checkpointed.withLock { $0 = clock.uptimeNanoseconds() }
    }

    /// Whether the last checkpoint, or the start, is longer ago than the run's interval: for loops whose steps are short.
    public var isCheckpointDue: Bool {
        let last = checkpointed.withLock { $0 }
        return Double(clock.uptimeNanoseconds() &- last) * 1e-9 >= checkpointInterval
    }

    /// The newest sound checkpoint that this run was resumed from; `nil` at a fresh start.
    ///
    /// The experiment runs from its first line: guard what was logged before the loop with `resumption == nil`.
    public var resumption: Checkpoint? { resumed?.checkpoint }

    /// Whether an earlier process has worked on this run.
    public var isResumed: Bool { resumed != nil }

    /// What is complete under `artifacts/`, on disk and with digests.
    private func finishedArtifacts() throws -> [CheckpointManifest.Artifact] {
        var result: [CheckpointManifest.Artifact] = []
        for (name, declaration) in artifacts.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
            let files = try declaration.files ?? hashedFiles(of: name)
            guard !files.isEmpty else { continue }
            artifacts.withLock { $0[name]?.files = files }
            result.append(
                .init(
                    name: name, kind: declaration.kind, deterministic: declaration.deterministic,
                    released: declaration.released, files: files))
        }
        return result
    }

    private func hashedFiles(of name: String) throws -> [Seal.File] {
        let path = RunFiles.artifacts + "/" + name
        let url = folder.appending(path: path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { return [] }
        let paths = isFolder.boolValue ? try FolderContent.files(in: url).map { path + "/" + $0 } : [path]
        return try paths.map { path in
            try DiskFlush.file(folder.appending(path: path))
            return try Seal.File(folder: folder, path: path)
        }
    }
}
