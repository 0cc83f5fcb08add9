/// What estimators need of a log: who was played, what it paid, and how likely the evaluated policy was to do the same.
///
/// Episodes follow each other; all arrays have one entry a decision unless said otherwise.
public struct OffPolicyLog: Sendable {
    /// Shape [episodes + 1].
    public let offsets: [Int]
    /// γ to the power of the periods before each decision.
    public let discounts: [Double]
    /// Undiscounted towards the episode's start.
    public let rewards: [Double]
    /// π(a|s) / b(a|s) of the logged action.
    public let ratios: [Double]
    /// A model's Q(s, a) of the logged action, for doubly robust estimators; empty without a model.
    public var actionValues: [Double] = []
    /// The model's V(s) under the evaluated policy; empty without a model.
    public var stateValues: [Double] = []

    /// Throws `PolicyError.inconsistentEvaluation` where shapes differ, an episode is empty or a ratio is no number.
    public init(
        offsets: [Int], discounts: [Double], rewards: [Double], ratios: [Double], actionValues: [Double] = [],
        stateValues: [Double] = []
    ) throws {
        let count = offsets.last ?? 0
        guard offsets.count >= 2, offsets.first == 0, zip(offsets, offsets.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw PolicyError.inconsistentEvaluation("there is no episode, or one without decisions")
        }
        guard [discounts.count, rewards.count, ratios.count].allSatisfy({ $0 == count }),
            [actionValues.count, stateValues.count].allSatisfy({ $0 == 0 || $0 == count })
        else { throw PolicyError.inconsistentEvaluation("its arrays have different lengths") }
        if let bad = ratios.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
            throw PolicyError.inconsistentEvaluation("the ratio of decision \(bad) is \(ratios[bad])")
        }
        if let bad = rewards.firstIndex(where: { !$0.isFinite }) {
            throw PolicyError.inconsistentEvaluation("the reward of decision \(bad) is \(rewards[bad])")
        }
        self.offsets = offsets
        self.discounts = discounts
        self.rewards = rewards
        self.ratios = ratios
        self.actionValues = actionValues
        self.stateValues = stateValues
    }

    public var episodeCount: Int { offsets.count - 1 }
    /// Decisions of the longest episode.
    public var longest: Int { zip(offsets.dropFirst(), offsets).map { $0 - $1 }.max() ?? 0 }

    /// ρ_t, the product of ratios up to and with each decision.
    public var cumulativeRatios: [Double] {
        var result = ratios
        for episode in 0..<episodeCount {
            for decision in offsets[episode] + 1..<max(offsets[episode] + 1, offsets[episode + 1]) {
                result[decision] *= result[decision - 1]
            }
        }
        return result
    }

    /// The discounted return of each episode under the policy that logged.
    public var returns: [Double] {
        (0..<episodeCount).map { episode in
            (offsets[episode]..<offsets[episode + 1]).reduce(0) { $0 + discounts[$1] * rewards[$1] }
        }
    }
}
