import Foundation
import LabCharts
import LabDomain
import LabNumerics
import LabRuns
import LabSafeguards
import LabSimulation
import LabStorage

/// Lets a policy decide about simulated customers of known truth, keeps their journeys, and says how far it was from the
/// optimum and what the safeguards cost.
public struct EmoSeqExperiment: Experiment {
    public static let name = "simulation/emoseq"
    public static let summary = "Simulates journeys of customers whose optimum is known, under safeguards."
    /// The journeys of the policy that decided.
    static let journeysFile = "journeys.h5"

    public static var smoke: Configuration {
        var configuration = Configuration()
        // So few that the journeys of a reference run stay below 1 MB.
        configuration.customers = 50
        configuration.referenceCustomers = 200
        return configuration
    }

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        // The population, and what is known exactly about it.
        let safeguard = Safeguard(thresholds: try configuration.thresholds)
        let population = try Population(configuration.population, safeguard: safeguard)
        let obeyed = configuration.safeguarded ? safeguard : nil
        let solution = configuration.safeguarded ? population.guarded : population.free
        let table = try population.parameters.actionTable
        run.progress(0.2, "solved \(population.kernel.optionCount) options exactly")

        // Journeys: the policy acts under the safeguards' mask, and its propensities are logged.
        let name = try EmoSeqPolicyName(named: configuration.policy)
        var policy = try name.policy(population.kernel, solution: solution, temperature: configuration.temperature)
        if configuration.exploration > 0 { policy = try ExploringPolicy(policy, share: configuration.exploration) }
        let simulated = SimulatedJourneys(
            rollout: Rollout(safeguard: obeyed, table: table),
            environment: try EmoSeqEnvironment(population.parameters, stream: run.stream("customers")), policy: policy)
        func simulate(writing url: URL?) throws -> RolloutResult {
            try simulated.run(
                customers: configuration.customers, stream: run.stream("actions"), writing: url,
                willStep: run.checkCancellation)
        }
        var result = RolloutResult()
        if configuration.journeys == JourneyFormat.none.rawValue {
            result = try simulate(writing: nil)
        } else {
            try run.artifact(Self.journeysFile) { result = try simulate(writing: $0) }
        }
        run.progress(0.6, "\(result.decisionCount) decisions about \(result.customerCount) customers")

        // References: the same fresh customers for every policy, under the same rules.
        let fresh = try EmoSeqEnvironment(population.parameters, stream: run.stream("references"))
        var references: [PolicyTrial] = []
        for reference in EmoSeqPolicyName.allCases {
            let tried = try reference.policy(
                population.kernel, solution: solution, temperature: configuration.temperature)
            references.append(
                PolicyTrial(
                    reference.rawValue,
                    try Rollout(safeguard: obeyed, table: table).run(
                        fresh, policy: tried, customers: 0..<configuration.referenceCustomers,
                        stream: run.stream("references/actions"), willStep: run.checkCancellation)))
        }
        run.progress(0.95, "tried \(references.count) reference policies")

        let report = EmoSeqReport(
            configuration: configuration, population: population, trial: PolicyTrial(name.rawValue, result),
            references: references)
        for (file, chart) in report.charts {
            try run.artifact(file) { try AtomicFile.write(Data(chart.file().utf8), to: $0) }
        }
        return try report.evaluation()
    }
}
