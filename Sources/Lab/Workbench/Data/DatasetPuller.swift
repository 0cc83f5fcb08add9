import Foundation
import LabStorage

/// Gets datasets from their origins into the workspace's data folder.
///
/// Origins are tried in the manifest's order; every file's digest is checked before it is opened and again in the
/// working form. A dataset appears whole or not at all. A wrong digest ends the attempt with an error that names both.
public struct DatasetPuller: Sendable {
    /// What came of a pull.
    public struct Outcome: Sendable, Encodable {
        public var name: String
        /// False when everything was here already.
        public var pulled: Bool
        public var origin: String?
        public var bytes: Int
        public var folder: String
    }

    let catalogue: DatasetCatalogue
    let report: @Sendable (String) -> Void

    /// - Parameter report: is told in one line what is being done.
    public init(_ catalogue: DatasetCatalogue, report: @escaping @Sendable (String) -> Void = { _ in }) {
        self.catalogue = catalogue
        self.report = report
    }

    /// The datasets that the shipped pipelines need.
    public func mainNames() throws -> [String] {
        try catalogue.names.filter { try catalogue.manifest($0).isMain }
    }

    /// Gets a dataset; does nothing if it is here and unaltered. Throws `StorageError`.
    public func pull(_ name: String) throws -> Outcome {
        let manifest = try catalogue.manifest(name)
        let status = try catalogue.status(of: name)
        var outcome = Outcome(
            name: name, pulled: false, origin: nil, bytes: status.bytes, folder: catalogue.folder(of: name).path)
        if status.state == .present { return outcome }
        var attempts: [String] = []
        for origin in manifest.origins where origin.kind == .mirror || origin.kind == .pythonPackage {
            do {
                try pull(manifest, from: origin)
                outcome.pulled = true
                outcome.origin = origin.title
                return outcome
            } catch let error as StorageError {
                switch error {
                case .notFound(let path): attempts.append("\(origin.title): no \(path)")
                case .cannotRead(_, let reason): attempts.append("\(origin.title): \(reason)")
                default: throw error
                }
            }
        }
        if let problem = status.problems.first, attempts.isEmpty { throw problem }
        throw StorageError.unavailable(dataset: name, attempts: attempts)
    }

    private func pull(_ manifest: DatasetManifest, from origin: DatasetOrigin) throws {
        guard origin.kind != .mirror || catalogue.mirror != nil else {
            throw StorageError.cannotRead(path: "LAB_MIRROR", reason: "LAB_MIRROR is not set")
        }
        let size = (origin.contentSize ?? manifest.files.reduce(0) { $0 + $1.bytes })
        report("\(manifest.name): \(origin.title), \(Self.size(size))")
        let data = catalogue.dataFolders[0]
        try makeFolder(data)
        let staging = data.appendingPathComponent(".\(manifest.name).\(UUID().uuidString).partial")
        try makeFolder(staging)
        defer { try? FileManager.default.removeItem(at: staging) }
        let work = staging.appendingPathComponent("work")
        let ready = staging.appendingPathComponent("ready")
        try makeFolder(work)
        try makeFolder(ready)
        let found = try bytes(of: origin, work)
        for file in origin.files {
            let bytes = found[file.path] ?? Data()
            let digest = Digest.sha256(bytes)
            guard digest == file.sha256 else {
                throw StorageError.wrongDigest(
                    path: "\(file.path) of \(origin.title)", expected: file.sha256, found: digest)
            }
            let made = try OriginSteps.apply(file.steps, to: bytes, in: work)
            let wanted = try manifest.file(file.gives)
            guard Digest.sha256(made) == wanted.sha256 else {
                throw StorageError.wrongDigest(
                    path: file.gives, expected: wanted.sha256, found: Digest.sha256(made))
            }
            let target = ready.appendingPathComponent(file.gives)
            try makeFolder(target.deletingLastPathComponent())
            try AtomicFile.write(made, to: target)
        }
        try replace(catalogue.folder(of: manifest.name), with: ready, old: staging.appendingPathComponent("old"))
    }

    private func bytes(of origin: DatasetOrigin, _ work: URL) throws -> [String: Data] {
        guard origin.kind == .mirror, let mirror = catalogue.mirror else {
            return try PythonPackage(origin: origin, folder: work).files()
        }
        var files: [String: Data] = [:]
        for file in origin.files {
            let url = mirror.appendingPathComponent(origin.folder ?? "").appendingPathComponent(file.path)
            guard FileManager.default.fileExists(atPath: url.path) else {
                throw StorageError.notFound(path: url.path)
            }
            do {
                files[file.path] = try Data(contentsOf: url)
            } catch {
                throw StorageError.cannotRead(path: url.path, reason: error.localizedDescription)
            }
        }
        return files
    }

    /// Puts the new folder in place of one that is there, which stays until the new one is.
    private func replace(_ folder: URL, with ready: URL, old: URL) throws {
        if FileManager.default.fileExists(atPath: folder.path), rename(folder.path, old.path) != 0 {
            throw StorageError.system(errno, path: folder.path, writing: true)
        }
        guard rename(ready.path, folder.path) == 0 else {
            let code = errno
            rename(old.path, folder.path)
            throw StorageError.system(code, path: folder.path, writing: true)
        }
    }

    private func makeFolder(_ url: URL) throws {
        if FileManager.default.fileExists(atPath: url.path) { return }
        try Folder.make(url)
    }

    /// `32 MB`.
    static func size(_ bytes: Int) -> String {
        if bytes < 1000 { return "\(bytes) bytes" }
        if bytes < 1_000_000 { return "\(bytes / 1000) kB" }
        return "\((bytes + 500_000) / 1_000_000) MB"
    }
}
