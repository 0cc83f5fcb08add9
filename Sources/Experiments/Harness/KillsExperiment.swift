import Foundation
import LabNumerics
import LabRuns
import LabStatistics

/// Kills trainings of `policy/cql` at random moments, resumes them, often kills them again meanwhile, and compares what
/// comes out with a training that nobody disturbed.
///
/// The trainings are processes of their own: `labctl`, as users start it.
public struct KillsExperiment: Experiment {
    public static let name = "harness/kills"
    public static let summary = "Kills trainings at random moments, resumes them and compares what comes out."
    public static let inputs = [
        ExperimentInput(role: "journeys", experiment: "profiles/journeys"),
        ExperimentInput(role: "readings", experiment: "language/posts"),
    ]
    public static let smoke = Configuration(kills: 3, steps: 200)

    public struct Configuration: ExperimentConfiguration {
        public var kills = 100
        public var killsPerRun = 3
        public var steps = 600
        public var checkpointEvery = 0.02
        public var level = 0.95

        public init() {}

        init(kills: Int, steps: Int) {
            self.kills = kills
            self.steps = steps
        }

        public static let settings = [
            Setting("kills", "How many SIGKILLs there are altogether.", unit: "kills"),
            Setting("killsPerRun", "At most so many hit one training and its resumptions.", unit: "kills"),
            Setting("steps", "Gradient steps of each training.", unit: "steps"),
            Setting("checkpointEvery", "Least time between two checkpoints.", unit: "s"),
            Setting("level", "Level of the interval of the identical share."),
        ]

        public func validate() throws {
            func require(_ holds: Bool, _ key: String, _ value: some CustomStringConvertible, _ requirement: String)
                throws
            {
                guard holds else {
                    throw RunsError.invalidSetting(key: key, value: value.description, requirement: requirement)
                }
            }
            try require(kills >= 1, "kills", kills, "at least 1")
            try require(killsPerRun >= 1, "killsPerRun", killsPerRun, "at least 1")
            try require(steps >= 1, "steps", steps, "at least 1")
            try require(checkpointEvery >= 0, "checkpointEvery", checkpointEvery, "0 or more")
            try require(level > 0 && level < 1, "level", level, "between 0 and 1")
        }
    }

    /// What is known of the trainings so far.
    private struct Progress: Codable {
        var reference: String
        /// What the undisturbed training took, in seconds.
        var span: Double
        var outcomes: [KilledTraining.Outcome] = []
    }

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        // The kills of each training, drawn so that all of them are used.
        var stream = run.stream("kills")
        var plan: [Int] = []
        while let left = Optional(configuration.kills - plan.reduce(0, +)), left > 0 {
            plan.append(min(left, 1 + stream.nextInt(below: configuration.killsPerRun)))
        }

        // A workspace of its own, with the inputs, in which a first training is left alone.
        let place = FileManager.default.temporaryDirectory.appending(path: "lab-kills-\(run.id)")
        try? FileManager.default.removeItem(at: place)
        defer { try? FileManager.default.removeItem(at: place) }
        let training = try KilledTraining(
            place: place, inputs: Self.inputs.map { try run.parent($0.role) }, steps: configuration.steps,
            checkpointEvery: configuration.checkpointEvery, seed: run.seed, correlation: run.correlation)
        var progress: Progress
        if let checkpoint = run.resumption {
            progress = try checkpoint.value("progress.json", as: Progress.self)
        } else {
            let (digest, seconds) = try training.undisturbed()
            progress = Progress(reference: digest, span: seconds)
        }

        while progress.outcomes.count < plan.count {
            try run.checkCancellation()
            let number = progress.outcomes.count
            let outcome = try training.killed(
                plan[number], span: progress.span, reference: progress.reference,
                stream: run.stream("moments").child(number))
            progress.outcomes.append(outcome)
            run.log("identical", outcome.isIdentical ? 1 : 0, step: number)
            let done = plan.prefix(number + 1).reduce(0, +)
            run.progress(Double(done) / Double(configuration.kills), "\(done) kills")
            if run.isCheckpointDue {
                try run.checkpoint(step: number) { try Checkpoint.write(progress, to: $0, "progress.json") }
            }
        }
        return try evaluation(configuration, progress.outcomes)
    }

    private func evaluation(
        _ configuration: Configuration, _ outcomes: [KilledTraining.Outcome]
    ) throws -> Evaluation {
        let identical = outcomes.count(where: \.isIdentical)
        let share = try wilson(successes: identical, trials: outcomes.count, level: configuration.level)
        // None where all is well, so that the notes come out again.
        let problems = outcomes.enumerated().flatMap { place, outcome in
            outcome.problems.map { "training \(place): \($0)" }
        }
        return Evaluation(
            figures: [
                Figure("kills", Double(configuration.kills), unit: "kills"),
                Figure("trainings", Double(outcomes.count), unit: "runs"),
                Figure("resumed", Double(outcomes.count(where: \.isSealed)), unit: "runs", better: .higher),
                Figure("identical", Double(identical), unit: "runs", better: .higher),
                Figure(
                    "identicalShare", share.value, interval: share.interval, count: outcomes.count, better: .higher),
                Figure("corrupt", Double(outcomes.reduce(0) { $0 + $1.corrupt }), unit: "stores", better: .lower),
            ],
            notes: [
                """
                \(configuration.kills) SIGKILLs at random moments of \(outcomes.count) trainings of \(KilledTraining.experiment) and of their \
                resumptions; \(identical) came to the resultDigest of an undisturbed training.
                """
            ] + problems)
    }
}
