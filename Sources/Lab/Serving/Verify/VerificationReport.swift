/// What a bundle's verification found.
public struct VerificationReport: Codable, Sendable, Equatable {
    /// One thing that is not as it was signed.
    public struct Fault: Codable, Sendable, Equatable {
        public enum Kind: String, Codable, Sendable {
            case missing
            case changed
            case added
            case malformed
            case unsigned
            case wrongKey
            case policy
            case rollout
        }

        public var kind: Kind
        /// Relative to the bundle.
        public var file: String
        public var problem: String

        public init(_ kind: Kind, _ file: String, _ problem: String) {
            self.kind = kind
            self.file = file
            self.problem = problem
        }

        /// In one sentence.
        public var sentence: String { "\(file) \(problem)" }
    }

    /// Whose key the signature was checked with.
    public enum Trust: String, Codable, Sendable {
        /// The key that the reader gave.
        case given
        /// The reader's own.
        case own
        /// Only the key inside the bundle: proves that nothing changed since signing, not who signed.
        case enclosed
    }

    public var path: String
    /// `nil` where bundle.json cannot be read.
    public var manifest: BundleManifest?
    public var files: Int
    public var keyFingerprint: String?
    public var trust: Trust?
    public var statement: BundleStatement?
    public var faults: [Fault]
    /// Why it may not go to production; empty where that was not asked.
    public var objections: [String]

    init(path: String) {
        self.path = path
        files = 0
        faults = []
        objections = []
    }

    /// Nothing differs from what was signed.
    public var isSound: Bool { faults.isEmpty }

    /// Throws `ServingError.notVerified` where there are faults, `.refusedForProduction` where there are objections.
    public func check() throws {
        guard faults.isEmpty else { throw ServingError.notVerified(path: path, faults: faults.map(\.sentence)) }
        guard objections.isEmpty else {
            throw ServingError.refusedForProduction(bundle: manifest?.id ?? path, reasons: objections)
        }
    }
}
