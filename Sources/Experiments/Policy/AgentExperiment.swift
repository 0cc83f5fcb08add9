import Foundation
import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabServing
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
        configuration.agent.hidden = [24, 24]
        configuration.agent.steps = 300
        configuration.evaluation.steps = 200
        configuration.truthCustomers = 300
        configuration.resamples = 50
        return configuration
    }

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        guard configuration.window == 0 else { return try trainInWindows(configuration, run) }
        // Data in: logged journeys, split by customer; what judges the policy has not taught it.
        let journeys = try LoggedJourneys(run, dataset: configuration.log)
        let split = CustomerSplit(journeys.log, trainingShare: configuration.trainingShare, stream: run.stream("split"))
        try split.check(journeys.log)
        let training = try OfflineDataset(
            split.training(journeys.log), rewardScale: configuration.agent.rewardScale, reward: configuration.reward,
            steps: configuration.agent.returnSteps)
        try run.artifact(CustomerSplit.file) { try split.encoded().write(to: $0) }
        run.progress(0.1, "\(training.count) transitions of \(split.training.count) customers")

        // Learning, under the masks that the safeguards had set; for each segment a network of its own, where asked for.
        let parts = try TrainingParts(training, configuration.segments)
        let policy = try parts.train(configuration.method, configuration.agent, run)
        let learned = exploring(policy, configuration.epsilon)
        try run.policyArtifacts(
            learned, actions: journeys.actionNames, discount: journeys.log.discount, safeguard: journeys.safeguard,
            environment: journeys.world == nil ? .production : .simulation)
        return try configuration.judge.evaluation(of: learned, on: journeys, split, run)
    }

    /// Judges a trained policy again, with other settings of the evaluation or on other journeys.
    public func evaluate(
        _ configuration: Configuration, trained: SealedRun, _ run: Run
    ) async throws -> Evaluation {
        let split = try CustomerSplit(trained.artifact(CustomerSplit.file))
        let journeys =
            configuration.window == 0
            ? try LoggedJourneys(run, dataset: configuration.log)
            : try WindowedJourneys(run, dataset: configuration.log, window: configuration.window).sample(split, run)
        return try configuration.judge.evaluation(of: trained.policy(), on: journeys, split, run)
    }

    func exploring(_ policy: any PolicyScorer, _ epsilon: Double) -> any PolicyScorer {
        guard epsilon > 0, let greedy = policy as? GreedyPolicy else { return policy }
        return GreedyPolicy(greedy.network, epsilon: epsilon)
    }
}
