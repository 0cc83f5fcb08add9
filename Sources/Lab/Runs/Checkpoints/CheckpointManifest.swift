import Foundation
import LabStorage

/// `.manifest.json` of a checkpoint: what it belongs to, and what must be on disk for it to be sound.
struct CheckpointManifest: Codable, Equatable, Sendable {
    static let currentFormat = 1
    static let name = ".manifest.json"

    /// An artifact that was complete when the checkpoint was taken.
    struct Artifact: Codable, Equatable, Sendable {
        var name: String
        var kind: ArtifactKind
        var deterministic: Bool
        var released: Bool
        /// Paths relative to the run's folder.
        var files: [Seal.File]
    }

    var format = Self.currentFormat
    /// The run's id.
    var run: String
    var step: Int
    var code: CodeVersion
    /// SHA-256 of the configuration in canonical form.
    var configuration: String
    /// The length of `metrics.jsonl`; what follows was measured later and is cut off.
    var metricsBytes: Int
    /// Sorted by name.
    var artifacts: [Artifact]
    /// The checkpoint's own files, sorted by path.
    var files: [Seal.File]
    /// SHA-256 over this manifest's text with an empty digest.
    var digest = ""

    func signed() throws -> CheckpointManifest {
        var copy = self
        copy.digest = ""
        copy.digest = Digest.sha256(try CanonicalJSON.encode(copy))
        return copy
    }

    static func configurationDigest(_ configuration: ConfigurationValue) throws -> String {
        Digest.sha256(try CanonicalJSON.encode(configuration))
    }

    private struct Format: Decodable { var format: Int }

    /// Reads a checkpoint's manifest; `nil` where it cannot be read or is not what was written.
    ///
    /// Errors: `RunsError.unsupportedFormat` for one that a newer version wrote: that is no damage.
    static func read(_ folder: URL) throws -> CheckpointManifest? {
        let url = folder.appending(path: name)
        guard let data = try? Data(contentsOf: url),
            let format = try? CanonicalJSON.decode(Format.self, from: data).format
        else { return nil }
        guard format == currentFormat else {
            throw RunsError.unsupportedFormat(file: url.path, found: format, supported: currentFormat)
        }
        guard let manifest = try? CanonicalJSON.decode(Self.self, from: data), try manifest.signed() == manifest else {
            return nil
        }
        return manifest
    }
}
