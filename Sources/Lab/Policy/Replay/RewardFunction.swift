import LabDomain
public import LabSimulation

/// What a decision is worth to whom trains: a weighted sum of what it led to, checked against what the log knows.
///
/// Rewards steer what is learned; a policy is always judged by the log's own reward. Whatever the weights, the safeguards'
/// masks hold: no reward buys a forbidden action.
public struct RewardFunction: Codable, Sendable, Equatable {
    /// Weight of the reward that the log states, whose unit is the currency's.
    public var logged = 1.0
    /// Currency units for a click.
    public var engagement = 0.0
    /// Currency units for a purchase.
    public var conversion = 0.0
    /// Weight of what customers paid.
    public var revenue = 0.0
    /// Weight of what contacts cost; it is subtracted.
    public var cost = 0.0
    /// Currency units for each period after which the customer is still there: a stand-in for the value of later years.
    public var longTermValue = 0.0
    /// Currency units subtracted for a complaint.
    public var complaintPenalty = 0.0
    /// Currency units subtracted when the customer leaves.
    public var churnPenalty = 0.0
    /// Currency units times the probability of a negative reading after the decision; subtracted.
    public var negativeEmotionPenalty = 0.0

    public init() {}

    /// The log's own reward.
    public static let logged = RewardFunction()

    private var components: [(name: String, weight: Double)] {
        [
            ("logged", logged), ("engagement", engagement), ("conversion", conversion), ("revenue", revenue),
            ("cost", cost), ("longTermValue", longTermValue), ("complaintPenalty", complaintPenalty),
            ("churnPenalty", churnPenalty), ("negativeEmotionPenalty", negativeEmotionPenalty),
        ]
    }

    /// Throws `PolicyError.invalidSetting` for a weight that is no number, a negative penalty, or weights that are all 0.
    public func validate() throws {
        for (name, weight) in components {
            try PolicyError.require(weight.isFinite, name, weight, "a number")
        }
        for (name, weight) in components where name.hasSuffix("Penalty") || name == "cost" {
            try PolicyError.require(weight >= 0, name, weight, "0 or more: it is subtracted")
        }
        try PolicyError.require(
            components.contains { $0.weight != 0 }, "logged", logged, "other than 0, or another weight")
    }

    /// The reward of each decision, currency units; shape [decisions].
    ///
    /// Throws `PolicyError.rewardNotKnown` with episode and step where the log lacks what a weight needs.
    public func rewards(of log: JourneyLog) throws -> [Double] {
        if self == .logged { return log.rewards }
        var result = [Double](repeating: 0, count: log.decisionCount)
        for episode in 0..<log.episodeCount {
            let decisions = log.decisions(episode)
            for decision in decisions {
                let outcome = log.outcome(decision)
                var sum = logged == 0 ? 0 : logged * log.rewards[decision]
                func add(_ weight: Double, _ value: Float, _ name: String) throws {
                    guard weight != 0 else { return }
                    guard value.isFinite else {
                        throw PolicyError.rewardNotKnown(
                            component: name, episode: episode, step: decision - decisions.lowerBound)
                    }
                    sum += weight * Double(value)
                }
                try add(engagement, outcome.engagements, "engagement")
                try add(conversion, outcome.conversions, "conversion")
                try add(revenue, outcome.revenue, "revenue")
                try add(-cost, outcome.cost, "cost")
                try add(-complaintPenalty, outcome.complaints, "complaintPenalty")
                sum += longTermValue * Double(log.elapsed[decision])
                if log.terminal[decision] { sum -= churnPenalty }
                // The reading after the last decision is not in a log, and nothing is decided on it.
                if decision + 1 < decisions.upperBound {
                    try add(-negativeEmotionPenalty, log.readings[3 * (decision + 1)], "negativeEmotionPenalty")
                }
                result[decision] = sum
            }
        }
        return result
    }
}
