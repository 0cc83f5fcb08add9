import Foundation
import LabStorage
import Synchronization

/// How an artifact's content is compared.
public enum ArtifactKind: String, Codable, Sendable {
    /// Byte by byte.
    case bytes
    /// An SQLite database, whose files are not byte-stable: by schema and sorted rows.
    case sqlite
}

/// What a run declared about an artifact when it wrote it.
struct ArtifactDeclaration: Sendable {
    var kind: ArtifactKind
    var deterministic: Bool
    /// A value that was released; reproduction reads it and never draws again.
    var released = false
    /// What a checkpoint found in it.
    var files: [Seal.File]?
    /// Whether it was complete at the checkpoint that the run went on from: written again, the first copy stays.
    var restored = false
}

extension Run {
    /// Writes an artifact; its file appears under its name only when `write` succeeded.
    ///
    /// In a resumed run, one that was complete at the checkpoint stays as it is; `write` is called all the same.
    ///
    /// - Parameters:
    ///   - name: a relative path such as `model.safetensors` or `bundle/policy.safetensors`.
    ///   - deterministic: whether the same run must give the same content again: no clock, host or path inside.
    ///   - kind: how contents are compared; by default `.sqlite` for names that end so, else `.bytes`.
    ///   - write: makes a file, or a folder of files, at the address that it is given.
    /// - Returns: where the artifact lies.
    @discardableResult
    public func artifact(
        _ name: String, deterministic: Bool = true, kind: ArtifactKind? = nil, _ write: (URL) throws -> Void
    ) throws -> URL {
        let kind = kind ?? (name.hasSuffix(".sqlite") ? .sqlite : .bytes)
        let isRestored = try declare(name, ArtifactDeclaration(kind: kind, deterministic: deterministic))
        let final = folder.appending(path: RunFiles.artifacts).appending(path: name)
        let partial = folder.appending(path: RunFiles.partial).appending(path: ULID.make(at: clock.now()))
        let draft = partial.appending(path: final.lastPathComponent)
        try RunsError.writing(final.path) {
            let files = FileManager.default
            try files.createDirectory(at: partial, withIntermediateDirectories: true)
            defer { try? files.removeItem(at: partial) }
            try write(draft)
            guard files.fileExists(atPath: draft.path) else {
                throw RunsError.defect("artifact '\(name)' of \(reference) was declared but nothing was written")
            }
            try files.createDirectory(at: final.deletingLastPathComponent(), withIntermediateDirectories: true)
            if !isRestored { try files.moveItem(at: draft, to: final) }
        }
        return final
    }

    /// A value that leaves the workspace, computed once: a reproduction reads the original's, a resumed run its own, and
    /// neither draws again.
    ///
    /// - Parameters:
    ///   - name: the value becomes the artifact `released/<name>`.
    ///   - compute: charges the ledger, draws the noise and returns the bytes.
    public func released(_ name: String, _ compute: () throws -> Data) throws -> Data {
        let full = name.hasPrefix(RunFiles.released) ? name : RunFiles.released + name
        let kept = folder.appending(path: RunFiles.artifacts).appending(path: full)
        if resumed != nil, FileManager.default.fileExists(atPath: kept.path) {
            try declare(full, ArtifactDeclaration(kind: .bytes, deterministic: true, released: true))
            return try RunsError.reading(kept.path) { try Data(contentsOf: kept) }
        }
        let data = try original.map { try Data(contentsOf: $0.artifact(full)) } ?? compute()
        // Once the caller has the value it counts as released, so it must be on disk before.
        try artifact(full) { try AtomicFile.write(data, to: $0) }
        artifacts.withLock { $0[full]?.released = true }
        try DiskFlush.folder(kept.deletingLastPathComponent())
        return data
    }

    /// - Returns: whether the artifact was complete before the run was resumed.
    @discardableResult
    private func declare(_ name: String, _ declaration: ArtifactDeclaration) throws -> Bool {
        try checkArtifactName(name)
        return try artifacts.withLock { declared in
            let before = declared[name]
            guard before?.restored ?? true else { throw RunsError.duplicateArtifact(name: name) }
            declared[name] = declaration
            declared[name]?.files = before?.files
            return before != nil
        }
    }

    private func checkArtifactName(_ name: String) throws {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let plain = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !$0.hasPrefix(".") }
        guard plain, !name.contains("\\"), !name.contains("\n") else { throw RunsError.badArtifactName(name) }
    }
}
