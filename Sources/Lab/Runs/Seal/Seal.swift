import Foundation
import LabStorage

/// `seal.json`: written last, when everything else of a run is on disk, and never changed.
///
/// `sealDigest` covers every byte of the folder. `resultDigest` covers what the same configuration, seed, data and code
/// must give again: configuration, metrics without times, evaluation and the deterministic artifacts.
public struct Seal: Codable, Sendable, Equatable {
    public static let currentFormat = 1

    /// A file of the run's folder, with its path relative to it.
    public struct File: Codable, Sendable, Hashable {
        public var path: String
        public var bytes: Int
        public var sha256: String
    }

    /// An artifact as it was declared; a folder of files is one artifact a file.
    public struct Artifact: Codable, Sendable, Hashable {
        /// Relative to `artifacts/`.
        public var name: String
        public var kind: ArtifactKind
        public var deterministic: Bool
        public var released: Bool
        /// What is compared: SHA-256 of the bytes, or of a database's canonical dump.
        public var content: String
    }

    public var format = Seal.currentFormat
    public var resultDigest: String
    public var sealDigest: String
    /// Sorted by path.
    public var files: [File]
    /// Sorted by name.
    public var artifacts: [Artifact]
    /// UTC, in whole seconds.
    public var sealed: Date

    /// The digest over this seal's own text without the digest itself.
    func computedSealDigest() throws -> String {
        var copy = self
        copy.sealDigest = ""
        return Digest.sha256(try CanonicalJSON.encode(copy))
    }
}
