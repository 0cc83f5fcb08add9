import LabDomain
import LabProfiles
import LabSafeguards
import LabSimulation

/// Logged journeys as the events that a profile store takes in, in the order of time.
struct JourneyEvents {
    let log: JourneyLog
    /// One an episode.
    let pseudonyms: [CustomerID]

    /// Channels of one creative kind in the action space.
    private static let channels = 3

    func records() -> [ProfileRecord] {
        var periods: [[ProfileRecord]] = []
        func add(_ episode: Int, _ time: Int, _ event: ProfileEvent) {
            while periods.count <= time { periods.append([]) }
            periods[time].append(ProfileRecord(customer: pseudonyms[episode], time: Int64(time), event: event))
        }
        for episode in 0..<log.episodeCount {
            let decisions = log.decisions(episode)
            var time = 0
            for decision in decisions {
                let reading = SIMD3(
                    log.readings[3 * decision], log.readings[3 * decision + 1], log.readings[3 * decision + 2])
                add(episode, time, .reading(reading))
                let action = Int(log.actions[decision])
                let elapsed = Int(log.elapsed[decision])
                if let kind = ActionTable.emoSeq.kinds[action] {
                    add(episode, time, .impression(kind, channel: action % Self.channels))
                } else {
                    add(episode, time, .wait(periods: elapsed))
                }
                let outcome = log.outcome(decision)
                if outcome.engagements > 0 { add(episode, time, .engagement(count: Int(outcome.engagements))) }
                if outcome.conversions > 0, let amount = Money(units: Double(outcome.revenue)) {
                    add(episode, time, .purchase(amount))
                }
                time += elapsed
                if log.terminal[decision] { add(episode, time, .churn) }
            }
        }
        return periods.flatMap { $0 }
    }
}
