extension RolloutResult {
    /// Only the customers at the given places: what is counted for each customer, without journeys and without what is
    /// counted for all together.
    public func selecting(_ places: [Int]) -> RolloutResult {
        func pick<Value>(_ values: [Value]) -> [Value] { places.map { values[$0] } }
        var part = RolloutResult()
        part.values = pick(values)
        part.segments = pick(segments)
        part.contacts = pick(contacts)
        part.clicks = pick(clicks)
        part.engagements = pick(engagements)
        part.conversions = pick(conversions)
        part.complaints = pick(complaints)
        part.revenue = pick(revenue)
        part.cost = pick(cost)
        part.churned = pick(churned)
        part.periods = pick(periods)
        part.decisions = pick(decisions)
        part.hiddenNegative = pick(hiddenNegative)
        part.missed = pick(missed)
        part.promotionsToMissed = pick(promotionsToMissed)
        part.decisionCount = part.decisions.reduce(0) { $0 + Int($1) }
        return part
    }

    /// Only the customers of one segment.
    public func selecting(segment: Int) -> RolloutResult {
        selecting(segments.indices.filter { segments[$0] == Int32(segment) })
    }
}
