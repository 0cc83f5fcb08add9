import Foundation
import LabStorage

/// `.checkpoints` of a run that is not sealed: one folder a step, the newest two kept.
struct CheckpointFolder: Sendable {
    static let kept = 2

    /// The run's folder.
    let run: URL

    var root: URL { run.appending(path: RunFiles.checkpoints) }

    /// The steps of all checkpoints, newest first.
    var steps: [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        return names.compactMap { Int($0) }.sorted(by: >)
    }

    /// Writes a checkpoint beside the others and gives it its name when all of it is on disk.
    func save(_ manifest: CheckpointManifest, _ write: (URL) throws -> Void) throws {
        let files = FileManager.default
        let draft = root.appending(path: ".draft")
        let final = root.appending(path: String(manifest.step))
        let replaced = root.appending(path: ".replaced")
        try RunsError.writing(final.path) {
            try? files.removeItem(at: draft)
            try files.createDirectory(at: draft, withIntermediateDirectories: true)
            try write(draft)
            var manifest = manifest
            manifest.files = try FolderContent.files(in: draft).map { path in
                try DiskFlush.file(draft.appending(path: path))
                return try Seal.File(folder: draft, path: path)
            }
            try AtomicFile.write(
                CanonicalJSON.encode(manifest.signed()), to: draft.appending(path: CheckpointManifest.name))
            // A folder cannot be renamed over a full one; until the second rename the older checkpoint holds.
            try? files.removeItem(at: replaced)
            if files.fileExists(atPath: final.path) { try files.moveItem(at: final, to: replaced) }
            guard rename(draft.path, final.path) == 0 else { throw RunsError.system(errno, writing: final.path) }
            try DiskFlush.folder(root)
        }
        try? files.removeItem(at: replaced)
        for step in steps.dropFirst(Self.kept) { try? files.removeItem(at: root.appending(path: String(step))) }
    }

    /// The newest checkpoint of which every byte is there; what is wrong with newer ones is told to `note`.
    ///
    /// Errors: `RunsError` where a sound checkpoint belongs to another version of the code, another configuration or
    /// another format: going on from an older one would hide that.
    func newestSound(
        of record: RunRecord, configuration: ConfigurationValue, note: (String) -> Void
    ) throws -> Checkpoint? {
        for step in steps {
            let folder = root.appending(path: String(step))
            guard let manifest = try CheckpointManifest.read(folder), manifest.step == step, manifest.run == record.id
            else {
                note("checkpoint \(step) is damaged: its manifest cannot be read")
                continue
            }
            guard manifest.code == record.code else {
                throw RunsError.otherCode(
                    run: SealFile.reference(run), before: manifest.code.digest, now: record.code.digest)
            }
            guard try manifest.configuration == CheckpointManifest.configurationDigest(configuration) else {
                throw RunsError.changedInput(run: SealFile.reference(run), what: RunFiles.configuration)
            }
            let checkpoint = Checkpoint(step: step, folder: folder, manifest: manifest)
            do {
                try verify(checkpoint)
                return checkpoint
            } catch RunsError.damaged(_, let file, let problem) {
                note("checkpoint \(step) is damaged: \(file) \(problem)")
            }
        }
        return nil
    }

    private func verify(_ checkpoint: Checkpoint) throws {
        for file in checkpoint.manifest.files { try checkpoint.verify(file) }
        for file in checkpoint.manifest.artifacts.flatMap(\.files) {
            guard FileManager.default.fileExists(atPath: run.appending(path: file.path).path),
                try Seal.File(folder: run, path: file.path) == file
            else {
                throw RunsError.damaged(
                    run: SealFile.reference(run), file: file.path, problem: "is not what it was at the checkpoint")
            }
        }
        guard try LineTail.endsLine(run.appending(path: RunFiles.metrics), at: checkpoint.manifest.metricsBytes) else {
            throw RunsError.damaged(
                run: SealFile.reference(run), file: RunFiles.metrics, problem: "is shorter than at the checkpoint")
        }
    }

    /// Removes all checkpoints, or those after a step, with whatever was not finished.
    func remove(after step: Int? = nil) {
        let files = FileManager.default
        guard let step else {
            try? files.removeItem(at: root)
            return
        }
        for name in (try? files.contentsOfDirectory(atPath: root.path)) ?? [] where Int(name) ?? .max > step {
            try? files.removeItem(at: root.appending(path: name))
        }
    }
}
