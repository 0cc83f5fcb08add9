import Foundation
import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSimulation

/// Learns a policy from logged journeys by one agent, says from held-out customers what it is worth, and, where a simulator
/// made the journeys, compares that with the truth.
public struct AgentExperiment<Method: Agent>: Experiment {
    public static var name: String { "policy/" + Method.name }
    public static var summary: String { "Learns a policy from journeys: \(Method.summary)" }
    public static var inputs: [ExperimentInput] { [.journeys, .readings] }

    /// A user's own log takes the place of journeys that were made here.
    public static func inputs(_ configuration: Configuration) throws -> [ExperimentInput] {
        configuration.log.isEmpty ? inputs : []
    }

    public static func datasets(_ configuration: Configuration) -> [String] {
        configuration.log.isEmpty ? [] : [configuration.log]
    }

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
        let journeys = try LoggedJourneys(run, dataset: configuration.log)
        let split = CustomerSplit(journeys.log, trainingShare: configuration.trainingShare, stream: run.stream("split"))
        try run.artifact(CustomerSplit.file) { try split.encoded().write(to: $0) }
        let training = try OfflineDataset(
            split.training(journeys.log), rewardScale: configuration.agent.rewardScale, reward: configuration.reward,
            steps: configuration.agent.returnSteps)
        run.progress(0.1, "\(training.count) transitions of \(split.training.count) customers")

        // Learning, under the masks that the safeguards had set; for each segment a network of its own, where asked for.
        let parts = try TrainingParts(training, configuration.segments)
        let policy = try parts.train(configuration.method, configuration.agent, run)
        let learned = exploring(policy, configuration.epsilon)
        try run.policyArtifacts(learned)
        return try evaluation(of: learned, configuration, journeys, split, run)
    }

    /// Judges a trained policy again, with other settings of the evaluation or on other journeys.
    public func evaluate(
        _ configuration: Configuration, trained: SealedRun, _ run: Run
    ) async throws -> Evaluation {
        let journeys = try LoggedJourneys(run, dataset: configuration.log)
        let split = try CustomerSplit(trained.artifact(CustomerSplit.file))
        return try evaluation(of: trained.policy(), configuration, journeys, split, run)
    }

    private func exploring(_ policy: any PolicyScorer, _ epsilon: Double) -> any PolicyScorer {
        guard epsilon > 0, let greedy = policy as? GreedyPolicy else { return policy }
        return GreedyPolicy(greedy.network, epsilon: epsilon)
    }

    private func evaluation(
        of learned: any PolicyScorer, _ configuration: Configuration, _ journeys: LoggedJourneys,
        _ split: CustomerSplit, _ run: Run
    ) throws -> Evaluation {
        var report = PolicyReport(customers: split.heldOut.count)

        // What the log says: estimates on held-out customers, with the support behind them, in the log's own reward.
        let training = OfflineDataset(split.training(journeys.log), rewardScale: configuration.agent.rewardScale)
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
        guard let world = journeys.world else { return report.evaluation(of: journeys) }
        let environment = try world.environment(run.stream("truth"))
        let uniform = UniformPolicy(schema: environment.schema, actionCount: environment.actionCount)
        let tried: [(String, any PolicyScorer)] = candidates.map { ($0.name, $0.policy) } + [("uniform", uniform)]
        for (name, policy) in tried {
            let result = try world.rollout().run(
                environment, policy: policy, customers: 0..<configuration.truthCustomers,
                stream: run.stream("truth/actions"), willStep: run.checkCancellation)
            report.add(truth: result, of: name)
        }
        let free = try world.rollout(guarded: false).run(
            environment, policy: learned, customers: 0..<configuration.truthCustomers,
            stream: run.stream("truth/actions"), willStep: run.checkCancellation)
        report.add(truth: free, of: PolicyReport.unguarded)
        run.progress(0.95, "simulated \(tried.count + 1) policies on \(configuration.truthCustomers) fresh customers")
        return try report.evaluation(of: journeys, in: world)
    }
}
