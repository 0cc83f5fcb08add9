/// The names of the files in a bundle.
public enum BundleFiles {
    public static let manifest = "bundle.json"
    public static let policy = "policy.safetensors"
    public static let policyDescription = "policy.json"
    public static let creatives = "creatives.json"
    public static let rollout = "rollout.json"
    /// What speaks for and against: verdicts and evaluations.
    public static let evidence = "evidence"
    /// Digests of all files above, as `sha256sum --check` reads them.
    public static let digests = "MANIFEST.sha256"
    /// The only folder that differs between two bundles of the same runs.
    public static let signature = "signature"
    public static let envelope = "signature/statement.dsse.json"
    public static let publicKey = "signature/public-key.pem"

    static func isSignature(_ path: String) -> Bool { path == envelope || path == publicKey }
}
