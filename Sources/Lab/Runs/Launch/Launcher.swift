import Foundation
import LabNumerics

/// Starts experiments in a workspace and seals what comes of them.
///
/// ```swift
/// let launcher = Launcher(workspace: Workspace(folder))
/// let sealed = try await launcher.train(Coin.self, configuration: .init(tosses: 10), seed: 1)
/// ```
public struct Launcher: Sendable {
    public var workspace: Workspace
    public var datasets: any DatasetSource
    /// Keys and privacy ledgers.
    public var home: URL
    public var owner: String
    public var code: CodeVersion
    public var clock: any RunClock
    public var observer: any RunObserver
    public var interruption: Interruption
    /// Stands in every log line of the runs that this launcher starts.
    public var correlation: String
    public var flushing = MetricFlushing.buffered
    /// What `Run.isCheckpointDue` waits for, in seconds.
    public var checkpointInterval = Launcher.defaultCheckpointInterval

    /// Seconds.
    public static let defaultCheckpointInterval = 5.0

    public init(
        workspace: Workspace, datasets: any DatasetSource = NoDatasets(), home: URL = Workspace.home(),
        owner: String = "local", code: CodeVersion = .unknown, clock: any RunClock = SystemClock(),
        observer: any RunObserver = SilentObserver(), interruption: Interruption = Interruption(),
        correlation: String? = nil
    ) {
        self.workspace = workspace
        self.datasets = datasets
        self.home = home
        self.owner = owner
        self.code = code
        self.clock = clock
        self.observer = observer
        self.interruption = interruption
        self.correlation = correlation ?? Correlation.id(at: clock.now())
    }

    /// Trains and seals.
    ///
    /// - Parameters:
    ///   - inputs: a sealed run for each role that is not optional.
    ///   - original: for reproductions, the run whose released values are read.
    public func train<E: Experiment>(
        _ experiment: E.Type, configuration: E.Configuration = E.Configuration(), seed: UInt64 = 1, smoke: Bool = false,
        inputs: [String: SealedRun] = [:], original: SealedRun? = nil
    ) async throws -> SealedRun {
        let plan = try plan(
            experiment, verb: .train, configuration: configuration, seed: seed, smoke: smoke, inputs: inputs,
            original: original)
        return try await execute(experiment, plan) { run in try await E().train(configuration, run) }
    }

    /// Evaluates what `trained` holds, and seals the evaluation as a run of its own.
    public func evaluate<E: Experiment>(
        _ experiment: E.Type, trained: SealedRun, configuration: E.Configuration, seed: UInt64 = 1,
        inputs: [String: SealedRun] = [:], original: SealedRun? = nil
    ) async throws -> SealedRun {
        guard trained.experiment == E.name else {
            throw RunsError.wrongInput(role: RunRecord.trainedRole, expected: E.name, found: trained.experiment)
        }
        var plan = try plan(
            experiment, verb: .eval, configuration: configuration, seed: seed, smoke: trained.record.smoke,
            inputs: inputs, original: original)
        plan.record.parents[RunRecord.trainedRole] = .init(id: trained.id, experiment: trained.experiment)
        return try await execute(experiment, plan) { run in
            try await E().evaluate(configuration, trained: trained, run)
        }
    }

    /// - Parameter isOpen: whether more inputs are made while the run is there.
    func plan<E: Experiment>(
        _ experiment: E.Type, verb: Verb, configuration: E.Configuration, seed: UInt64, smoke: Bool,
        inputs: [String: SealedRun], original: SealedRun?, isOpen: Bool = false
    ) throws -> RunPlan {
        try configuration.validate()
        let declared = try E.inputs(configuration)
        for (role, run) in inputs.sorted(by: { $0.key < $1.key }) {
            guard let input = declared.first(where: { $0.role == role }) else {
                throw RunsError.unknownRole(role: role, experiment: E.name, known: declared.map(\.role))
            }
            guard input.accepts(run.experiment) else {
                throw RunsError.wrongInput(role: role, expected: input.expected, found: run.experiment)
            }
        }
        for input in declared where !input.optional && !isOpen && inputs[input.role] == nil {
            throw RunsError.missingInput(role: input.role, experiment: input.experiment)
        }
        let started = clock.now()
        let record = RunRecord(
            format: RunRecord.currentFormat, id: ULID.make(at: started), experiment: E.name, verb: verb, smoke: smoke,
            seed: seed, started: started, parents: inputs.mapValues { .init(id: $0.id, experiment: $0.experiment) },
            datasets: [:], code: code, numericProfile: try ConfigurationValue(encoding: NumericProfile.current()))
        return try plan(experiment, record, configuration: configuration, inputs: inputs, original: original)
    }

    /// - Parameter record: what is known but the datasets.
    func plan<E: Experiment>(
        _ experiment: E.Type, _ record: RunRecord, configuration: E.Configuration, inputs: [String: SealedRun],
        original: SealedRun? = nil
    ) throws -> RunPlan {
        let datasets = try Dictionary(
            E.datasets(configuration).map { ($0, try self.datasets.dataset($0)) },
            uniquingKeysWith: { first, _ in first })
        var record = record
        record.datasets = datasets.mapValues(\.digest)
        return RunPlan(
            record: record, configuration: try ConfigurationValue(encoding: configuration),
            settings: E.Configuration.settings, parents: inputs, datasets: datasets, original: original, home: home,
            owner: owner, clock: clock, observer: observer, interruption: interruption, correlation: correlation,
            flushing: flushing, checkpointInterval: checkpointInterval)
    }

    func execute<E: Experiment>(
        _ experiment: E.Type, _ plan: RunPlan, begin: (RunPlan) throws -> Run,
        _ work: @escaping @Sendable (Run) async throws -> Evaluation
    ) async throws -> SealedRun {
        let run = try begin(plan)
        observer.started(run)
        do {
            let evaluation = try await ComputeExecutor.run(E.name) { try await work(run) }
            try run.checkCancellation()
            let sealed = try RunFolder.seal(run, evaluation: evaluation, configuration: plan.configuration)
            if plan.original == nil {
                RunIndex.note(folder: run.folder, in: workspace)
                try E.sealed(sealed, in: workspace)
            }
            observer.finished(run, sealed: sealed)
            return sealed
        } catch {
            RunFolder.abandon(run, because: error)
            if plan.original == nil { RunIndex.note(folder: run.folder, in: workspace) }
            if error is CancellationError { throw RunsError.interrupted(run: run.reference) }
            throw error
        }
    }

    private func execute<E: Experiment>(
        _ experiment: E.Type, _ plan: RunPlan, _ work: @escaping @Sendable (Run) async throws -> Evaluation
    ) async throws -> SealedRun {
        try await execute(experiment, plan, begin: { try RunFolder.create($0, in: workspace) }, work)
    }
}
