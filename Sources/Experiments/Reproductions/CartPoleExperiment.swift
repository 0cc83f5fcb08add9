import LabNumerics
import LabPolicy
import LabRuns
import LabSafeguards
import LabSimulation
import LabStatistics

/// DQN on CartPole-v1 in the form of CleanRL's script: 500,000 decisions, then the final network, greedy, on 100
/// episodes. 500 is the most there is.
///
/// The settings are the best of four variants that were tried on seeds 1 to 3. Deviations: Double DQN, copies to the
/// target network every 200 gradient steps instead of 50, the final network is the mean of the last tenth of networks.
public struct CartPoleExperiment: Experiment {
    public struct Configuration: ExperimentConfiguration {
        public var agent = TrainingSettings()
        public var method = DQN()
        public var online = OnlineSettings()
        public var episodes = 100

        public init() {
            agent.hidden = [120, 84]
            agent.batchSize = 128
            agent.learningRate = 2.5e-4
            agent.weightDecay = 0
            agent.targetInterval = 200
            // Squared errors: with a small delta the few ends of episodes are outvoted and values grow without bound.
            agent.huberDelta = 1_000
            agent.averagedShare = 0.1
            agent.rewardScale = 1
        }

        public static let settings =
            TrainingSettings.documentation + DQN.settings.map { Setting("method." + $0.key, $0.documentation) }
            + OnlineSettings.documentation + [
                Setting("episodes", "Episodes of the greedy final policy.", unit: "episodes")
            ]

        public func validate() throws {
            try validating("agent", agent.validate)
            try validating("online", online.validate)
            try require(episodes >= 2, "episodes", episodes, "at least 2")
        }
    }

    public static let name = "reproductions/cartpole"
    public static let summary = "Trains DQN on CartPole-v1 and plays the final greedy policy."
    public static var smoke: Configuration {
        var configuration = Configuration()
        configuration.agent.hidden = [32]
        configuration.online.decisions = 4_000
        configuration.online.learningStarts = 500
        configuration.episodes = 5
        return configuration
    }

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        var training = try OnlineTraining(
            configuration.method, configuration.agent, online: configuration.online,
            in: CartPole(stream: run.stream("episodes")), horizonEnds: false, stream: run.stream("agent"))
        let interval = max(1, configuration.online.decisions / 100)
        while !training.isFinished {
            if let report = try training.step(), report.step % 1_000 == 0 {
                run.log("loss", report.loss, step: report.step)
            }
            guard training.decisions % interval == 0 else { continue }
            try run.checkCancellation()
            let recent = training.periods.suffix(20)
            run.log(
                "return", Double(recent.reduce(0, +)) / Double(max(recent.count, 1)), step: training.decisions)
            run.progress(
                0.95 * Double(training.decisions) / Double(configuration.online.decisions),
                "\(training.periods.count) episodes")
        }
        try run.policyArtifacts(training.policy, actions: ["left", "right"], discount: 0.99)
        // Undiscounted: the return is the number of periods that the pole stood.
        let played = try Rollout(safeguard: nil, table: .free(actions: 2)).run(
            CartPole(stream: run.stream("test")), policy: training.policy, customers: 0..<configuration.episodes,
            stream: run.stream("test/actions"), willStep: run.checkCancellation)
        let estimate = meanInterval(played.periods.map(Double.init))
        return Evaluation(
            figures: [
                Figure(
                    "return", estimate.value, interval: estimate.interval, unit: "periods", count: estimate.count,
                    better: .higher),
                Figure("worstReturn", Double(played.periods.min() ?? 0), unit: "periods", better: .higher),
            ],
            notes: ["The final network, greedy, on \(configuration.episodes) fresh episodes; 500 is the most there is."]
        )
    }
}
