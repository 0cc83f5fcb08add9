import Foundation

/// What a pipeline made.
public struct PipelineResult: Sendable {
    /// A stage that is done.
    public struct Stage: Sendable {
        public let stage: PipelineStage
        public let run: SealedRun
        /// Wall-clock time.
        public let seconds: Double

        /// The figures that the stage wants to be shown, else the first three of its evaluation.
        public var keyFigures: [Figure] {
            let chosen = stage.figures.compactMap { run.evaluation.figure($0) }
            return chosen.isEmpty ? Array(run.evaluation.figures.prefix(3)) : chosen
        }
    }

    public let stages: [Stage]
    public let report: URL?
    public let bundle: URL?
}

extension Launcher {
    /// Runs all stages in order, each on what the earlier ones sealed.
    ///
    /// - Parameter onStage: hears the stage's index before it starts.
    public func run<P: Pipeline>(
        _ pipeline: P.Type, smoke: Bool = false, seed: UInt64 = LaunchRequest.defaultSeed,
        onStage: @Sendable (Int, PipelineStage) -> Void = { _, _ in }
    ) async throws -> PipelineResult {
        try Self.check(pipeline)
        var done: [String: SealedRun] = [:]
        var stages: [PipelineResult.Stage] = []
        for (index, stage) in P.stages.enumerated() {
            onStage(index, stage)
            let clock = ContinuousClock()
            let start = clock.now
            var inputs: [String: SealedRun] = [:]
            for (role, source) in stage.inputs { inputs[role] = done[source] }
            let run = try await stage.start(self, seed, smoke, inputs)
            done[stage.name] = run
            let seconds = start.duration(to: clock.now).seconds
            stages.append(PipelineResult.Stage(stage: stage, run: run, seconds: seconds))
        }
        func locate(_ output: PipelineOutput?) throws -> URL? {
            guard let output, let run = done[output.stage] else { return nil }
            return try output.locate(run, workspace)
        }
        return PipelineResult(stages: stages, report: try locate(P.report), bundle: try locate(P.bundle))
    }

    /// Throws `RunsError.pipelineIncomplete` where names, roles or the order do not fit.
    public static func check<P: Pipeline>(_ pipeline: P.Type) throws {
        var earlier: [String: any Experiment.Type] = [:]
        for stage in P.stages {
            func fail(_ problem: String) -> RunsError {
                .pipelineIncomplete(pipeline: P.name, problem: "stage '\(stage.name)' \(problem)")
            }
            guard earlier[stage.name] == nil else { throw fail("stands twice") }
            for (role, source) in stage.inputs.sorted(by: { $0.key < $1.key }) {
                guard let input = stage.experiment.inputs.first(where: { $0.role == role }) else {
                    throw fail("gives an input '\(role)' that \(stage.experiment.name) does not have")
                }
                guard let found = earlier[source] else { throw fail("reads '\(source)', which is no earlier stage") }
                guard input.accepts(found.name) else {
                    throw fail("gives a run of \(found.name) as '\(role)', which must be one of \(input.expected)")
                }
            }
            for input in stage.experiment.inputs where !input.optional && stage.inputs[input.role] == nil {
                throw fail("gives no input '\(input.role)'")
            }
            earlier[stage.name] = stage.experiment
        }
        for output in [P.report, P.bundle].compactMap({ $0 }) where earlier[output.stage] == nil {
            throw RunsError.pipelineIncomplete(
                pipeline: P.name, problem: "its output comes from '\(output.stage)', which is no stage")
        }
    }
}
