import Foundation
import LabDomain
import LabStorage

/// Everything that goes into a bundle, before it is written and signed.
public struct BundleContent: Sendable {
    /// `id`, and the policy's digest, are filled in when it is written.
    public var manifest: BundleManifest
    public var policy: Data
    public var policyDescription: Data
    public var creatives: Data
    public var rollout: RolloutPlan
    /// File name in `evidence/` → bytes.
    public var evidence: [String: Data]

    public init(
        manifest: BundleManifest, policy: Data, policyDescription: Data, creatives: Data, rollout: RolloutPlan,
        evidence: [String: Data]
    ) {
        self.manifest = manifest
        self.policy = policy
        self.policyDescription = policyDescription
        self.creatives = creatives
        self.rollout = rollout
        self.evidence = evidence
    }

    /// Writes everything but the signature; the same content gives the same bytes.
    ///
    /// - Parameter folder: is made; must not hold anything yet.
    /// - Returns: the manifest with its id.
    public func write(to folder: URL) throws -> BundleManifest {
        try rollout.validate()
        var files: [String: Data] = [
            BundleFiles.policy: policy, BundleFiles.policyDescription: policyDescription,
            BundleFiles.creatives: creatives, BundleFiles.rollout: try ServingJSON.encode(rollout),
        ]
        for (name, data) in evidence { files[BundleFiles.evidence + "/" + name] = data }
        var manifest = manifest
        manifest.policy.digest = Digest.sha256(policy)
        manifest.id = try Self.identifier(manifest, others: DigestList(digests: files.mapValues { Digest.sha256($0) }))
        files[BundleFiles.manifest] = try ServingJSON.encode(manifest)
        files[BundleFiles.digests] = Data(DigestList(digests: files.mapValues { Digest.sha256($0) }).text.utf8)
        do {
            try FileManager.default.createDirectory(
                at: folder.appending(path: BundleFiles.evidence), withIntermediateDirectories: true)
        } catch {
            throw ServingError.cannotWrite(path: folder.path, reason: error.localizedDescription)
        }
        for (path, data) in files.sorted(by: { $0.key < $1.key }) {
            try AtomicFile.write(data, to: folder.appending(path: path))
        }
        return manifest
    }

    /// A bundle's id: over the digests of the other files and the manifest without the id.
    static func identifier(_ manifest: BundleManifest, others: DigestList) throws -> String {
        var nameless = manifest
        nameless.id = ""
        return String(Digest.sha256(Data(others.text.utf8) + (try ServingJSON.encode(nameless))).prefix(16))
    }
}
