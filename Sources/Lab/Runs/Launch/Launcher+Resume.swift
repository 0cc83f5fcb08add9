import Foundation
import LabNumerics

extension Launcher {
    /// Goes on with a run that was interrupted, killed or stopped by an error, and seals it: same folder, id,
    /// configuration and seed, from its newest sound checkpoint or, without one, from the beginning.
    ///
    /// The `resultDigest` is that of the run if nothing had happened to it.
    ///
    /// Errors: `RunsError.alreadySealed`, `.locked` while it runs, `.notResumable`, `.otherCode`, `.changedInput` where a
    /// dataset or the numeric profile is another one, `.unknownExperiment`, `.unsupportedFormat`.
    public func resume(_ folder: URL, registry: Registry) async throws -> SealedRun {
        if let name = RunEntry(folder: folder)?.experiment,
            let study = try? registry.experiment(named: name) as? any StudyExperiment.Type
        {
            return try await repeated(study, StudyRequest(StudyConfiguration(), resume: folder), registry)
        }
        let left = try InterruptedRun(folder)
        guard left.record.verb == .train || left.record.verb == .eval else {
            throw RunsError.notResumable(run: left.reference, problem: "it is a program's; call 'labctl run' once more")
        }
        return try await resume(registry.experiment(named: left.record.experiment), left)
    }

    func resume<E: Experiment>(_ experiment: E.Type, _ left: InterruptedRun) async throws -> SealedRun {
        guard left.record.code == code else {
            throw RunsError.otherCode(run: left.reference, before: left.record.code.digest, now: code.digest)
        }
        let profile = try left.record.numericProfile.decode(as: NumericProfile.self)
        if let kind = try? GEMMKind(named: profile.gemm), kind.isAvailable { try GEMM.select(kind) }
        guard profile == .current() else {
            throw RunsError.changedInput(run: left.reference, what: "the numeric profile")
        }
        let configuration = try left.configuration.decode(as: E.Configuration.self)
        try configuration.validate()
        var inputs = try left.record.parents.mapValues { try workspace.run($0.id) }
        let trained = left.record.verb == .eval ? inputs.removeValue(forKey: RunRecord.trainedRole) : nil
        let plan = try plan(experiment, left.record, configuration: configuration, inputs: inputs)
        for (name, digest) in left.record.datasets.sorted(by: { $0.key < $1.key })
        where plan.record.datasets[name] != digest {
            throw RunsError.changedInput(run: left.reference, what: "dataset '\(name)'")
        }
        return try await execute(experiment, plan, begin: { try RunFolder.reopen(left, $0) }) { run in
            guard let trained else { return try await E().train(configuration, run) }
            return try await E().evaluate(configuration, trained: trained, run)
        }
    }
}
