import LabStorage

/// Datasets of a catalogue: present before a run begins, verified whenever a file is asked for.
public struct CatalogueDatasets: DatasetSource {
    private let catalogue: DatasetCatalogue
    private let fetch: (@Sendable (String) throws -> Void)?

    /// - Parameter fetch: brings a dataset that is not here; without it, that is an error.
    public init(_ catalogue: DatasetCatalogue, fetch: (@Sendable (String) throws -> Void)? = nil) {
        self.catalogue = catalogue
        self.fetch = fetch
    }

    public func dataset(_ name: String) throws -> Dataset {
        if try catalogue.status(of: name, quickly: true).state != .present {
            try fetch?(name)
            if let problem = try catalogue.status(of: name, quickly: true).problems.first { throw problem }
        }
        let catalogue = catalogue
        return Dataset(name: name, digest: try catalogue.digest(of: name)) { try catalogue.file(name, $0) }
    }
}
