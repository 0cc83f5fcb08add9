import Foundation
import LabDomain
import LabPrivacy
import LabProfiles
import LabRuns
import LabSafeguards
import LabSimulation
import LabStatistics

/// What is to be said of the journeys: how good the readings were, what the safeguards did, what was released.
struct JourneysReport {
    let spoken: SpokenPosts
    let log: JourneyLog
    let result: RolloutResult
    /// The same customers without a safeguard.
    let free: RolloutResult
    let safeguard: Safeguard
    let state: ProfileState
    let eventCount: Int
    let released: ReleasedHistogram
    let query: HistogramQuery

    func evaluation() throws -> Evaluation {
        let readings = try ReadingCounts(spoken: spoken, log: log, safeguard: safeguard)
        let error = try ReleaseError(released, state: state, noise: query.noise())
        return Evaluation(
            figures: try readings.figures + behaviour() + error.figures,
            tables: [readings.confusion, readings.assessments, error.table, segments],
            notes: [
                "environment: simulation. Hidden emotions and true counts are known only because customers are simulated.",
                """
                Customers speak \(spoken.labels.count) posts of the speech split, each many times, so the agreement \
                describes these posts; its interval is over customers.
                """,
                "Profiles: state \(state.digest); a replay of all \(eventCount) events gives the same.",
                """
                Released: \(released.mechanism), unit \(released.unit), \(released.relation.rawValue), sensitivity \
                \(released.sensitivity), epsilon \(released.epsilon); the readings' model says epsilon: none.
                """,
            ])
    }

    private func behaviour() throws -> [Figure] {
        let value = meanInterval(result.values)
        let cost = try pairedDifference(free.values, result.values).difference
        return [
            Figure("behaviourValue", value.value, interval: value.interval, unit: "EUR/customer", count: value.count),
            Figure("safeguardCost", cost.value, interval: cost.interval, unit: "EUR/customer", count: cost.count),
            Figure("promotionsToDistressed", Double(result.promotionsToDistressed), unit: "decisions", better: .lower),
            Figure(
                "promotionsToDistressedUnguarded", Double(free.promotionsToDistressed), unit: "decisions",
                better: .lower),
            Figure("customers", Double(log.episodeCount)),
            Figure("decisions", Double(log.decisionCount)),
            Figure("events", Double(eventCount)),
        ]
    }

    /// Profiles by observed segment.
    private var segments: ResultTable {
        var rows: [[Cell]] = []
        for segment in ObservedSegment.allCases {
            let profiles = state.customers.indices.map { state[$0] }.filter { $0.segment == segment }
            let count = Double(max(1, profiles.count))
            rows.append([
                .text(segment.name), Cell(profiles.count),
                Cell(profiles.reduce(0) { $0 + Double($1.engagements) } / count),
                Cell(profiles.reduce(0) { $0 + Double($1.revenueMicros) / 1e6 } / count),
                Cell(Double(profiles.count { $0.churned }) / count),
            ])
        }
        return ResultTable(
            "observedSegments", columns: ["segment", "customers", "engagements", "revenue EUR", "churned"], rows: rows)
    }
}
