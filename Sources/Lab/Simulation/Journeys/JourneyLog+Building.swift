import LabDomain

/// One decision on its way into a log.
public struct JourneyDecision: Sendable, Equatable {
    /// Shape [features].
    public var observation: [Float]
    public var action: Int32
    /// Currency units, discounted to the decision.
    public var reward: Double
    /// Periods until the next decision.
    public var elapsed: Int32
    /// The probability with which the behaviour policy took the action; NaN where it is not known.
    public var propensity: Double
    /// Shape [actions].
    public var permitted: [Bool]
    public var reading: SIMD3<Float>
    public var post: Int32
    public var outcome: JourneyOutcome

    public init(
        observation: [Float], action: Int32, reward: Double, elapsed: Int32 = 1, propensity: Double,
        permitted: [Bool], reading: SIMD3<Float> = SIMD3(repeating: .nan), post: Int32 = -1,
        outcome: JourneyOutcome = .unknown
    ) {
        self.observation = observation
        self.action = action
        self.reward = reward
        self.elapsed = elapsed
        self.propensity = propensity
        self.permitted = permitted
        self.reading = reading
        self.post = post
        self.outcome = outcome
    }
}

extension JourneyLog {
    /// Appends one episode.
    ///
    /// - Parameters:
    ///   - ending: the observation after the last decision.
    ///   - ended: whether the customer churned, rather than the log ending.
    ///
    /// Throws `SimulationError.inconsistentLog` with the place of the first contradiction.
    public mutating func append(
        customer: Int32, segment: Int32, decisions: [JourneyDecision], ending: [Float], terminal ended: Bool
    ) throws {
        guard !decisions.isEmpty else {
            throw SimulationError.inconsistentLog("episode \(episodeCount) has no decisions")
        }
        guard ending.count == featureCount else {
            throw SimulationError.inconsistentLog(
                "episode \(episodeCount) ends on \(ending.count) numbers, not \(featureCount)")
        }
        for (step, decision) in decisions.enumerated() {
            if let reason = contradiction(decision) {
                throw SimulationError.inconsistentLog("episode \(episodeCount), decision \(step): \(reason)")
            }
        }
        for (step, decision) in decisions.enumerated() {
            observations += decision.observation
            actions.append(decision.action)
            rewards.append(decision.reward)
            elapsed.append(decision.elapsed)
            propensities.append(decision.propensity)
            permitted += decision.permitted
            terminal.append(ended && step == decisions.count - 1)
            for index in 0..<3 { readings.append(decision.reading[index]) }
            posts.append(decision.post)
            outcomes += decision.outcome.numbers
        }
        observations += ending
        offsets.append(actions.count)
        customers.append(customer)
        segments.append(segment)
    }

    private func contradiction(_ decision: JourneyDecision) -> String? {
        let action = Int(decision.action)
        if decision.observation.count != featureCount {
            return "\(decision.observation.count) numbers are seen, not \(featureCount)"
        }
        if decision.permitted.count != actionCount { return "the mask has not \(actionCount) entries" }
        if !(0..<actionCount).contains(action) { return "action \(action) is outside 0 ..< \(actionCount)" }
        if !decision.permitted[action] { return "action \(action) was taken though it is not permitted" }
        if !decision.propensity.isNaN, !(decision.propensity > 0 && decision.propensity <= 1) {
            return "the propensity \(decision.propensity) is not in (0, 1]"
        }
        if !decision.reward.isFinite { return "the reward is not a number" }
        if decision.elapsed < 1 { return "no time passes until the next decision" }
        return nil
    }

    /// The log of some episodes only, in the given order.
    public func selecting(_ episodes: [Int]) -> JourneyLog {
        var result = JourneyLog(schema: schema, actionCount: actionCount, discount: discount)
        result.append(episodes: episodes, of: self)
        return result
    }

    /// Appends some episodes of a log of the same states and actions, in the given order.
    public mutating func append(episodes: some Sequence<Int>, of other: JourneyLog) {
        let width = JourneyOutcome.width
        for episode in episodes {
            let rows = other.decisions(episode)
            observations +=
                other.observations[
                    (rows.lowerBound + episode) * featureCount..<(rows.upperBound + episode + 1) * featureCount]
            actions += other.actions[rows]
            rewards += other.rewards[rows]
            elapsed += other.elapsed[rows]
            propensities += other.propensities[rows]
            permitted += other.permitted[rows.lowerBound * actionCount..<rows.upperBound * actionCount]
            terminal += other.terminal[rows]
            readings += other.readings[rows.lowerBound * 3..<rows.upperBound * 3]
            posts += other.posts[rows]
            outcomes += other.outcomes[rows.lowerBound * width..<rows.upperBound * width]
            offsets.append(actions.count)
            customers.append(other.customers[episode])
            segments.append(other.segments[episode])
        }
    }
}
