import LabPolicy
import LabRuns

extension AgentExperiment {
    public struct Configuration: ExperimentConfiguration {
        public var log = ""
        public var window = 0
        public var agent = TrainingSettings()
        public var method = Method()
        public var reward = RewardFunction()
        public var segments = SegmentSettings()
        public var epsilon = 0.0
        public var trainingShare = 0.5
        public var evaluation = FittedQEvaluation()
        public var mixtureShare = 0.1
        public var supportFloor = 0.03
        public var resamples = 200
        public var truthCustomers = 5_000

        public init() {}

        public static var settings: [Setting] {
            [
                Setting(
                    "log",
                    "The name of a log of your own ('labctl data add', 'labctl data list'); empty takes a run's journeys."
                ),
                Setting(
                    "window",
                    "Episodes in memory at a time, for logs larger than memory; 0 reads the whole log at once.",
                    unit: "episodes"),
            ]
                + TrainingSettings.documentation
                + Method.settings.map { Setting("method." + $0.key, $0.documentation) }
                + RewardFunction.documentation + SegmentSettings.documentation
                + [
                    Setting("epsilon", "Share of decisions that a greedy policy spreads over all permitted actions."),
                    Setting("trainingShare", "Share of customers to learn from; the others judge."),
                ] + FittedQEvaluation.documentation
                + [
                    Setting("mixtureShare", "Share of the learned policy in the mixture that is evaluated beside it."),
                    Setting(
                        "supportFloor", "Actions whose logged probability is below this count as thinly supported."),
                    Setting("resamples", "Bootstrap resamples for intervals.", unit: "resamples"),
                    Setting(
                        "truthCustomers", "Fresh customers on whom policies are simulated.", unit: "customers"),
                ]
        }

        var judge: PolicyJudge {
            PolicyJudge(
                evaluation: evaluation, mixtureShare: mixtureShare, supportFloor: supportFloor, resamples: resamples,
                truthCustomers: truthCustomers, rewardScale: agent.rewardScale)
        }

        public func validate() throws {
            try validating("agent", agent.validate)
            try validating("method", method.validate)
            try validating("reward", reward.validate)
            try validating("segments", segments.validate)
            try validating("evaluation", evaluation.validate)
            try require(window >= 0, "window", window, "0 or more")
            try require(
                window == 0 || !segments.separate, "window", window,
                "0 where segments.separate is on: networks of their own need the whole log in memory")
            try require((0...1).contains(epsilon), "epsilon", epsilon, "in 0…1")
            try require(trainingShare > 0 && trainingShare < 1, "trainingShare", trainingShare, "between 0 and 1")
            try require(mixtureShare > 0 && mixtureShare <= 1, "mixtureShare", mixtureShare, "above 0 and at most 1")
            try require((0...1).contains(supportFloor), "supportFloor", supportFloor, "in 0…1")
            try require(resamples >= 20, "resamples", resamples, "at least 20")
            try require(truthCustomers >= 2, "truthCustomers", truthCustomers, "at least 2")
        }
    }
}
