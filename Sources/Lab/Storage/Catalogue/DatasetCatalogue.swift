import Foundation

/// The datasets that are known here, and the verified files of those that are present.
///
/// Manifests come from folders, the first of which wins where two know the same name: the project's own, then the
/// workspace's. Working forms lie in `<data folder>/<name>/<path>`; the first data folder is the one that is written.
public struct DatasetCatalogue: Sendable {
    /// Folders with manifests.
    public let manifests: [URL]
    /// Folders with working forms, in the order in which they are looked through.
    public let dataFolders: [URL]
    /// The folder with mirrored origins, if there is one.
    public let mirror: URL?

    /// - Parameters:
    ///   - manifests: folders with `<name>.json`.
    ///   - workspace: its `datasets/` is the last folder with manifests, its `.lab/data` holds the working forms
    ///     unless `data` says where.
    ///   - also: further folders with working forms, only read.
    public init(manifests: URL..., workspace: URL, data: URL? = nil, also: [URL] = [], mirror: URL? = nil) {
        self.manifests = manifests + [workspace.appendingPathComponent("datasets")]
        dataFolders = [data ?? workspace.appendingPathComponent(".lab/data")] + also
        self.mirror = mirror
    }

    /// All names, sorted.
    public var names: [String] {
        let names = manifests.flatMap { folder in
            ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
                .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(".json".count)) }
        }
        return Set(names).sorted()
    }

    /// The manifest of a dataset; throws `.unknownDataset` with the nearest name.
    public func manifest(_ name: String) throws -> DatasetManifest {
        let manifest = try DatasetManifest.read(try manifestFile(name))
        guard manifest.name == name else {
            throw StorageError.invalidManifest(
                file: "\(name).json", reason: "it describes a dataset called \(manifest.name)")
        }
        return manifest
    }

    /// The digest of a dataset's canonical content.
    public func digest(of name: String) throws -> String { try manifest(name).digest }

    /// A file of a dataset, its digest checked.
    ///
    /// Throws `.notPulled` if it is not here and `.wrongDigest` if it was altered.
    public func file(_ dataset: String, _ path: String) throws -> URL {
        let manifest = try manifest(dataset)
        return try verified(try manifest.file(path), of: manifest)
    }

    /// Where the working form of a dataset is or will be.
    public func folder(of name: String) -> URL { dataFolders[0].appendingPathComponent(name) }

    /// The folder of files that are part of this project and lie beside their manifest.
    func committedFolder(_ manifest: DatasetManifest) throws -> URL? {
        guard let folder = manifest.origins.first(where: { $0.kind == .committed })?.folder else { return nil }
        return try manifestFile(manifest.name).deletingLastPathComponent().appendingPathComponent(folder)
    }

    /// Every place where a file of the dataset may lie, in order.
    func places(of file: DatasetFile, _ manifest: DatasetManifest) throws -> [URL] {
        let folders = dataFolders.map { $0.appendingPathComponent(manifest.name) }
        let committed = try committedFolder(manifest).map { [$0] } ?? []
        return (committed + folders).map { $0.appendingPathComponent(file.path) }
    }

    private func verified(_ file: DatasetFile, of manifest: DatasetManifest) throws -> URL {
        let present = try places(of: file, manifest).filter { FileManager.default.fileExists(atPath: $0.path) }
        var problem = StorageError.notPulled(dataset: manifest.name, file: file.path)
        for (index, url) in present.enumerated() {
            let found = try Digest.sha256(file: url)
            if found == file.sha256 { return url }
            if index == 0 { problem = .wrongDigest(path: url.path, expected: file.sha256, found: found) }
        }
        throw problem
    }

    private func manifestFile(_ name: String) throws -> URL {
        let places = manifests.map { $0.appendingPathComponent(name + ".json") }
        if !name.contains("/"), let found = places.first(where: { FileManager.default.fileExists(atPath: $0.path) }) {
            return found
        }
        throw StorageError.unknownDataset(name: name, nearest: NearestName.of(name, among: names))
    }
}
