import Foundation
import LabSimulation
import LabStatistics

extension PromotionGate {
    /// Judges a candidate on held-out customers.
    ///
    /// - Parameters:
    ///   - candidate: the candidate seen through the held-out log.
    ///   - behavior: the policy that logged; needed for the doubly robust estimator.
    ///   - model: values fitted on other customers; needed for the doubly robust estimator.
    ///
    /// Throws `PolicyError.inconsistentEvaluation` where the estimator misses one of them.
    public func judge(
        _ candidate: JourneyEvaluation, behavior: JourneyEvaluation? = nil, model: ModelValues? = nil
    ) throws -> GateVerdict {
        try validate()
        if estimator == .doublyRobust, behavior == nil || model == nil {
            throw PolicyError.inconsistentEvaluation(
                "the doubly robust gate needs the behaviour policy's probabilities and a model")
        }
        let robust = estimator == .doublyRobust
        let method: OffPolicyEstimator = robust ? .doublyRobust : .perDecision
        func sample(_ share: Double) throws -> OffPolicyLog {
            try candidate.offPolicyLog(
                share: share, model: robust ? model : nil, behavior: robust ? behavior : nil)
        }
        // λ = 0 is the behaviour policy itself under the same estimator.
        let baseline = try method.sums(sample(0)).contributions
        var mixtures: [MixtureEvidence] = []
        var open = true
        for share in shares {
            let log = try sample(share)
            let values = try method.sums(log).contributions
            let gains = zip(values, baseline).map { $0 - $1 }
            let evidence = weigh(share, values: values, gains: gains, support: WeightSupport(log), tested: open)
            open = open && evidence.passed
            mixtures.append(evidence)
        }
        return verdict(mixtures, customers: candidate.log.episodeCount)
    }

    private func weigh(
        _ share: Double, values: [Double], gains: [Double], support: WeightSupport, tested: Bool
    ) -> MixtureEvidence {
        let gain = gains.reduce(0, +) / Double(gains.count)
        let error = standardError(of: gains)
        let bound = gain - Normal.quantile(level) * error
        var reasons: [String] = []
        if support.effectiveSampleSize < minimumEffectiveSample {
            reasons.append(
                String(
                    format: "λ = %.2f: the effective sample of %.0f customers is below %.0f", share,
                    support.effectiveSampleSize, minimumEffectiveSample))
        }
        if abs(support.meanWeight - 1) > meanWeightTolerance {
            reasons.append(
                String(
                    format: "λ = %.2f: the mean weight is %.3f, further than %.2f from 1", share, support.meanWeight,
                    meanWeightTolerance))
        }
        // The millionth keeps rounding errors of a candidate that equals the behaviour policy from passing.
        if !(bound > minimumGain + 1e-6) {
            reasons.append(
                String(
                    format: "λ = %.2f: the gain is %.3f ± %.3f; its lower bound %.3f is not above %.3f", share, gain,
                    error, bound, minimumGain))
        }
        return MixtureEvidence(
            share: share, value: values.reduce(0, +) / Double(values.count), gain: gain, standardError: error,
            lowerBound: bound, support: support, tested: tested, passed: tested && reasons.isEmpty,
            reasons: tested ? reasons : [])
    }

    private func verdict(_ mixtures: [MixtureEvidence], customers: Int) -> GateVerdict {
        let best = mixtures.last { $0.passed }
        let stop = mixtures.first { $0.tested && !$0.passed }
        var reasons: [String] = []
        if let best {
            reasons.append(
                String(
                    format: "λ = %.2f passes: gain %.3f ± %.3f a customer, lower bound %.3f at %.0f %%", best.share,
                    best.gain, best.standardError, best.lowerBound, 100 * level))
        }
        reasons += stop?.reasons ?? []
        return GateVerdict(
            accepted: best != nil, exposure: best?.share ?? 0, reasons: reasons, mixtures: mixtures.reversed(),
            customers: customers, level: level, estimator: estimator)
    }
}
