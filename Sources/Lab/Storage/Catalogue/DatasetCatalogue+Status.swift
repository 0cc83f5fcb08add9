import Foundation

/// How far a dataset is here.
public enum DatasetState: String, Codable, Sendable {
    case present
    case missing
    /// Some file is here and some other is not.
    case incomplete
    /// Some file differs from its digest.
    case altered
}

/// A dataset's files as they were found.
public struct DatasetStatus: Sendable {
    public var name: String
    public var state: DatasetState
    public var problems: [StorageError]
    public var bytes: Int
}

extension DatasetCatalogue {
    /// Looks at every file of a dataset and compares its digest; `quickly` compares sizes only.
    public func status(of name: String, quickly: Bool = false) throws -> DatasetStatus {
        let manifest = try manifest(name)
        var problems: [StorageError] = []
        var missing = 0
        var altered = false
        for file in manifest.files {
            do {
                if quickly {
                    guard try isPresent(file, manifest) else {
                        throw StorageError.notPulled(dataset: name, file: file.path)
                    }
                } else {
                    _ = try self.file(name, file.path)
                }
            } catch let error as StorageError {
                if case .notPulled = error { missing += 1 } else { altered = true }
                problems.append(error)
            }
        }
        let state: DatasetState =
            altered ? .altered : missing == 0 ? .present : missing == manifest.files.count ? .missing : .incomplete
        return DatasetStatus(
            name: name, state: state, problems: problems, bytes: manifest.files.reduce(0) { $0 + $1.bytes })
    }

    private func isPresent(_ file: DatasetFile, _ manifest: DatasetManifest) throws -> Bool {
        try places(of: file, manifest).contains { url in
            (try? FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int) == file.bytes
        }
    }
}
