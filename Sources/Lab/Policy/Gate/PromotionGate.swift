/// Decides from a log alone how much of a candidate may be shown to customers.
///
/// A whole policy has almost no effective sample on journeys of twenty decisions, so the gate judges the mixtures
/// λ · candidate + (1 − λ) · behaviour, drawn anew at each decision, by a one-sided lower bound of the gain
/// V(mixture) − V(behaviour) with both values estimated from the same held-out customers.
///
/// **Why several λ may be tried without a correction.** They are tested in a sequence fixed beforehand, from the
/// smallest λ up, and testing stops at the first that fails; only what passed before the stop counts. Each true null
/// hypothesis is reached only if all before it were rejected, so the first true null in the sequence is the only place
/// where a false promotion can begin, and it is tested once at the level (fixed-sequence testing: Maurer, Hothorn and
/// Lehmacher 1995; Wiens 2003). Downwards from 1 the same rule would end at once, since the largest λ has no support;
/// carrying on after a failure would need a correction. The support conditions can only stop the sequence earlier, and
/// the candidate must not have been trained on the customers that judge it.
///
/// **Why the bound holds.** Contributions of customers are independent and their mean is unbiased for the gain, so the
/// studentised mean is nearly normal where the weights are bounded well enough: that is what the effective sample and
/// the mean weight are asked for. At small λ a decision's ratio is at most 1 + λ (1/b − 1).
public struct PromotionGate: Codable, Sendable, Equatable {
    /// How the gain is estimated.
    public enum Estimator: String, Codable, Sendable, CaseIterable {
        /// Per-decision importance sampling; needs nothing but the log.
        case perDecision
        /// Doubly robust with a model that was fitted on other customers; unbiased with any model.
        case doublyRobust
    }

    /// λ of the mixtures, ascending; fixed before the log is looked at.
    public var shares = [0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1.0]
    /// Confidence of the lower bound, one-sided.
    public var level = 0.95
    public var estimator = Estimator.doublyRobust
    /// Least effective sample, in customers.
    public var minimumEffectiveSample = 200.0
    /// The mean weight must lie within this of 1.
    public var meanWeightTolerance = 0.2
    /// Least gain in currency units a customer that is worth a promotion.
    public var minimumGain = 0.0

    public init() {}

    /// Throws `PolicyError.invalidSetting` for a value that cannot work.
    public func validate() throws {
        try PolicyError.require(
            !shares.isEmpty && zip(shares, shares.dropFirst()).allSatisfy { $0 < $1 }
                && shares.allSatisfy { $0 > 0 && $0 <= 1 }, "shares", shares, "ascending within (0, 1]")
        try PolicyError.require(level > 0.5 && level < 1, "level", level, "in (0.5, 1)")
        try PolicyError.require(
            minimumEffectiveSample >= 2, "minimumEffectiveSample", minimumEffectiveSample, "at least 2")
        try PolicyError.require(
            meanWeightTolerance > 0 && meanWeightTolerance < 1, "meanWeightTolerance", meanWeightTolerance,
            "in (0, 1)")
        try PolicyError.require(minimumGain >= 0, "minimumGain", minimumGain, "0 or more")
    }
}

/// What the gate found for one mixture.
public struct MixtureEvidence: Codable, Sendable, Equatable {
    /// λ
    public let share: Double
    /// Estimated value of the mixture, currency units a customer.
    public let value: Double
    /// Estimated gain over the behaviour policy, paired by customer.
    public let gain: Double
    public let standardError: Double
    /// One-sided lower bound of the gain.
    public let lowerBound: Double
    public let support: WeightSupport
    /// The sequence reached this mixture; what was not tested is shown but counts for nothing.
    public let tested: Bool
    public let passed: Bool
    /// Why it did not pass; empty where it did or was not tested.
    public let reasons: [String]
}

/// The gate's answer.
public struct GateVerdict: Codable, Sendable, Equatable {
    public let accepted: Bool
    /// The largest λ that passed: the first stage's share of decisions; 0 where refused.
    public let exposure: Double
    /// Why, in sentences.
    public let reasons: [String]
    /// From the largest λ down.
    public let mixtures: [MixtureEvidence]
    /// Customers behind the verdict.
    public let customers: Int
    public let level: Double
    public let estimator: PromotionGate.Estimator
}
