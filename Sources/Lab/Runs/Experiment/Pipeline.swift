import Foundation

/// Experiments that run one after another, each reading what earlier ones sealed: `labctl <name>`.
public protocol Pipeline: Sendable {
    /// One word in lower case; it becomes a command of `labctl`.
    static var name: String { get }
    /// What it does, in one sentence.
    static var summary: String { get }
    /// In order; a stage's inputs name earlier stages.
    static var stages: [PipelineStage] { get }
    /// The stages whose notes are the answer, shown below the summary; all notes stand in the runs. Default: none.
    static var answers: [String] { get }
    /// Where the report lies when all stages are done. Default: none.
    static var report: PipelineOutput? { get }
    /// Where the bundle lies when all stages are done. Default: none.
    static var bundle: PipelineOutput? { get }
}

extension Pipeline {
    public static var answers: [String] { [] }
    public static var report: PipelineOutput? { nil }
    public static var bundle: PipelineOutput? { nil }
}

/// One step of a pipeline: an experiment, its configuration and where its inputs come from.
public struct PipelineStage: Sendable {
    /// Unique in the pipeline, one word: other stages refer to it by this.
    public let name: String
    /// What people read while it runs.
    public let title: String
    public let experiment: any Experiment.Type
    /// Role of the experiment → name of an earlier stage.
    public let inputs: [String: String]
    /// The names of the figures shown in the summary, in order; empty shows the first three.
    public let figures: [String]
    let start:
        @Sendable (Launcher, _ seed: UInt64, _ smoke: Bool, _ inputs: [String: SealedRun]) async throws -> SealedRun

    /// - Parameters:
    ///   - configuration: used in the full form.
    ///   - smoke: used in the short form; default is the experiment's own.
    public init<E: Experiment>(
        _ name: String, _ title: String, _ experiment: E.Type, configuration: E.Configuration = E.Configuration(),
        smoke: E.Configuration = E.smoke, inputs: [String: String] = [:], figures: [String] = []
    ) {
        self.name = name
        self.title = title
        self.experiment = experiment
        self.inputs = inputs
        self.figures = figures
        start = { launcher, seed, isSmoke, inputs in
            try await launcher.train(
                experiment, configuration: isSmoke ? smoke : configuration, seed: seed, smoke: isSmoke, inputs: inputs)
        }
    }
}

/// Where something that a pipeline makes can be found.
public struct PipelineOutput: Sendable {
    /// The stage that makes it.
    public let stage: String
    let locate: @Sendable (SealedRun, Workspace) throws -> URL?

    /// - Parameter locate: from the stage's sealed run to the file or folder; `nil` where there is none.
    public init(stage: String, locate: @escaping @Sendable (SealedRun, Workspace) throws -> URL?) {
        self.stage = stage
        self.locate = locate
    }

    /// An artifact of the stage's run.
    public static func artifact(_ name: String, of stage: String) -> PipelineOutput {
        PipelineOutput(stage: stage) { run, _ in try run.artifact(name) }
    }
}
