import Foundation
import LabAnalytics
import LabDelivery
import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSafeguards
import LabSimulation
import LabStorage

/// Lets the learned policy and the behaviour policy play the same fresh customers under one frequency cap and one budget.
///
/// A third play without safeguards measures, in simulation only, what they cost.
public struct CampaignExperiment: Experiment {
    public struct Configuration: ExperimentConfiguration {
        public var customers = 4_000
        public var budgetPerCustomer = 0.6
        public var capLimit = 4
        public var capDays = 7
        public var pacing = Campaign.Pacing.even
        public var platforms: [Platform] = [.instagram, .email, .linkedin]
        public var safeguards = SafeguardThresholds.standard
        public var level = 0.95

        public init() {}

        public static let settings = [
            Setting("customers", "How many fresh customers each policy plays; the same for all.", unit: "customers"),
            Setting(
                "budgetPerCustomer", "The campaign's budget, never exceeded, divided by the customers.", unit: "EUR"),
            Setting("capLimit", "At most so many ads to one customer within the cap's window.", unit: "ads"),
            Setting("capDays", "Length of the cap's sliding window; a period of the simulator is a day.", unit: "days"),
            Setting("pacing", "even: in proportion to time; asap: as demand comes."),
            Setting("platforms", "What the simulator's three channels stand for, in its order."),
            Setting("safeguards.distress", "At or above this probability of negative sentiment a reading is distress."),
            Setting(
                "safeguards.distressEmotion", "At or above this probability of sadness and fear it is distress too."),
            Setting("safeguards.confidence", "Below this probability of the likeliest sentiment nothing is presumed."),
            Setting("level", "Confidence of all intervals."),
        ]

        public func validate() throws {
            func require(_ holds: Bool, _ key: String, _ value: some CustomStringConvertible, _ requirement: String)
                throws
            {
                guard holds else {
                    throw RunsError.invalidSetting(key: key, value: value.description, requirement: requirement)
                }
            }
            try require((20...200_000).contains(customers), "customers", customers, "in 20…200,000")
            try require((0...1_000).contains(budgetPerCustomer), "budgetPerCustomer", budgetPerCustomer, "in 0…1,000")
            try require((1...1_000).contains(capLimit), "capLimit", capLimit, "in 1…1,000")
            try require((1...365).contains(capDays), "capDays", capDays, "in 1…365")
            try require(
                platforms.count == 3, "platforms", platforms.map(\.rawValue), "one platform for each of 3 channels")
            try require(level > 0.5 && level < 1, "level", level, "in (0.5, 1)")
        }
    }

    public static let name = "delivery/campaign"
    public static let summary =
        "Plays learned and behaviour policy on fresh customers under a frequency cap and a budget."
    public static let inputs: [ExperimentInput] = [
        .policy,
        ExperimentInput(role: "creatives", experiment: "creative/variants"),
        ExperimentInput(role: "readings", experiment: "language/posts"),
    ]
    public static var smoke: Configuration {
        var configuration = Configuration()
        configuration.customers = 300
        return configuration
    }

    static let day: Int64 = 86_400_000
    static let marker = "simulation"

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        let parameters = EmoSeqParameters.presetS
        let speech = try SpokenPosts(run.parent("readings").artifact("readings.h5"))
        let environment = try EmoSeqEnvironment(parameters, voice: speech.voice, stream: run.stream("customers"))
        let learned = try Self.learnedPolicy(run.parent("policy"))
        let behaviour = EmoSeqLoggingPolicy(schema: parameters.schema)
        let creatives = try JSONDecoder().decode(
            [Creative].self, from: Data(contentsOf: run.parent("creatives").artifact("creatives.json")))

        let campaign = try Self.campaign(configuration, periods: parameters.horizon, run.seed)
        let map = try Self.actionMap(parameters, configuration.platforms)
        let shelf = CreativeShelf(creatives)
        let safeguard = Safeguard(thresholds: configuration.safeguards)
        let customers = 0..<configuration.customers

        let arms: [(name: String, policy: any PolicyScorer, safeguard: Safeguard?)] = [
            ("learned", learned, safeguard), ("behaviour", behaviour, safeguard), ("unguarded", learned, nil),
        ]
        var outcomes: [String: CampaignOutcome] = [:]
        for (index, arm) in arms.enumerated() {
            let play = try CampaignPlay(campaign, map: map, shelf: shelf, safeguard: arm.safeguard, period: Self.day)
            outcomes[arm.name] = try play.run(
                environment, policy: arm.policy, customers: customers, stream: run.stream("actions")
            ) { step in
                try run.checkCancellation()
                let part = Double(step) / Double(parameters.horizon)
                run.progress((Double(index) + part) / Double(arms.count), "\(arm.name), day \(step + 1)")
            }
        }
        guard let first = outcomes["learned"], let second = outcomes["behaviour"], let third = outcomes["unguarded"]
        else { return Evaluation() }

        for (period, spent) in first.spentByPeriod.enumerated() {
            run.log("spentLearned", Double(spent) / 1_000_000, step: period)
            run.log("spentBehavior", Double(second.spentByPeriod[period]) / 1_000_000, step: period)
        }
        try run.artifact("delivery.h5") { url in
            let file = try HDF5File.create(url)
            try file.setAttribute("environment", .string(Self.marker))
            try file.setAttribute("currency", .string(campaign.budget.currency))
            try file.setAttribute("actions", .strings(map.actions.map(\.name)))
            try file.setAttribute("creatives", .strings(creatives.map(\.id)))
            try first.log.write(to: file, group: "learned")
            try second.log.write(to: file, group: "behaviour")
            try file.close()
        }
        try run.artifact("campaign.json") { url in
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            encoder.dateEncodingStrategy = .iso8601
            try AtomicFile.write(encoder.encode(campaign) + Data("\n".utf8), to: url)
        }
        let report = CampaignReport(
            learned: first, behaviour: second, unguarded: third, campaign: campaign, map: map,
            labels: speech.labelOfPlace, level: configuration.level)
        return try report.evaluation()
    }

    private static func learnedPolicy(_ parent: SealedRun) throws -> any PolicyScorer {
        try SavedPolicy.read(
            weights: parent.artifact(SavedPolicy.weightsFile), description: parent.artifact(SavedPolicy.descriptionFile)
        )
    }

    private static func campaign(
        _ configuration: Configuration, periods: Int, _ seed: UInt64
    ) throws -> Campaign {
        // A simulated calendar: the campaign begins with the year, whatever the day of the run.
        let start = Date(timeIntervalSince1970: 1_767_225_600)
        return try Campaign(
            id: "loop-\(seed)", name: "Simulated campaign", platforms: configuration.platforms, start: start,
            end: start.addingTimeInterval(Double(periods) * Double(day) / 1000),
            budget: Money(units: configuration.budgetPerCustomer * Double(configuration.customers)) ?? Money(micros: 0),
            pacing: configuration.pacing,
            frequencyCaps: [FrequencyCap(limit: configuration.capLimit, window: Int64(configuration.capDays) * day)])
    }

    private static func actionMap(_ parameters: EmoSeqParameters, _ platforms: [Platform]) throws -> ActionMap {
        try ActionMap(
            parameters.actions.map { action in
                guard let creative = action.creative, let channel = action.channel else {
                    return .wait(periods: action.periods)
                }
                return .contact(
                    kind: creative, platform: platforms[channel],
                    cost: Money(units: parameters.contactCost[channel]) ?? Money(micros: 0))
            })
    }
}
