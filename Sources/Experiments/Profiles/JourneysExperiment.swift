import Foundation
import LabDomain
import LabNumerics
import LabPrivacy
import LabProfiles
import LabRuns
import LabSafeguards
import LabSimulation
import LabStatistics
import LabStorage

/// Lets simulated customers speak real posts, and keeps what a model reads of them, what was done and what came of it.
///
/// The model's calibrated reading, never the hidden emotion, enters profiles, safeguards and the journeys that policies
/// learn from. The hidden emotion is used at the end only, to say how good the readings were.
public struct JourneysExperiment: Experiment {
    public struct Configuration: ExperimentConfiguration {
        public var customers = 20_000
        public var uniformShare = 0.1
        public var distressThreshold = 0.5
        public var confidenceThreshold = 0.45
        public var epsilon = 0.5
        public var budgetEpsilon = 1.0

        public init() {}

        public static let settings = [
            Setting("customers", "How many simulated customers are followed.", unit: "customers"),
            Setting("uniformShare", "Share of the behaviour policy that tries every permitted action alike."),
            Setting("distressThreshold", "Probability of negative sentiment from which a reading counts as distress."),
            Setting("confidenceThreshold", "Probability of the likeliest sentiment below which a reading is unknown."),
            Setting("epsilon", "Privacy loss of the released histogram of emotion by segment."),
            Setting("budgetEpsilon", "Privacy loss that may be spent on this population altogether."),
        ]

        public func validate() throws {
            guard customers >= 1 else {
                throw RunsError.invalidSetting(key: "customers", value: "\(customers)", requirement: "at least 1")
            }
            guard uniformShare > 0, uniformShare <= 1 else {
                throw RunsError.invalidSetting(
                    key: "uniformShare", value: "\(uniformShare)", requirement: "above 0 and at most 1")
            }
            _ = try thresholds
            _ = try ProfileRules(confidence: confidenceThreshold)
            _ = try query
            _ = try PrivacyCost(epsilon: budgetEpsilon)
        }

        var thresholds: SafeguardThresholds {
            get throws { try SafeguardThresholds(distress: distressThreshold, confidence: confidenceThreshold) }
        }

        var query: HistogramQuery {
            get throws {
                let query = HistogramQuery(
                    name: "emotion-by-segment", cells: EmotionCell.all.map(\.label),
                    epsilon: try Rational(decimal: epsilon))
                _ = try query.noise()
                return query
            }
        }
    }

    public static let name = "profiles/journeys"
    public static let summary = "Follows simulated customers who speak real posts, under safeguards, into profiles."
    public static let inputs = [ExperimentInput(role: "readings", experiment: PostReaderExperiment.name)]
    public static var smoke: Configuration {
        var configuration = Configuration()
        // So few that the journeys of a reference run stay below 1 MB.
        configuration.customers = 140
        return configuration
    }

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        // Voices: the posts of the speech split, by the label that people gave them.
        let spoken = try SpokenPosts(run.parent("readings").artifact("readings.h5"))
        let environment = try EmoSeqEnvironment(voice: spoken.voice, stream: run.stream("customers"))
        let policy = EmoSeqLoggingPolicy(schema: environment.schema, uniformShare: configuration.uniformShare)
        let safeguard = Safeguard(thresholds: try configuration.thresholds)
        run.progress(0.05, "\(spoken.labels.count) posts to speak")

        // Journeys: the behaviour policy acts under the safeguards' mask, and its propensities are logged.
        let rollout = Rollout(safeguard: safeguard, keepsJourneys: true)
        let result = try rollout.run(
            environment, policy: policy,
            customers: 0..<configuration.customers,
            stream: run.stream("actions"), willStep: run.checkCancellation)
        guard let log = result.journeys else { throw RunsError.defect("the rollout kept no journeys") }
        try run.artifact("journeys.h5") { try log.write(to: $0) }
        run.progress(0.35, "\(log.decisionCount) decisions logged")

        // The same customers and chances without a safeguard, to say what it costs.
        let free = try Rollout(safeguard: nil).run(
            environment, policy: policy, customers: 0..<configuration.customers, stream: run.stream("actions"),
            willStep: run.checkCancellation)
        run.progress(0.5, "compared without safeguards")

        // Profiles: events in, profiles folded; a replay from the first event must give the same state.
        let key = PseudonymKey.publicCorpus(name: "emoseq.s", digest: "seed \(run.seed)")
        let pseudonyms = log.customers.map { key.pseudonym(of: String($0)) }
        let records = JourneyEvents(log: log, pseudonyms: pseudonyms).records()
        var state = ProfileState()
        try run.artifact("profiles.sqlite") { url in
            let store = try ProfileStore(url, rules: ProfileRules(confidence: configuration.confidenceThreshold))
            for start in stride(from: 0, to: records.count, by: 20_000) {
                try run.checkCancellation()
                try store.append(Array(records[start..<min(start + 20_000, records.count)]))
            }
            try store.materialise()
            state = store.state
            guard try store.replay().digest == state.digest else {
                throw RunsError.defect("a replay of the events gives other profiles")
            }
            try store.finalise()
        }
        run.progress(0.85, "\(records.count) events folded into \(state.count) profiles")

        // Release: who feels what, by segment, with noise and charged before it is computed.
        let members = state.customers.indices.map { place in
            (customer: state.customers[place], cell: EmotionCell(state[place]).index)
        }
        let query = try configuration.query
        let population = "emoseq.s \(state.digest)"
        let released = try ReleasedHistogram(
            json: run.released("emotion-by-segment.json") {
                let ledger = try PrivacyLedger(home: run.home, owner: "simulation")
                let now = run.clock.now()
                try ledger.ensureBudget(
                    PrivacyCost(epsilon: configuration.budgetEpsilon), population: population, at: now)
                return try ledger.release(
                    query, members: members, population: population, noise: .simulation(run.stream("release")), at: now
                ).value
            })
        run.progress(1, "released")

        return try JourneysReport(
            spoken: spoken, log: log, result: result, free: free, safeguard: safeguard, state: state,
            eventCount: records.count, released: released, query: query
        ).evaluation()
    }
}
