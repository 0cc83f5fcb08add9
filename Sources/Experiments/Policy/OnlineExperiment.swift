import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSafeguards
import LabSimulation
import LabStatistics

/// Lets Double DQN learn while it serves simulated customers, and says what the learning cost: the sum of values beside what
/// the behaviour policy would have brought, and what was learned in the end.
public struct OnlineExperiment: Experiment {
    public struct Configuration: ExperimentConfiguration {
        public var preset = "S"
        public var switches: [String] = []
        public var agent = TrainingSettings()
        public var method = DQN()
        public var online = OnlineSettings()
        /// α of the conservative budget; 1 is no budget.
        public var allowance = 1.0
        public var truthCustomers = 4_000

        public init() {
            agent.rewardScale = 5
            agent.averagedShare = 0.2
            agent.batchSize = 64
            agent.targetInterval = 200
            online.decisions = 300_000
            online.bufferSize = 100_000
            online.learningStarts = 5_000
            online.trainInterval = 10
            online.actors = 32
            online.exploration.share = 0.3
        }

        public static let settings =
            [PopulationSettings.preset, PopulationSettings.switches] + TrainingSettings.documentation
            + DQN.settings.map { Setting("method." + $0.key, $0.documentation) } + OnlineSettings.documentation + [
                Setting(
                    "allowance",
                    "What may be given up while exploring, in shares of the behaviour policy's value; 1 sets no limit."),
                Setting("truthCustomers", "Fresh customers on whom policies are tried.", unit: "customers"),
            ]

        public func validate() throws {
            _ = try population
            try validating("agent", agent.validate)
            try validating("online", online.validate)
            try require((0...1).contains(allowance), "allowance", allowance, "in 0…1")
            try require(truthCustomers >= 2, "truthCustomers", truthCustomers, "at least 2")
        }

        var population: EmoSeqParameters {
            get throws { try EmoSeqParameters.preset(named: preset, switches: EmoSeqSwitches(names: switches)) }
        }
    }

    public static let name = "policy/online"
    public static let summary = "Lets Double DQN learn while it serves simulated customers; shows what exploring costs."
    public static var smoke: Configuration {
        var configuration = Configuration()
        configuration.agent.hidden = [24, 24]
        configuration.online.decisions = 3_000
        configuration.online.learningStarts = 500
        configuration.truthCustomers = 100
        return configuration
    }

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        let world = SimulatedWorld(try configuration.population)
        func tried(_ policy: any PolicyScorer) throws -> RolloutResult {
            try world.rollout().run(
                world.environment(run.stream("truth")), policy: policy, customers: 0..<configuration.truthCustomers,
                stream: run.stream("truth/actions"), willStep: run.checkCancellation)
        }
        // What today's policy brings, which a budget must know and regret is counted from.
        let behavior = try tried(world.behavior)
        let baseline = meanInterval(behavior.values)
        let dearest = world.parameters.contactCost.max() ?? 0
        let budget =
            try configuration.allowance < 1
            ? ConservativeBudget(
                allowance: configuration.allowance, baseline: baseline.value,
                // Nobody can cost more than a contact and a complaint in every period.
                worst: -(dearest + world.parameters.complaintCost) * Double(world.parameters.horizon)) : nil

        var training = try OnlineTraining(
            configuration.method, configuration.agent, online: configuration.online,
            in: world.environment(run.stream("customers")), safeguard: world.safeguard,
            table: world.parameters.actionTable, baseline: world.behavior, budget: budget, horizonEnds: true,
            stream: run.stream("agent"))
        let decisions = configuration.online.decisions
        let interval = max(1, decisions / 200)
        var least = Double.infinity
        while !training.isFinished {
            if let report = try training.step() { run.log("loss", report.loss, step: report.step) }
            guard training.decisions % interval == 0 else { continue }
            try run.checkCancellation()
            let gained = training.values.reduce(0) { $0 + $1 - baseline.value }
            run.log("cumulativeGain", gained, step: training.decisions)
            run.log("meanValue", mean(training.values.suffix(500)), step: training.decisions)
            if let reserve = training.budget?.reserve { least = min(least, reserve) }
            run.progress(
                0.9 * Double(training.decisions) / Double(decisions), "\(training.values.count) customers served")
        }
        try run.policyArtifacts(
            training.policy, actions: world.parameters.actions.map(\.name), discount: world.parameters.discount)
        let learned = try tried(training.policy)
        return evaluation(training, learned, behavior, world, least)
    }

    private func mean(_ values: ArraySlice<Double>) -> Double {
        values.reduce(0, +) / Double(max(values.count, 1))
    }

    private func evaluation(
        _ training: OnlineTraining<DQN, EmoSeqEnvironment>, _ learned: RolloutResult, _ behavior: RolloutResult,
        _ world: SimulatedWorld, _ least: Double
    ) -> Evaluation {
        func figure(_ name: String, _ values: [Double]) -> Figure {
            let estimate = meanInterval(values)
            return Figure(
                name, estimate.value, interval: estimate.interval, unit: "EUR", count: estimate.count, better: .higher)
        }
        let baseline = meanInterval(behavior.values).value
        var figures = [
            figure("valueLearned", learned.values), figure("valueBehavior", behavior.values),
            figure("valueWhileLearning", training.values),
            Figure(
                "cumulativeGain", training.values.reduce(0) { $0 + $1 - baseline }, unit: "EUR",
                count: training.values.count, better: .higher),
            Figure(
                "promotionsToDistressed", Double(learned.promotionsToDistressed), unit: "promotions",
                count: learned.assessments[Assessment.distressed.rawValue], better: .lower),
        ]
        if let budget = training.budget {
            figures += [
                Figure("exploredCustomers", Double(budget.explored), unit: "customers"),
                Figure("servedByBehavior", Double(budget.served), unit: "customers"),
                Figure("leastReserve", least, unit: "EUR", better: .higher),
            ]
        }
        return Evaluation(
            figures: figures,
            notes: [
                """
                cumulativeGain is the sum over the customers served while learning of their value less the behaviour \
                policy's mean: negative is what learning cost.
                """
            ])
    }
}
