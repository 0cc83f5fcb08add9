import LabRuns
import LabSafeguards
import LabSimulation

extension EmoSeqExperiment {
    /// In which form the journeys are kept.
    enum JourneyFormat: String, Codable, Sendable, CaseIterable {
        /// HDF5 in the Minari layout.
        case minari
        /// Not at all.
        case none
    }

    public struct Configuration: ExperimentConfiguration {
        public var preset = "S"
        public var switches: [String] = []
        public var policy = EmoSeqPolicyName.logging.rawValue
        public var exploration = 0.0
        public var temperature = 0.1
        public var customers = 5_000
        public var referenceCustomers = 4_000
        public var safeguarded = true
        public var distressThreshold = 0.5
        public var confidenceThreshold = 0.45
        public var journeys = "minari"
        var parameters = PopulationKnobs()

        public init() {}

        public static let settings =
            [
                PopulationSettings.preset, PopulationSettings.switches,
                Setting(
                    "policy",
                    "Who decides: logging, uniform, boltzmann, promote, hold, myopic, optimum or qmdp."),
                Setting("exploration", "Share of the decisions that are spread evenly over the permitted actions."),
                Setting("temperature", "Temperature of the Boltzmann policy.", unit: "EUR"),
                Setting("customers", "How many simulated customers are followed.", unit: "customers"),
                Setting("referenceCustomers", "On how many each reference policy is tried.", unit: "customers"),
                Setting(
                    "safeguarded",
                    "Whether the safeguards are obeyed; false only to measure what would happen without them."),
                Setting(
                    "distressThreshold", "Probability of negative sentiment from which a reading counts as distress."),
                Setting(
                    "confidenceThreshold",
                    "Probability of the likeliest sentiment below which a reading is unknown."),
                Setting("journeys", "In which form the journeys are kept: minari or none."),
            ] + PopulationKnobs.settings(under: "parameters")

        public func validate() throws {
            func require(_ holds: Bool, _ key: String, _ value: String, _ requirement: String) throws {
                guard holds else { throw RunsError.invalidSetting(key: key, value: value, requirement: requirement) }
            }
            _ = try population
            _ = try thresholds
            _ = try EmoSeqPolicyName(named: policy)
            try require((0...1).contains(exploration), "exploration", "\(exploration)", "in 0…1")
            try require(temperature > 0, "temperature", "\(temperature)", "above 0")
            try require(customers >= 2, "customers", "\(customers)", "at least 2")
            try require(referenceCustomers >= 2, "referenceCustomers", "\(referenceCustomers)", "at least 2")
            try require(
                JourneyFormat(rawValue: journeys) != nil, "journeys", journeys,
                JourneyFormat.allCases.map(\.rawValue).joined(separator: " or "))
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
}
