import Foundation
import LabNumerics
import LabPolicy
import LabRuns

/// Trainings of `policy/cql` as processes in a workspace of their own, killed and resumed.
struct KilledTraining {
    /// What came of one training.
    struct Outcome: Codable {
        /// Whether it was sealed in the end.
        var isSealed = false
        /// Whether its resultDigest is that of an undisturbed training.
        var isIdentical = false
        /// How often the store was not as it must be after a kill.
        var corrupt = 0
        var problems: [String] = []
    }

    static let experiment = AgentExperiment<CQL>.name

    private let workspace: Workspace
    private let program: LabctlProcess
    private let arguments: [String]
    private let saving: [String]

    /// - Parameters:
    ///   - place: a folder for everything, made here.
    ///   - inputs: the sealed runs that the training reads; copied.
    init(
        place: URL, inputs: [SealedRun], steps: Int, checkpointEvery: Double, seed: UInt64, correlation: String
    ) throws {
        workspace = Workspace(place)
        program = try LabctlProcess(place: place, correlation: correlation)
        saving = ["--checkpoint-every", "\(checkpointEvery)"]
        for input in inputs {
            let folder = workspace.runs.appending(path: Workspace.folderName(ofExperiment: input.experiment))
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: input.folder, to: folder.appending(path: "1"))
        }
        let settings = ["agent.steps=\(steps)", "evaluation.steps=20", "truthCustomers=50", "resamples=20"]
        arguments =
            ["train", Self.experiment, "--smoke", "--seed", "\(seed)"] + settings.flatMap { ["--set", $0] }
            + ["--input", "journeys=profiles/journeys/1", "--input", "readings=language/posts/1"]
    }

    /// A training that nobody disturbs: its resultDigest, and the seconds that it took.
    func undisturbed() throws -> (digest: String, seconds: Double) {
        let start = ContinuousClock.now
        try program.run(arguments + saving)
        let duration = start.duration(to: .now).components
        let sealed = try workspace.run("\(Self.experiment)/1")
        return (sealed.seal.resultDigest, Double(duration.seconds) + Double(duration.attoseconds) * 1e-18)
    }

    /// A training that is killed so many times, itself or while it is resumed, and then resumed to its end.
    ///
    /// - Parameters:
    ///   - span: seconds within which kills come.
    ///   - stream: draws the moments.
    func killed(_ kills: Int, span: Double, reference: String, stream: RandomStream) throws -> Outcome {
        var stream = stream
        var span = span
        // One that ended before its kill proves nothing: it is taken away and the next one is killed earlier.
        for _ in 0..<100 {
            let number = (try workspace.entries(of: Self.experiment).map(\.number).max() ?? 0) + 1
            var outcome = Outcome()
            if try disturb(number, kills, span: span, &stream, &outcome) {
                try finish(number, reference, &outcome)
                return outcome
            }
            try FileManager.default.removeItem(at: folder(number))
            span *= 0.8
        }
        throw HarnessError.noKillHit(experiment: Self.experiment)
    }

    private func folder(_ number: Int) -> URL {
        workspace.runs.appending(path: Workspace.folderName(ofExperiment: Self.experiment))
            .appending(path: String(number))
    }

    private func exists(_ number: Int) -> Bool { FileManager.default.fileExists(atPath: folder(number).path) }

    /// Begins the training, or resumes it where it was begun before it was killed.
    private func words(_ number: Int) -> [String] {
        (exists(number) ? ["resume", "\(Self.experiment)/\(number)"] : arguments) + saving
    }

    /// - Returns: whether every kill hit a living process whose run was not sealed yet.
    private func disturb(
        _ number: Int, _ kills: Int, span: Double, _ stream: inout RandomStream, _ outcome: inout Outcome
    ) throws -> Bool {
        for _ in 0..<kills {
            guard try program.kill(words(number), after: stream.nextDouble() * span) else { return false }
            guard exists(number) else { continue }
            if RunState.of(folder(number)) == .sealed { return false }
            if let problem = damage(number) {
                outcome.corrupt += 1
                outcome.problems.append(problem)
            }
        }
        return true
    }

    /// What is wrong with the store after a kill, or `nil`.
    private func damage(_ number: Int) -> String? {
        do {
            guard let entry = RunEntry(folder: folder(number)), entry.state == .interrupted, entry.record != nil else {
                return "the killed run is \(RunState.of(folder(number)).rawValue) or its record cannot be read"
            }
            let steps = try MetricsFile.read(entry.folder.appending(path: RunFiles.metrics)).map(\.step)
            guard steps == steps.sorted() else { return "measurements are not in order" }
            for other in try workspace.entries() where other.state == .sealed {
                try SealedRun(folder: other.folder).verify()
            }
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func finish(_ number: Int, _ reference: String, _ outcome: inout Outcome) throws {
        do {
            try program.run(words(number))
            let sealed = try SealedRun(folder: folder(number))
            try sealed.verify()
            outcome.isSealed = true
            outcome.isIdentical = sealed.seal.resultDigest == reference
            if !outcome.isIdentical {
                let first = try Comparison.firstDifference(workspace.run("\(Self.experiment)/1"), sealed)
                outcome.problems.append("differs: \(first?.description ?? "in nothing that is compared")")
            }
            // What agrees needs no room.
            try FileManager.default.removeItem(at: sealed.folder)
        } catch let error as RunsError {
            outcome.problems.append("\(error)")
        } catch let error as HarnessError {
            outcome.problems.append("\(error)")
        }
    }
}
