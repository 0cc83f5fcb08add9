public import Foundation

/// What a bundle says of itself; read it only after a `BundleVerifier` found it sound.
public struct BundleSummary: Sendable {
    public let manifest: BundleManifest
    public let rollout: RolloutPlan

    /// Reads both files of a bundle's folder.
    public init(folder: URL) throws {
        manifest = try BundleFolder.manifest(folder)
        rollout = try BundleFolder.rollout(folder)
    }
}
