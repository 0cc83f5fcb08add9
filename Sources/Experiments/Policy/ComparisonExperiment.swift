import Foundation
import LabCharts
import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSafeguards
import LabSimulation
import LabStatistics

/// Lets every agent learn from the same simulated log, with the same network, steps and settings, and tries what they
/// learned on the same fresh customers, beside the behaviour policy, the observation-only reference and the exact optimum.
///
/// Made for studies: `labctl study policy/comparison --seeds 1..5 --vary preset=S,L`.
public struct ComparisonExperiment: Experiment {
    public struct Configuration: ExperimentConfiguration {
        public var preset = "S"
        public var switches: [String] = []
        public var customers = 10_000
        public var agents = Contestants.names
        public var agent = TrainingSettings()
        public var truthCustomers = 4_000

        public init() {}

        public static let settings =
            [
                PopulationSettings.preset, PopulationSettings.switches,
                Setting("customers", "How many logged customers the agents learn from.", unit: "customers"),
                Setting("agents", "Which agents: \(Contestants.names.joined(separator: ", "))."),
            ] + TrainingSettings.documentation + [
                Setting("truthCustomers", "Fresh customers on whom each policy is tried.", unit: "customers")
            ]

        public func validate() throws {
            _ = try population
            try validating("agent", agent.validate)
            try require(customers >= 2, "customers", customers, "at least 2")
            try require(truthCustomers >= 2, "truthCustomers", truthCustomers, "at least 2")
            for name in agents {
                try require(
                    Contestants.names.contains(name), "agents", name,
                    "one of \(Contestants.names.joined(separator: ", "))")
            }
        }

        var population: EmoSeqParameters {
            get throws { try EmoSeqParameters.preset(named: preset, switches: EmoSeqSwitches(names: switches)) }
        }
    }

    public static let name = "policy/comparison"
    public static let summary = "Compares all agents on one simulated log with behaviour, reference and optimum."
    public static var smoke: Configuration {
        var configuration = Configuration()
        configuration.customers = 200
        configuration.agent.steps = 60
        configuration.truthCustomers = 100
        return configuration
    }

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        // Data: journeys under the logging policy and the safeguards.
        let world = SimulatedWorld(try configuration.population)
        let logged = try world.rollout(keepsJourneys: true).run(
            world.environment(run.stream("customers")), policy: world.logging,
            customers: 0..<configuration.customers, stream: run.stream("actions"), willStep: run.checkCancellation)
        guard let log = logged.journeys else { throw RunsError.defect("the rollout kept no journeys") }
        run.progress(0.05, "\(log.decisionCount) decisions logged")

        // References: the same fresh customers for everybody.
        let kernel = EmoSeqKernel(world.parameters)
        let guarded = EmoSeqSolution.optimum(kernel, under: try AssessedActions(world.parameters))
        func tried(_ policy: any SimulationPolicy) throws -> RolloutResult {
            try world.rollout().run(
                world.environment(run.stream("truth")), policy: policy, customers: 0..<configuration.truthCustomers,
                stream: run.stream("truth/actions"), willStep: run.checkCancellation)
        }
        var report = ComparisonReport(
            optimum: EmoSeqSolution.optimum(kernel).value, guarded: guarded.value,
            behavior: try tried(world.logging), decisions: log.decisionCount)
        report.add("qmdp", try tried(QMDPPolicy(kernel, solution: guarded)))
        run.progress(0.1, "references tried")

        // Agents, one after another.
        for (place, name) in configuration.agents.enumerated() {
            guard let contestant = Contestants.all.first(where: { $0.name == name }) else { continue }
            var settings = configuration.agent
            contestant.change(&settings)
            let dataset = OfflineDataset(log, rewardScale: settings.rewardScale, steps: settings.returnSteps)
            let policy = try contestant.agent.train(
                settings, on: dataset, stream: run.stream("agent").child(name),
                report: { run.log(name + ".loss", $0.loss, step: $0.step) },
                checkpoint: { _, _ in try run.checkCancellation() })
            report.add(name, try tried(ObservedPolicy(policy)))
            run.progress(0.1 + 0.9 * Double(place + 1) / Double(configuration.agents.count), "\(name) learned")
        }
        let chart = report.chart
        try run.artifact("figures/values.svg") { try Data(chart.file().utf8).write(to: $0) }
        return report.evaluation()
    }
}
