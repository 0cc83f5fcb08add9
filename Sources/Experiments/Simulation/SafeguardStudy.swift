import Foundation
import LabCharts
import LabDomain
import LabNumerics
import LabRuns
import LabSafeguards
import LabSimulation
import LabStorage

/// Takes a million decisions about customers whose distress could be exploited, under policies from the ordinary to the
/// ruthless, once under the safeguards and once without: what they prevent, what they miss, and what they cost.
///
/// It is an experiment of its own beside `simulation/emoseq` because its question is another: it pairs two arms of many
/// policies on the same customers, needs a million decisions for its zero to mean something, and makes no journeys.
public struct SafeguardStudy: Experiment {
    public struct Configuration: ExperimentConfiguration {
        public var preset = "S"
        public var switches = ["exploitable"]
        public var policies = ["logging", "myopic", "optimum", "qmdp"]
        public var customers = 9_500
        public var distressThreshold = 0.5
        public var confidenceThreshold = 0.45
        var parameters = PopulationKnobs()

        public init() {}

        public static let settings =
            [
                PopulationSettings.preset, PopulationSettings.switches,
                Setting("policies", "Who decides, one after another about the same customers."),
                Setting("customers", "How many simulated customers each policy decides about.", unit: "customers"),
                Setting(
                    "distressThreshold", "Probability of negative sentiment from which a reading counts as distress."),
                Setting(
                    "confidenceThreshold",
                    "Probability of the likeliest sentiment below which a reading is unknown."),
            ] + PopulationKnobs.settings(under: "parameters")

        public func validate() throws {
            _ = try population
            _ = try thresholds
            guard !policies.isEmpty, Set(policies).count == policies.count else {
                throw RunsError.invalidSetting(
                    key: "policies", value: policies.joined(separator: ", "), requirement: "names, all different")
            }
            for name in policies { _ = try EmoSeqPolicyName(named: name) }
            guard customers >= 2 else {
                throw RunsError.invalidSetting(key: "customers", value: "\(customers)", requirement: "at least 2")
            }
        }

        var population: EmoSeqParameters {
            get throws {
                try PopulationSettings.parameters(
                    preset: preset, switches: switches, knobs: parameters, under: "parameters")
            }
        }

        var thresholds: SafeguardThresholds {
            get throws { try SafeguardThresholds(distress: distressThreshold, confidence: confidenceThreshold) }
        }
    }

    public static let name = "safeguards/exploitable"
    public static let summary = "Measures what the safeguards prevent, miss and cost where distress could be exploited."
    public static var smoke: Configuration {
        var configuration = Configuration()
        configuration.customers = 150
        return configuration
    }

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        let safeguard = Safeguard(thresholds: try configuration.thresholds)
        let population = try Population(configuration.population, safeguard: safeguard)
        let table = try population.parameters.actionTable
        let environment = try EmoSeqEnvironment(population.parameters, stream: run.stream("customers"))
        var report = SafeguardReport(population: population)
        run.progress(0.05, "solved exactly")

        for (number, name) in configuration.policies.enumerated() {
            // The same policy in both arms, which would exploit if it could: the mask alone makes the difference.
            let policy = try EmoSeqPolicyName(named: name).policy(population.kernel, solution: population.free)
            func arm(_ safeguard: Safeguard?) throws -> RolloutResult {
                try Rollout(safeguard: safeguard, table: table).run(
                    environment, policy: policy, customers: 0..<configuration.customers,
                    stream: run.stream("actions"), willStep: run.checkCancellation)
            }
            report.add(name, guarded: try arm(safeguard), free: try arm(nil))
            run.progress(
                0.05 + 0.9 * Double(number + 1) / Double(configuration.policies.count),
                "\(report.decisionCount) decisions under safeguards")
        }
        for (file, chart) in report.charts {
            try run.artifact(file) { try AtomicFile.write(Data(chart.file().utf8), to: $0) }
        }
        return try report.evaluation()
    }
}
