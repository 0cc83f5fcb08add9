/// The estimators of a policy's value from another policy's log.
public enum OffPolicyEstimator: String, Codable, Sendable, CaseIterable {
    /// Trajectory-wise importance sampling: mean of ρ_T · G. Source: Precup, Sutton and Singh, ICML 2000.
    case trajectory
    /// The same divided by the sum of weights (biased, less variance).
    case weightedTrajectory
    /// Per-decision importance sampling: mean of Σ γᵗ ρ_t r_t. Source: Precup, Sutton and Singh, ICML 2000.
    case perDecision
    /// The same with weights that sum to 1 at each step; ended episodes keep their last weight.
    /// Source: Thomas, PhD thesis, 2015, section 3.8 (CWPDIS).
    case weightedPerDecision
    /// Doubly robust: unbiased with any model. Source: Jiang and Li, ICML 2016, equation 10.
    case doublyRobust
    /// The same with weights that sum to 1 at each step. Source: Thomas and Brunskill, ICML 2016, section 5.
    case weightedDoublyRobust

    /// Whether a model's values are needed.
    public var needsModel: Bool { self == .doublyRobust || self == .weightedDoublyRobust }

    /// The name used in tables.
    public var name: String {
        switch self {
        case .trajectory: "IS"
        case .weightedTrajectory: "WIS"
        case .perDecision: "PDIS"
        case .weightedPerDecision: "WPDIS"
        case .doublyRobust: "DR"
        case .weightedDoublyRobust: "WDR"
        }
    }

    /// The estimator's sums over the log.
    func sums(_ log: OffPolicyLog) throws -> SumOfRatios {
        if needsModel, log.stateValues.isEmpty {
            throw PolicyError.inconsistentEvaluation("\(name) needs a model's values")
        }
        let weights = log.cumulativeRatios
        switch self {
        case .trajectory, .weightedTrajectory:
            let last = log.offsets.dropFirst().map { weights[$0 - 1] }
            var sums = SumOfRatios(meanOf: zip(last, log.returns).map { $0 * $1 })
            if self == .weightedTrajectory { sums.denominators = last }
            return sums
        case .perDecision:
            return SumOfRatios(meanOf: perEpisode(log) { log.discounts[$0] * weights[$0] * log.rewards[$0] })
        case .doublyRobust:
            return SumOfRatios(meanOf: doublyRobust(log, weights))
        case .weightedPerDecision, .weightedDoublyRobust:
            return stepwise(log, weights)
        }
    }

    private func perEpisode(_ log: OffPolicyLog, _ term: (Int) -> Double) -> [Double] {
        (0..<log.episodeCount).map { episode in
            (log.offsets[episode]..<log.offsets[episode + 1]).reduce(0) { $0 + term($1) }
        }
    }

    private func doublyRobust(_ log: OffPolicyLog, _ weights: [Double]) -> [Double] {
        (0..<log.episodeCount).map { episode in
            var (sum, before) = (0.0, 1.0)
            for decision in log.offsets[episode]..<log.offsets[episode + 1] {
                sum +=
                    log.discounts[decision]
                    * (weights[decision] * (log.rewards[decision] - log.actionValues[decision])
                        + before * log.stateValues[decision])
                before = weights[decision]
            }
            return sum
        }
    }

    /// One ratio a step, and for the doubly robust one a second with the weights of the step before.
    private func stepwise(_ log: OffPolicyLog, _ weights: [Double]) -> SumOfRatios {
        let steps = log.longest
        let robust = self == .weightedDoublyRobust
        var sums = SumOfRatios(episodes: log.episodeCount, terms: robust ? 2 * steps : steps)
        for episode in 0..<log.episodeCount {
            let start = log.offsets[episode]
            let length = log.offsets[episode + 1] - start
            let row = episode * sums.terms
            var (current, previous) = (1.0, 1.0)
            for step in 0..<steps {
                previous = current
                if step < length { current = weights[start + step] }
                sums.denominators[row + step] = current
                if robust { sums.denominators[row + steps + step] = previous }
                guard step < length else { continue }
                let decision = start + step
                let discount = log.discounts[decision]
                if robust {
                    sums.numerators[row + step] =
                        discount * current * (log.rewards[decision] - log.actionValues[decision])
                    sums.numerators[row + steps + step] = discount * previous * log.stateValues[decision]
                } else {
                    sums.numerators[row + step] = discount * current * log.rewards[decision]
                }
            }
        }
        return sums
    }
}
