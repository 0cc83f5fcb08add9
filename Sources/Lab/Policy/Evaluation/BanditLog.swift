/// One-step logs, as ad servers keep them; all arrays have one entry a round.
public struct BanditLog: Sendable {
    public let rewards: [Double]
    /// π(a|x) / b(a|x) of the logged action.
    public let ratios: [Double]
    /// A model's expected reward of the logged action.
    public let actionValues: [Double]
    /// The model's expected reward under the evaluated policy, Σ π(a|x) q(x, a).
    public let stateValues: [Double]

    /// Throws `PolicyError.inconsistentEvaluation` where the lengths differ or there are no rounds.
    public init(rewards: [Double], ratios: [Double], actionValues: [Double], stateValues: [Double]) throws {
        guard !rewards.isEmpty,
            [ratios.count, actionValues.count, stateValues.count].allSatisfy({ $0 == rewards.count })
        else { throw PolicyError.inconsistentEvaluation("its arrays are empty or have different lengths") }
        self.rewards = rewards
        self.ratios = ratios
        self.actionValues = actionValues
        self.stateValues = stateValues
    }
}

/// How a bandit estimator tames large weights w; λ bounds the damage.
public enum WeightShrinkage: Sendable, Equatable, Codable {
    case none
    /// min(w, λ)
    case clip(Double)
    /// w where w ≤ λ, else 0. Source: Wang, Agarwal and Dudík, ICML 2017 (SWITCH).
    case switching(Double)
    /// λ w / (w² + λ). Source: Su, Dimakopoulou, Krishnamurthy and Dudík, ICML 2020 (DRos).
    case optimistic(Double)
    /// w / (1 − λ + λ w). Source: Metelli, Russo and Restelli, NeurIPS 2021.
    case subGaussian(Double)

    func callAsFunction(_ weight: Double) -> Double {
        switch self {
        case .none: weight
        case .clip(let bound): min(weight, bound)
        case .switching(let bound): weight <= bound ? weight : 0
        case .optimistic(let scale): scale * weight / (weight * weight + scale)
        case .subGaussian(let scale): weight / (1 - scale + scale * weight)
        }
    }
}

/// The estimators for one-step logs. Source: Saito, Aihara, Matsutani and Narita, NeurIPS Datasets 2021.
public enum BanditEstimator: Sendable, Equatable, Codable {
    case inversePropensity(WeightShrinkage)
    case selfNormalizedInversePropensity
    case directMethod
    case doublyRobust(WeightShrinkage)
    case selfNormalizedDoublyRobust

    /// One number a round, whose mean is the estimate.
    public func contributions(_ log: BanditLog) -> [Double] {
        let rounds = log.rewards.indices
        let meanRatio = log.ratios.reduce(0, +) / Double(log.ratios.count)
        switch self {
        case .inversePropensity(let shrink):
            return rounds.map { shrink(log.ratios[$0]) * log.rewards[$0] }
        case .selfNormalizedInversePropensity:
            return rounds.map { log.ratios[$0] * log.rewards[$0] / meanRatio }
        case .directMethod:
            return log.stateValues
        case .doublyRobust(let shrink):
            return rounds.map {
                log.stateValues[$0] + shrink(log.ratios[$0]) * (log.rewards[$0] - log.actionValues[$0])
            }
        case .selfNormalizedDoublyRobust:
            return rounds.map {
                log.stateValues[$0] + log.ratios[$0] / meanRatio * (log.rewards[$0] - log.actionValues[$0])
            }
        }
    }

    /// The estimated value a round.
    public func value(_ log: BanditLog) -> Double {
        contributions(log).reduce(0, +) / Double(log.rewards.count)
    }
}
