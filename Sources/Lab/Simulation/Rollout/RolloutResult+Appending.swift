extension RolloutResult {
    /// Adds what came of further customers, whose journeys are dropped.
    public mutating func append(_ other: RolloutResult) {
        values += other.values
        segments += other.segments
        contacts += other.contacts
        clicks += other.clicks
        engagements += other.engagements
        conversions += other.conversions
        complaints += other.complaints
        revenue += other.revenue
        cost += other.cost
        churned += other.churned
        periods += other.periods
        decisions += other.decisions
        hiddenNegative += other.hiddenNegative
        missed += other.missed
        promotionsToMissed += other.promotionsToMissed
        decisionCount += other.decisionCount
        promotionsToDistressed += other.promotionsToDistressed
        for kind in assessments.indices { assessments[kind] += other.assessments[kind] }
        if actions.isEmpty { actions = Array(repeating: 0, count: other.actions.count) }
        for (action, count) in other.actions.enumerated() { actions[action] += count }
    }
}
