import LabDomain

extension JourneyLog {
    /// Throws `SimulationError.inconsistentJourney` with the place of the first contradiction.
    ///
    /// - Parameters:
    ///   - file: where the log came from.
    ///   - firstEpisode: the number that its first episode has there.
    func check(file: String, firstEpisode: Int = 0) throws {
        for episode in 0..<episodeCount {
            let rows = decisions(episode)
            func fail(_ step: Int?, _ reason: String) -> SimulationError {
                .inconsistentJourney(file: file, episode: firstEpisode + episode, step: step, reason: reason)
            }
            guard !rows.isEmpty else { throw fail(nil, "it has no decisions") }
            for decision in rows {
                if let reason = contradiction(decision) { throw fail(decision - rows.lowerBound, reason) }
                if terminal[decision], decision < rows.upperBound - 1 {
                    throw fail(decision - rows.lowerBound, "the episode goes on though it ended here")
                }
            }
            let numbers =
                (rows.lowerBound + episode) * featureCount..<(rows.upperBound + episode + 1) * featureCount
            if let bad = observations[numbers].firstIndex(where: { !$0.isFinite }) {
                let row = (bad - numbers.lowerBound) / featureCount
                throw fail(row, "feature \(schema.features[bad % featureCount]) is \(observations[bad])")
            }
        }
    }

    private func contradiction(_ decision: Int) -> String? {
        let action = Int(actions[decision])
        guard (0..<actionCount).contains(action) else {
            return "action \(action) is unknown: actions are 0 ..< \(actionCount)"
        }
        if !permitted[decision * actionCount + action] {
            let mask = permitted[decision * actionCount..<(decision + 1) * actionCount]
            return mask.contains(true)
                ? "action \(action) was taken though it is not permitted" : "the mask forbids every action"
        }
        let propensity = propensities[decision]
        if !propensity.isNaN, !(propensity > 0 && propensity <= 1) {
            return "the propensity \(propensity) is not in (0, 1]"
        }
        if !rewards[decision].isFinite { return "the reward is \(rewards[decision])" }
        if elapsed[decision] < 1 { return "no time passes until the next decision" }
        return nil
    }
}
