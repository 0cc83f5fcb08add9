import LabPolicy
import LabRuns

extension DQNExperiment {
    public struct Configuration: ExperimentConfiguration {
        public var agent = DoubleDQN()
        public var epsilon = 0.0
        public var trainingShare = 0.5
        public var evaluation = FittedQEvaluation()
        public var mixtureShare = 0.1
        public var supportFloor = 0.03
        public var resamples = 200
        public var truthCustomers = 5_000

        public init() {}

        public static let settings = [
            Setting("agent.hidden", "Widths of the Q network's hidden layers."),
            Setting("agent.steps", "Gradient steps.", unit: "steps"),
            Setting("agent.batchSize", "Transitions a gradient step.", unit: "transitions"),
            Setting("agent.learningRate", "Adam's step size."),
            Setting("agent.weightDecay", "Decoupled weight decay."),
            Setting("agent.targetInterval", "Steps between copies to the target network.", unit: "steps"),
            Setting("agent.huberDelta", "Errors beyond this count linearly, in units of rewardScale."),
            Setting("agent.conservativeWeight", "Weight of the conservative regulariser; 0 is plain Double DQN."),
            Setting("agent.averagedShare", "Last share of steps over which weights are averaged; 0 takes the last."),
            Setting("agent.rewardScale", "Currency units that the network sees as 1.", unit: "EUR"),
            Setting("epsilon", "Share of decisions that the learned policy spreads over all permitted actions."),
            Setting("trainingShare", "Share of customers to learn from; the others judge."),
            Setting("evaluation.hidden", "Widths of the hidden layers of fitted Q evaluation."),
            Setting("evaluation.steps", "Gradient steps of fitted Q evaluation.", unit: "steps"),
            Setting("evaluation.batchSize", "Transitions a step of fitted Q evaluation.", unit: "transitions"),
            Setting("evaluation.learningRate", "Adam's step size in fitted Q evaluation."),
            Setting("evaluation.targetInterval", "Steps between copies to its target network.", unit: "steps"),
            Setting("evaluation.huberDelta", "Errors beyond this count linearly, in units of rewardScale."),
            Setting("mixtureShare", "Share of the learned policy in the mixture that is evaluated beside it."),
            Setting("supportFloor", "Actions whose logged probability is below this count as thinly supported."),
            Setting("resamples", "Bootstrap resamples for intervals.", unit: "resamples"),
            Setting("truthCustomers", "Fresh customers on whom policies are simulated.", unit: "customers"),
        ]

        public func validate() throws {
            try validating("agent", agent.validate)
            try validating("evaluation", evaluation.validate)
            func require(_ holds: Bool, _ key: String, _ value: some CustomStringConvertible, _ requirement: String)
                throws
            {
                guard holds else {
                    throw RunsError.invalidSetting(key: key, value: value.description, requirement: requirement)
                }
            }
            try require((0...1).contains(epsilon), "epsilon", epsilon, "in 0…1")
            try require(trainingShare > 0 && trainingShare < 1, "trainingShare", trainingShare, "between 0 and 1")
            try require(mixtureShare > 0 && mixtureShare <= 1, "mixtureShare", mixtureShare, "above 0 and at most 1")
            try require((0...1).contains(supportFloor), "supportFloor", supportFloor, "in 0…1")
            try require(resamples >= 20, "resamples", resamples, "at least 20")
            try require(truthCustomers >= 2, "truthCustomers", truthCustomers, "at least 2")
        }
    }
}
