import Foundation
import LabStorage

extension Seal {
    /// Reads a finished folder and makes its seal; writes nothing.
    static func make(
        folder: URL, declared: [String: ArtifactDeclaration], configuration: ConfigurationValue, at time: Date
    ) throws -> Seal {
        let files = try FolderContent.files(in: folder).map { path in
            try File(folder: folder, path: path)
        }
        let prefix = RunFiles.artifacts + "/"
        let artifacts = try files.filter { $0.path.hasPrefix(prefix) }.map { file in
            let name = String(file.path.dropFirst(prefix.count))
            let declaration = Self.declaration(of: name, in: declared)
            let content =
                switch declaration.kind {
                case .bytes: file.sha256
                case .sqlite: Digest.sha256(try SQLite.canonicalDump(folder.appending(path: file.path)))
                }
            return Artifact(
                name: name, kind: declaration.kind, deterministic: declaration.deterministic,
                released: declaration.released, content: content)
        }
        let result = try ResultDigest.compute(
            folder: folder, configuration: configuration,
            artifacts: artifacts.filter(\.deterministic))
        var seal = Seal(resultDigest: result, sealDigest: "", files: files, artifacts: artifacts, sealed: time)
        seal.sealDigest = try seal.computedSealDigest()
        return seal
    }

    /// The declaration of an artifact, or of the folder that it lies in.
    private static func declaration(of name: String, in declared: [String: ArtifactDeclaration]) -> ArtifactDeclaration
    {
        var parts = name.split(separator: "/")
        while !parts.isEmpty {
            if var found = declared[parts.joined(separator: "/")] {
                if parts.joined(separator: "/") != name { found.kind = name.hasSuffix(".sqlite") ? .sqlite : .bytes }
                return found
            }
            parts.removeLast()
        }
        return ArtifactDeclaration(kind: .bytes, deterministic: false)
    }
}

extension Seal.File {
    init(folder: URL, path: String) throws {
        let url = folder.appending(path: path)
        let attributes = try RunsError.reading(url.path) { try FileManager.default.attributesOfItem(atPath: url.path) }
        self.init(
            path: path, bytes: (attributes[.size] as? NSNumber)?.intValue ?? 0, sha256: try Digest.sha256(file: url))
    }
}

/// What lies in a run's folder.
enum FolderContent {
    /// The relative paths of all files but the seal and checkpoints, sorted.
    static func files(in folder: URL) throws -> [String] {
        let path = folder.path
        let all = try RunsError.reading(path) { try FileManager.default.subpathsOfDirectory(atPath: path) }
        return all.filter { relative in
            if relative.hasPrefix(RunFiles.checkpoints + "/") { return false }
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: path + "/" + relative, isDirectory: &isFolder)
            return exists && !isFolder.boolValue && relative != RunFiles.seal
        }.sorted()
    }
}
