import Foundation
import LabNumerics
import LabStorage
import Logging

extension Launcher {
    /// Runs a program and seals what comes of it as a run of `captured/<name>`.
    ///
    /// The program gets `LAB_RUN_DIR`, `LAB_ARTIFACTS` (a folder whose files become artifacts), `LAB_METRICS` (a file to
    /// append measurements to) and `LAB_SEED`; its output, both streams in the order of writing, becomes `output.txt`.
    /// It runs in the current folder with nothing to read. Processes that it leaves behind are ended.
    ///
    /// - Parameters:
    ///   - onStart: hears the run's reference before the program starts.
    ///   - echo: hears each line of output as it is written, with its line break.
    /// - Throws: `RunsError.commandNotFound` before anything is made; `.commandFailed` where its exit code is not 0 and
    ///   `.interrupted` after Ctrl-C: the folder is kept, unsealed.
    public func capture(
        _ request: CaptureRequest, original: SealedRun? = nil, onStart: @escaping @Sendable (String) -> Void = { _ in },
        echo: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> SealedRun {
        let folder = CapturedCommand.here
        let program = try CapturedProcess.locate(request.command.first ?? "", environment: request.environment)
        let command = try CapturedCommand(request.command, exempt: request.exempt, in: folder)
        let started = clock.now()
        let record = RunRecord(
            format: RunRecord.currentFormat, id: ULID.make(at: started),
            experiment: original?.experiment ?? CapturedCommand.experiment(for: request.command, named: request.name),
            verb: .capture, smoke: false, seed: request.seed, started: started, parents: [:], datasets: [:], code: code,
            numericProfile: try ConfigurationValue(encoding: NumericProfile.current()),
            environment: request.environment.keys.sorted())
        let configuration = try ConfigurationValue(encoding: command)
        let plan = RunPlan(
            record: record, configuration: configuration, settings: [], parents: [:], datasets: [:], original: original,
            home: home, owner: owner, clock: clock, observer: observer, interruption: interruption,
            correlation: correlation,
            flushing: .buffered, checkpointInterval: checkpointInterval)
        let run = try RunFolder.create(plan, in: workspace)
        onStart(run.reference)
        observer.started(run)
        do {
            let evaluation = try await ComputeExecutor.run(run.experiment) {
                try Self.execute(program, request, command, run, echo)
            }
            let sealed = try RunFolder.seal(run, evaluation: evaluation, configuration: configuration)
            observer.finished(run, sealed: sealed)
            return sealed
        } catch {
            RunFolder.abandon(run, because: error)
            throw error
        }
    }

    private static func execute(
        _ program: URL, _ request: CaptureRequest, _ command: CapturedCommand, _ run: Run,
        _ echo: @escaping (String) -> Void
    ) throws -> Evaluation {
        let capture = try Capture(
            run, mask: SecretMask(request.command, environment: request.environment), echo: echo)
        // Python writes into a pipe in large blocks otherwise, and nothing would be seen while it runs.
        let environment = ["PYTHONUNBUFFERED": "1"].merging(request.environment) { $1 }
            .merging(capture.environment) { $1 }
        let process = try CapturedProcess(program, request.command, environment: environment)
        let (code, leftBehind) = process.wait(run.interruption, bytes: capture.take, tick: capture.tick)
        if leftBehind { run.logger.warning("processes that the program left behind were ended") }
        run.logger.info("ended", metadata: ["exitCode": "\(code)"])
        try capture.finish(command)
        try run.checkCancellation()
        guard code == 0 else {
            throw RunsError.commandFailed(run: run.reference, command: command.command.first ?? "", code: code)
        }
        return Evaluation(figures: capture.figures)
    }

    /// Runs a captured program again in the current folder, provided that the files it named are what they were.
    func recapture(_ original: SealedRun, seed: UInt64) async throws -> (again: SealedRun?, difference: Difference?) {
        let command = try original.configuration.decode(as: CapturedCommand.self)
        let folder = CapturedCommand.here
        if command.command.contains(where: { $0.contains(SecretMask.mask) }) {
            throw RunsError.notReexecutable(
                run: original.reference, reason: "a secret among its arguments was not kept",
                remedy: "hand secrets over in environment variables, and capture the program once more")
        }
        if let change = try command.firstChange(in: folder) { return (nil, change) }
        let request = CaptureRequest(command.command, seed: seed, exempt: command.exempt)
        return (try await capture(request, original: original), nil)
    }
}
