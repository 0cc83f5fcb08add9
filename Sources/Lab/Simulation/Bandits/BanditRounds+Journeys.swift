import LabDomain

extension BanditRounds {
    /// What an agent chooses in a round.
    public enum Action: String, Sendable, CaseIterable, Codable {
        /// The item for the position that is given: action = item.
        case item
        /// Action = item × positions + position, of which the given position's alone are permitted.
        case itemAndPosition
    }

    /// The rounds as episodes of one decision: reward at once, discount 1, one period, ended after it.
    ///
    /// The observation is the context and, where there are several positions, one number for each that is 1 for the one
    /// given. The propensity is that of the item given the position under either kind of action. A reward counts as the
    /// engagement of the outcome. Customers are rounds: these logs do not say who comes again.
    ///
    /// - Parameter name: the schema's.
    public func journeys(choosing action: Action = .item, name: String = "bandit") throws -> JourneyLog {
        let slots = positionCount > 1 ? positionCount : 0
        let schema = StateSchema(
            name: name, version: 1, features: features + (0..<slots).map { "position=\($0)" })
        let actionCount = action == .item ? itemCount : itemCount * positionCount
        let width = schema.features.count
        var log = JourneyLog(schema: schema, actionCount: actionCount, discount: 1)
        log.observations = [Float](repeating: 0, count: 2 * count * width)
        log.permitted = [Bool](repeating: action == .item, count: count * actionCount)
        log.outcomes = [Float](repeating: .nan, count: count * JourneyOutcome.width)
        for round in 0..<count {
            let row = 2 * round * width
            for feature in features.indices {
                log.observations[row + feature] = contexts[round * features.count + feature]
            }
            let position = Int(positions[round])
            if slots > 0 { log.observations[row + features.count + position] = 1 }
            switch action {
            case .item: log.actions.append(items[round])
            case .itemAndPosition:
                log.actions.append(items[round] * Int32(positionCount) + positions[round])
                for item in 0..<itemCount {
                    log.permitted[round * actionCount + item * positionCount + position] = true
                }
            }
            log.outcomes[round * JourneyOutcome.width] = Float(rewards[round])
        }
        log.offsets = Array(0...count)
        log.rewards = rewards
        log.propensities = propensities
        log.elapsed = [Int32](repeating: 1, count: count)
        log.terminal = [Bool](repeating: true, count: count)
        log.readings = [Float](repeating: .nan, count: 3 * count)
        log.posts = [Int32](repeating: -1, count: count)
        log.customers = Array(0..<Int32(count))
        log.segments = [Int32](repeating: 0, count: count)
        try log.check(file: name)
        return log
    }
}
