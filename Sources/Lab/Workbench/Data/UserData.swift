import Foundation
import GRDB
import LabStorage

/// Brings a user's own CSV or JSON Lines into a workspace as a dataset.
///
/// Writes `<data>/<name>/rows.jsonl` (the rows with their meanings as keys, which is what digests cover),
/// `<data>/<name>/data.sqlite` (the same in a table `rows`, and what was rejected in `quarantine`),
/// `<data>/<name>/profile.json`, and the manifest `<workspace>/datasets/<name>.json`. All of it or nothing.
public struct UserData {
    let workspace: URL
    let catalogue: DatasetCatalogue

    public init(workspace: URL, catalogue: DatasetCatalogue) {
        self.workspace = workspace
        self.catalogue = catalogue
    }

    /// Adds `file` under the map's name, or the file's own; `replacing` allows a dataset of that name to be replaced.
    ///
    /// Throws `StorageError`: a column that is not there is named with the nearest that is.
    public func add(_ file: URL, map: UserMap, replacing: Bool = false) throws -> DatasetProfile {
        let name = try map.name(for: file)
        let manifestURL = workspace.appendingPathComponent("datasets/\(name).json")
        if !replacing, FileManager.default.fileExists(atPath: manifestURL.path) {
            throw StorageError.datasetExists(name: name)
        }
        let records = try UserRecords(file, map)
        let data = catalogue.dataFolders[0]
        let staging = data.appendingPathComponent(".\(name).\(UUID().uuidString).partial")
        let ready = staging.appendingPathComponent("ready")
        try Folder.make(ready)
        defer { try? FileManager.default.removeItem(at: staging) }

        let database = ready.appendingPathComponent("data.sqlite")
        let table = try UserTable(database, map)
        let rows = try table.fill(from: records)
        var profile = try table.profile(name: name, file: file.lastPathComponent)
        try table.close()
        guard profile.rows > 0 else {
            throw StorageError.noUsableRows(
                file: file.path,
                reason: profile.reasons.first.map { "of \(profile.rejected), \($0.count) × \($0.value)" }
                    ?? "there is nothing after its first line")
        }
        let rowsURL = ready.appendingPathComponent("rows.jsonl")
        try AtomicFile.write(rows, to: rowsURL)
        let manifest = DatasetManifest(
            name: name, summary: map.summary, licence: map.licence, citation: "the user's own data",
            files: [
                DatasetFile(
                    path: "rows.jsonl", bytes: rows.count, encoding: "application/jsonlines",
                    sha256: Digest.sha256(rows))
            ], commercialUse: map.commercialUse, permittedUse: "as the licence says: \(map.licence)",
            origins: [DatasetOrigin(kind: .workspace, files: [])])
        profile.digest = manifest.digest
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        try AtomicFile.write(try encoder.encode(profile), to: ready.appendingPathComponent("profile.json"))
        try Folder.make(manifestURL.deletingLastPathComponent())
        try place(ready, manifest, manifestURL, old: staging.appendingPathComponent("old"))
        return profile
    }

    /// The data first, then the manifest that makes them known.
    func place(_ ready: URL, _ manifest: DatasetManifest, _ manifestURL: URL, old: URL) throws {
        let folder = catalogue.folder(of: manifest.name)
        let replaced = rename(folder.path, old.path) == 0
        guard rename(ready.path, folder.path) == 0 else {
            let code = errno
            if replaced { rename(old.path, folder.path) }
            throw StorageError.system(code, path: folder.path, writing: true)
        }
        do {
            try manifest.write(to: manifestURL)
        } catch {
            rename(folder.path, ready.path)
            if replaced { rename(old.path, folder.path) }
            throw error
        }
    }
}
