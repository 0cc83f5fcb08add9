public import LabStatistics

/// What a policy does in one segment of customers, and which parts of the observation move it there.
public struct SegmentExplanation: Sendable {
    public let segment: Int32
    /// Decisions that were explained.
    public let count: Int
    /// For each action the share of decisions in which it is chosen, with Wilson's interval.
    public let actions: [Estimate]
    /// The mean lead of the chosen action over the next; over decisions that have a choice.
    public let gap: Estimate
    /// For each group the mean of its share's size in the margin; over decisions that have a choice.
    public let groups: [(name: String, size: Estimate)]
    /// The share of decisions in which the safeguards changed the choice.
    public let masked: Estimate

    /// Throws `StatisticsError` where counts contradict each other, which those of one list do not.
    public init(segment: Int32, _ explanations: [DecisionExplanation]) throws {
        self.segment = segment
        count = explanations.count
        let actionCount = explanations.first?.scores.count ?? 0
        actions = try (0..<actionCount).map { action in
            try wilson(successes: explanations.count { $0.chosen == action }, trials: explanations.count)
        }
        gap = meanInterval(explanations.compactMap(\.gap))
        let names = explanations.first?.margin.shares.map(\.group) ?? []
        groups = names.indices.map { place in
            let choices = explanations.filter { $0.runnerUp != nil }
            return (names[place], meanInterval(choices.map { abs($0.margin.shares[place].value) }))
        }
        masked = try wilson(
            successes: explanations.count { $0.chosen != $0.unmasked }, trials: explanations.count)
    }
}
