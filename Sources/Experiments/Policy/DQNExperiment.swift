import Foundation
import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSafeguards
import LabSimulation
import LabStatistics

/// Learns a policy from logged journeys by Double DQN, says from held-out customers what it is worth, and compares that
/// with the truth, which the simulator knows.
public struct DQNExperiment: Experiment {
    public static let name = "policy/dqn"
    public static let summary = "Learns which creative to show, where and when, offline from journeys by Double DQN."
    /// In a checkpoint: networks, moments, streams and sums.
    static let stateFile = "agent.safetensors"
    public static let inputs = [
        ExperimentInput(role: "journeys", experiment: "profiles/journeys"),
        ExperimentInput(role: "readings", experiment: "language/sentiment"),
    ]
    public static var smoke: Configuration {
        var configuration = Configuration()
        configuration.agent.steps = 300
        configuration.evaluation.steps = 200
        configuration.truthCustomers = 300
        configuration.resamples = 50
        return configuration
    }

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        // Data in: logged journeys, split by customer; what judges the policy has not taught it.
        let journeys = try LoggedJourneys(run)
        let split = CustomerSplit(journeys.log, trainingShare: configuration.trainingShare, stream: run.stream("split"))
        try run.artifact(CustomerSplit.file) { try split.encoded().write(to: $0) }
        let training = OfflineDataset(
            split.training(journeys.log), rewardScale: configuration.agent.rewardScale)
        run.progress(0.1, "\(training.count) transitions of \(split.training.count) customers")

        // Learning: Double DQN under the masks that the safeguards had set.
        let steps = configuration.agent.steps
        let saved = try run.resumption.map { try TrainingState.read($0.file(Self.stateFile)) }
        let network = try configuration.agent.train(on: training, stream: run.stream("agent"), resuming: saved) {
            report in
            run.log("loss", report.loss, step: report.step)
            run.log("conservativeGap", report.gap, step: report.step)
            run.log("greedyValue", report.greedyValue, step: report.step)
            run.progress(
                0.1 + 0.4 * Double(report.step) / Double(steps), "step \(report.step), loss \(report.loss)")
        } checkpoint: { step, state in
            try run.checkCancellation()
            guard step == steps || run.isCheckpointDue else { return }
            try run.checkpoint(step: step) { try state().write(to: $0.appending(path: Self.stateFile)) }
        }
        let learned = GreedyPolicy(network, epsilon: configuration.epsilon)
        let draft = FileManager.default.temporaryDirectory.appending(path: "lab-policy-\(run.id)")
        try FileManager.default.createDirectory(at: draft, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: draft) }
        let weights = draft.appending(path: SavedPolicy.weightsFile)
        let description = draft.appending(path: SavedPolicy.descriptionFile)
        try SavedPolicy.write(learned, weights: weights, description: description)
        try run.artifact(SavedPolicy.weightsFile) { try FileManager.default.copyItem(at: weights, to: $0) }
        try run.artifact(SavedPolicy.descriptionFile) { try FileManager.default.copyItem(at: description, to: $0) }

        return try evaluation(of: learned, configuration, journeys, split, training, run)
    }

    /// Judges a trained policy again, with other settings of the evaluation or on other journeys.
    public func evaluate(
        _ configuration: Configuration, trained: SealedRun, _ run: Run
    ) async throws -> Evaluation {
        let journeys = try LoggedJourneys(run)
        let split = try CustomerSplit(trained.artifact(CustomerSplit.file))
        let training = OfflineDataset(split.training(journeys.log), rewardScale: configuration.agent.rewardScale)
        return try evaluation(of: trained.policy(), configuration, journeys, split, training, run)
    }

    private func evaluation(
        of learned: any PolicyScorer, _ configuration: Configuration, _ journeys: LoggedJourneys,
        _ split: CustomerSplit, _ training: OfflineDataset, _ run: Run
    ) throws -> Evaluation {
        var report = PolicyReport(customers: split.heldOut.count)

        // What the log says: estimates on held-out customers, with the support behind them.
        let heldOut = split.heldOut(journeys.log)
        let mixture = try MixturePolicy(learned, share: configuration.mixtureShare, behavior: journeys.behavior)
        let candidates: [(name: String, policy: any PolicyScorer)] = [
            ("learned", learned), (PolicyReport.mixtureName(configuration.mixtureShare), mixture),
            ("behaviour", journeys.behavior),
        ]
        let behavior = try JourneyEvaluation(heldOut, policy: journeys.behavior)
        for (place, candidate) in candidates.enumerated() {
            try run.checkCancellation()
            let seen = try JourneyEvaluation(heldOut, policy: candidate.policy)
            let network = try configuration.evaluation.fit(
                candidate.policy, on: training, stream: run.stream("evaluation").child(candidate.name)
            ) { _ in try run.checkCancellation() }
            try report.add(
                candidate.name, seen, model: ModelValues(network, on: heldOut), behavior: behavior,
                supportFloor: configuration.supportFloor, resamples: configuration.resamples,
                stream: run.stream("bootstrap").child(candidate.name))
            run.progress(
                0.5 + 0.1 * Double(place + 1), "evaluated \(candidate.name) on \(split.heldOut.count) customers")
        }

        // What is true: the same fresh customers for every policy, heard with the same voice, under the same safeguard.
        let environment = try EmoSeqEnvironment(voice: journeys.voice, stream: run.stream("truth"))
        let uniform = UniformPolicy(schema: environment.schema, actionCount: environment.actionCount)
        var truths: [(String, any PolicyScorer, Safeguard?)] = candidates.map {
            ($0.name, $0.policy, journeys.safeguard)
        }
        truths += [("uniform", uniform, journeys.safeguard), (PolicyReport.unguarded, learned, nil)]
        for (name, policy, safeguard) in truths {
            let result = try Rollout(safeguard: safeguard).run(
                environment, policy: policy, customers: 0..<configuration.truthCustomers,
                stream: run.stream("truth/actions"), willStep: run.checkCancellation)
            report.add(truth: result, of: name)
        }
        run.progress(0.95, "simulated \(truths.count) policies on \(configuration.truthCustomers) fresh customers")
        return report.evaluation(kernel: EmoSeqKernel(environment.parameters), voice: journeys.voiceName)
    }
}

extension SealedRun {
    /// The policy that a run of `policy/dqn` learned.
    func policy() throws -> any PolicyScorer {
        try SavedPolicy.read(
            weights: artifact(SavedPolicy.weightsFile), description: artifact(SavedPolicy.descriptionFile))
    }
}
