import Foundation
import LabNumerics

extension Launcher {
    /// Runs every cell of a study that is not sealed yet, several at once, and seals what they say together.
    ///
    /// The study's folder exists from the start; Ctrl-C, a kill and a failing cell leave it unsealed and every sealed
    /// cell as it is. Asked for again, the same study goes on in the same folder with the same inputs. Sealed runs of
    /// the same configuration, seed, code, inputs, data and numeric profile count as cells, whoever ran them;
    /// unfinished ones are resumed.
    ///
    /// - Parameter say: hears in one sentence which inputs and cells are taken.
    /// - Throws: `RunsError.studyIncomplete` where cells failed, with their names; all others are sealed then.
    public func study<E: Experiment>(
        _ experiment: E.Type, request: StudyRequest, registry: Registry,
        say: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> SealedRun {
        if let workers = request.workers, workers < 1 {
            throw RunsError.invalidSetting(key: "workers", value: "\(workers)", requirement: "1 or more")
        }
        var request = request
        if let folder = request.resume, RunState.of(folder) == .sealed {
            say("\(SealFile.reference(folder)) is sealed already")
            return try SealedRun(folder: folder)
        }
        let left = try request.resume.map { try resumable($0, experiment) } ?? unfinished(request, experiment)
        if let left {
            say("going on with \(left.reference)")
            request.configuration = try left.configuration.decode(as: StudyConfiguration.self)
            request.seed = left.record.seed
            for input in E.inputs where request.inputs[input.role] == nil {
                guard let parent = left.record.parents[input.role] else { continue }
                request.inputs[input.role] = try workspace.run(parent.id)
            }
        }
        let configuration = request.configuration
        let cells = try StudyPlan<E>(configuration)
        let inputs = try await completed(
            request.inputs, of: cells.inputs(), smoke: configuration.short, seed: request.seed, registry: registry,
            say: say)
        var plan = try plan(
            Study<E>.self, verb: .train, configuration: configuration, seed: request.seed,
            smoke: configuration.short, inputs: inputs, original: nil, isOpen: true)
        if let left { plan.record = left.record }
        let runner = StudyRunner(launcher: self, plan: cells, inputs: inputs, short: configuration.short, say: say)
        let workers = request.workers ?? ProcessInfo.processInfo.activeProcessorCount
        return try await execute(
            Study<E>.self, plan,
            begin: { try left.map { [plan] in try RunFolder.reopen($0, plan) } ?? RunFolder.create($0, in: workspace) }
        ) { run in
            try run.adopt(parents: await runner.run(for: run, workers: workers))
            return try await Study<E>().train(configuration, run)
        }
    }

    private func resumable<E: Experiment>(_ folder: URL, _ experiment: E.Type) throws -> InterruptedRun {
        let reference = SealFile.reference(folder)
        guard RunEntry(folder: folder)?.experiment == Study<E>.name else {
            throw RunsError.notResumable(run: reference, problem: "it is no study of \(E.name)")
        }
        let left = try InterruptedRun(folder)
        guard left.record.code == code else {
            throw RunsError.otherCode(run: reference, before: left.record.code.digest, now: code.digest)
        }
        guard try left.record.numericProfile == ConfigurationValue(encoding: NumericProfile.current()) else {
            throw RunsError.changedInput(run: reference, what: "the numeric profile")
        }
        return left
    }

    /// The newest unfinished study that was asked for in the same words.
    private func unfinished<E: Experiment>(_ request: StudyRequest, _ experiment: E.Type) throws -> InterruptedRun? {
        let profile = try ConfigurationValue(encoding: NumericProfile.current())
        let found = try workspace.entries(of: Study<E>.name).last { entry in
            guard entry.state != .sealed, entry.state != .running, let record = entry.record, record.code == code,
                record.seed == request.seed, record.numericProfile == profile,
                request.inputs.allSatisfy({ record.parents[$0.key]?.id == $0.value.id }),
                let text = try? String(
                    contentsOf: entry.folder.appending(path: RunFiles.configuration), encoding: .utf8),
                let tree = try? YAMLDocument(text, source: RunFiles.configuration).value,
                let configuration = try? tree.removing(ConfigurationYAML.seedKey).decode(as: StudyConfiguration.self)
            else { return false }
            let hasInputs = E.inputs.allSatisfy { input in
                record.parents[input.role].map { (try? workspace.run($0.id)) != nil } ?? input.optional
            }
            return configuration == request.configuration && hasInputs
        }
        return try found.map { try InterruptedRun($0.folder) }
    }
}
