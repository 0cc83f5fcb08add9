import Foundation

/// What a run does.
public enum Verb: String, Codable, Sendable, CaseIterable {
    case train
    case eval
    /// Runs a program of the user's: `labctl run`.
    case capture
    /// Takes over a run of another program.
    case `import`
}

/// `run.json`: what a run is made from. Written before the work begins; a study adds its cells when they are sealed.
public struct RunRecord: Codable, Sendable, Equatable {
    /// The version of the folder's layout that this library writes.
    public static let currentFormat = 1

    /// A sealed run that was read.
    public struct Parent: Codable, Sendable, Hashable {
        public var id: String
        public var experiment: String

        public init(id: String, experiment: String) {
            self.id = id
            self.experiment = experiment
        }
    }

    public var format: Int
    /// ULID; references and lineage use it.
    public var id: String
    public var experiment: String
    public var verb: Verb
    /// Whether it used the short form; smoke runs read smoke runs.
    public var smoke: Bool
    public var seed: UInt64
    /// UTC, in whole seconds.
    public var started: Date
    /// By role; the run that was evaluated has the role `trained`.
    public var parents: [String: Parent]
    /// SHA-256 of each dataset that was declared, by name.
    public var datasets: [String: String]
    public var code: CodeVersion
    /// Processor kernels, BLAS and threads, as `NumericProfile` writes them.
    public var numericProfile: ConfigurationValue
    /// Where an imported run comes from; absent in others.
    public var origin: RunOrigin?
    /// The names, never the values, of the environment variables that a captured program saw; absent in others.
    public var environment: [String]?

    /// The role under which an evaluation reads what was trained.
    public static let trainedRole = "trained"
}

/// Which program made a run.
public struct CodeVersion: Codable, Sendable, Hashable {
    /// SHA-256 over `Sources/` and `Package.swift`, which fixes the dependencies' versions; `unknown` where it is.
    public var digest: String

    public init(digest: String) { self.digest = digest }

    public static let unknown = CodeVersion(digest: "unknown")
}
