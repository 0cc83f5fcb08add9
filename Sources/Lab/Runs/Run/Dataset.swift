import Foundation

/// A dataset as a run sees it: a digest that is recorded, and files that were verified.
public struct Dataset: Sendable {
    public let name: String
    /// SHA-256 of the canonical content, in hexadecimal.
    public let digest: String
    private let locate: @Sendable (String) throws -> URL

    public init(name: String, digest: String, locate: @escaping @Sendable (String) throws -> URL) {
        self.name = name
        self.digest = digest
        self.locate = locate
    }

    /// A file of the dataset, verified against its digest; fetched where that is possible and needed.
    public func file(_ path: String) throws -> URL { try locate(path) }
}

/// Where runs get datasets from.
public protocol DatasetSource: Sendable {
    func dataset(_ name: String) throws -> Dataset
}

/// A source without datasets.
public struct NoDatasets: DatasetSource {
    public init() {}
    public func dataset(_ name: String) throws -> Dataset { throw RunsError.unavailableDataset(name: name) }
}

/// A source over datasets that are given: for tests and for users' own programs.
public struct GivenDatasets: DatasetSource {
    private let datasets: [String: Dataset]

    public init(_ datasets: [Dataset]) {
        self.datasets = Dictionary(datasets.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public func dataset(_ name: String) throws -> Dataset {
        guard let dataset = datasets[name] else { throw RunsError.unavailableDataset(name: name) }
        return dataset
    }
}
