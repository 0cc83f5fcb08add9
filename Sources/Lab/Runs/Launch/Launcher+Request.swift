import Foundation

extension Launcher {
    /// Trains an experiment as asked for; inputs that are not given are the newest fitting runs, or are made first.
    ///
    /// - Parameters:
    ///   - registry: where the experiments of missing inputs are found.
    ///   - say: hears in one sentence which run was taken or is made for a missing input.
    public func train<E: Experiment>(
        _ experiment: E.Type, request: LaunchRequest, registry: Registry,
        say: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> SealedRun {
        let (configuration, seed) = try request.resolved(for: experiment)
        try configuration.validate()
        if let study = experiment as? any StudyExperiment.Type, let settings = configuration as? StudyConfiguration {
            let asked = StudyRequest(settings, seed: seed, inputs: request.inputs)
            return try await repeated(study, asked, registry, say)
        }
        let inputs = try await completed(
            request.inputs, of: E.inputs(configuration), smoke: request.smoke, seed: seed, registry: registry, say: say)
        return try await train(
            experiment, configuration: configuration, seed: seed, smoke: request.smoke, inputs: inputs)
    }

    /// Evaluates a trained run as asked for; its own inputs and configuration are what it starts from.
    public func evaluate<E: Experiment>(
        _ experiment: E.Type, trained: SealedRun, request: LaunchRequest
    ) async throws -> SealedRun {
        guard trained.experiment == E.name else {
            throw RunsError.wrongInput(role: RunRecord.trainedRole, expected: E.name, found: trained.experiment)
        }
        let base = try trained.configuration(as: E.Configuration.self)
        let (configuration, seed) = try request.resolved(for: experiment, base: base)
        var inputs = request.inputs
        for input in E.inputs where inputs[input.role] == nil {
            guard let parent = trained.record.parents[input.role] else { continue }
            inputs[input.role] = try workspace.run(parent.id)
        }
        return try await evaluate(
            experiment, trained: trained, configuration: configuration, seed: seed, inputs: inputs)
    }

    /// The inputs that were given and, for those that were not and are needed, the newest runs that fit or new ones.
    func completed(
        _ given: [String: SealedRun], of declared: [ExperimentInput], smoke: Bool, seed: UInt64, registry: Registry,
        say: @escaping @Sendable (String) -> Void
    ) async throws -> [String: SealedRun] {
        var inputs = given
        for input in declared where inputs[input.role] == nil && !input.optional {
            if let latest = try workspace.latest(fitting: input, smoke: smoke) {
                say("input '\(input.role)': \(latest.reference)")
                inputs[input.role] = latest
                continue
            }
            say(
                "input '\(input.role)': no sealed \(smoke ? "smoke " : "")run of \(input.experiment) yet, running it first"
            )
            inputs[input.role] = try await made(
                registry.experiment(named: input.experiment), smoke: smoke, seed: seed, registry: registry, say: say)
        }
        return inputs
    }

    func repeated<S: StudyExperiment>(
        _ study: S.Type, _ request: StudyRequest, _ registry: Registry,
        _ say: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> SealedRun {
        try await self.study(S.E.self, request: request, registry: registry, say: say)
    }

    private func made<E: Experiment>(
        _ experiment: E.Type, smoke: Bool, seed: UInt64, registry: Registry, say: @escaping @Sendable (String) -> Void
    ) async throws -> SealedRun {
        try await train(
            experiment, request: LaunchRequest(seed: seed, smoke: smoke), registry: registry, say: say)
    }
}
