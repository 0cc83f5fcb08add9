import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSafeguards
import LabSimulation

/// A journey log with what explanations of its decisions need.
struct ExplainedLog {
    let log: JourneyLog
    let scorer: any ActionScorer
    let safeguard: Safeguard
    let actionNames: [String]
    /// For each decision its episode.
    let episodes: [Int]

    init(_ log: JourneyLog, scorer: any ActionScorer, safeguard: Safeguard, actionNames: [String]?) {
        self.log = log
        self.scorer = scorer
        self.safeguard = safeguard
        let known = EmoSeqParameters.presetS.actions.map(\.name)
        let numbered = (0..<log.actionCount).map { "action \($0)" }
        self.actionNames = actionNames ?? (known.count == log.actionCount ? known : numbered)
        episodes = (0..<log.episodeCount).flatMap { episode in log.decisions(episode).map { _ in episode } }
    }

    /// Up to `count` decisions, ascending, drawn without replacement from a segment or from all.
    func sample(_ count: Int, from segment: Int32?, _ stream: inout RandomStream) -> [Int] {
        var decisions = episodes.indices.filter { segment == nil || log.segments[episodes[$0]] == segment }
        // The first `count` places of a Fisher-Yates shuffle.
        for place in 0..<min(count, decisions.count) {
            decisions.swapAt(place, place + stream.nextInt(below: decisions.count - place))
        }
        return decisions.prefix(count).sorted()
    }

    /// The decisions that a configuration names; `nil` where it names none.
    func decisions(_ configuration: ExplanationExperiment.Configuration) throws -> [Int]? {
        func refuse(_ key: String, _ value: Int, _ requirement: String) -> RunsError {
            .invalidSetting(key: key, value: "\(value)", requirement: requirement)
        }
        if configuration.decision >= 0 {
            guard configuration.decision < log.decisionCount else {
                throw refuse(
                    "decision", configuration.decision, "below \(log.decisionCount), the decisions of the log")
            }
            return [configuration.decision]
        }
        guard configuration.customer >= 0 else { return nil }
        let found = episodes.indices.filter { Int(log.customers[episodes[$0]]) == configuration.customer }
        guard !found.isEmpty else { throw refuse("customer", configuration.customer, "a customer of the log") }
        return found
    }

    func state(_ decision: Int) -> [Float] {
        let row = log.observationRow(decision, episode: episodes[decision])
        return Array(log.observations[row * log.featureCount..<(row + 1) * log.featureCount])
    }

    /// Row-major [decisions, features].
    func states(_ decisions: [Int]) -> [Float] { decisions.flatMap(state) }

    func permitted(_ decision: Int) -> [Bool] {
        Array(log.permitted[decision * log.actionCount..<(decision + 1) * log.actionCount])
    }

    func explain(_ decision: Int, _ explainer: ShapleyExplainer, _ stream: RandomStream) throws -> DecisionExplanation {
        try explainer.decision(state(decision), permitted: permitted(decision), stream: stream.child(decision))
    }

    /// What the safeguards say to the reading that was logged with a decision, one sentence each.
    func reasons(_ decision: Int) -> [String] {
        let reading = log.readings[decision * 3..<decision * 3 + 3].map { Double($0) }
        return safeguard.permittedActions(
            reading: Reading(sentiment: reading, model: ""), audience: .adult
        ).reasons
    }
}
