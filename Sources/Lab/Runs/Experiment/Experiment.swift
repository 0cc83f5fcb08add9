import Foundation

/// One piece of research that can be repeated: a configuration goes in, an evaluation comes out.
///
/// Conform a type, register it in a `Registry`, and `labctl train <name>` runs it with a seed, a sealed folder and
/// lineage. `train` and `evaluate` may block: they run on a thread of their own.
///
/// ```swift
/// struct Coin: Experiment {
///     struct Configuration: ExperimentConfiguration {
///         var tosses = 1_000
///         static let settings = [Setting("tosses", "How often the coin is tossed.")]
///     }
///     static let name = "examples/coin"
///     static let summary = "Tosses a fair coin."
///     static let smoke = Configuration(tosses: 10)
///     func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation { … }
/// }
/// ```
public protocol Experiment: Sendable {
    associatedtype Configuration: ExperimentConfiguration

    /// `area/subject` in lower-case letters, digits and hyphens, for example `policy/dqn`.
    static var name: String { get }

    /// What it does, in one sentence.
    static var summary: String { get }

    /// The sealed runs of other experiments that it reads, by role. Default: none.
    static var inputs: [ExperimentInput] { get }

    /// The same where they depend on the configuration. Default: `inputs`.
    static func inputs(_ configuration: Configuration) throws -> [ExperimentInput]

    /// The names in the dataset catalogue that it reads under a configuration. Default: none.
    static func datasets(_ configuration: Configuration) -> [String]

    /// A short form, at most 20 CPU seconds, whose inputs are smoke runs and whose data holds no real person.
    static var smoke: Configuration { get }

    init()

    /// Does the work and returns what came of it; artifacts and metrics go through `run`.
    func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation

    /// Evaluates what an earlier run trained. Default: throws that there is nothing to evaluate.
    func evaluate(_ configuration: Configuration, trained: SealedRun, _ run: Run) async throws -> Evaluation

    /// Called once after a run was sealed in a workspace, never when it is reproduced: for copies outside the run.
    static func sealed(_ run: SealedRun, in workspace: Workspace) throws
}

extension Experiment {
    public static var inputs: [ExperimentInput] { [] }

    public static func inputs(_ configuration: Configuration) throws -> [ExperimentInput] { inputs }

    public static func datasets(_ configuration: Configuration) -> [String] { [] }

    public func evaluate(_ configuration: Configuration, trained: SealedRun, _ run: Run) async throws -> Evaluation {
        throw RunsError.nothingToEvaluate(experiment: Self.name)
    }

    public static func sealed(_ run: SealedRun, in workspace: Workspace) throws {}
}

/// What an experiment reads from another: the sealed run of `experiment`, known inside as `role`.
public struct ExperimentInput: Codable, Sendable, Hashable {
    /// The name by which `Run.parent(_:)` and `--input role=RUN` know it.
    public let role: String
    /// The name of the experiment whose run fits, and which is run where there is none.
    public let experiment: String
    /// The names of other experiments whose runs fit as well.
    public let others: [String]
    /// Whether the experiment works without it.
    public let optional: Bool

    public init(role: String, experiment: String, others: [String] = [], optional: Bool = false) {
        self.role = role
        self.experiment = experiment
        self.others = others
        self.optional = optional
    }

    /// Whether a run of that experiment fits.
    public func accepts(_ name: String) -> Bool { name == experiment || others.contains(name) }

    /// What fits, for messages.
    var expected: String { ([experiment] + others).joined(separator: " or ") }
}
