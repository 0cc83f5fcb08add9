public import LabDomain
import LabNumerics
public import LabSimulation

/// A policy seen through a journey log: its probabilities at every decision, and from them what estimators need.
public struct JourneyEvaluation: Sendable {
    public let log: JourneyLog
    /// The evaluated policy's probabilities, row-major [decisions, actions].
    public let probabilities: [Float]
    let discounts: [Double]

    /// Throws `PolicyError.schemaMismatch` where the policy does not decide on the log's observations.
    public init(_ log: JourneyLog, policy: any PolicyScorer) throws {
        guard policy.schema == log.schema, policy.actionCount == log.actionCount else {
            throw PolicyError.schemaMismatch(
                policy: "\(policy.schema.name) version \(policy.schema.version) with \(policy.actionCount) actions",
                found: "\(log.schema.name) version \(log.schema.version) with \(log.actionCount)")
        }
        self.log = log
        probabilities = try policy.probabilities(states: log.decisionObservations, permitted: log.permitted)
        var discounts = [Double](repeating: 1, count: log.decisionCount)
        for episode in 0..<log.episodeCount {
            var factor = 1.0
            for decision in log.decisions(episode) {
                discounts[decision] = factor
                for _ in 0..<log.elapsed[decision] { factor *= log.discount }
            }
        }
        self.discounts = discounts
    }

    /// π(a|s) / b(a|s) of λ · policy + (1 − λ) · behaviour; the log's propensities suffice. Shape [decisions].
    public func ratios(share: Double = 1) -> [Double] {
        (0..<log.decisionCount).map { decision in
            let mass = Double(probabilities[decision * log.actionCount + Int(log.actions[decision])])
            // Written so that a policy equal to the behaviour has ratios of exactly 1.
            return 1 + share * (mass / log.propensities[decision] - 1)
        }
    }

    /// The log for estimators.
    ///
    /// - Parameters:
    ///   - share: λ of the mixture with the behaviour policy.
    ///   - model: a model's values at every decision, for doubly robust estimators.
    ///   - behavior: the behaviour policy seen through the same log; needed with a model and λ < 1.
    public func offPolicyLog(
        share: Double = 1, model: ModelValues? = nil, behavior: JourneyEvaluation? = nil
    ) throws -> OffPolicyLog {
        var result = try OffPolicyLog(
            offsets: log.offsets, discounts: discounts, rewards: log.rewards, ratios: ratios(share: share))
        guard let model else { return result }
        if share < 1, behavior == nil {
            throw PolicyError.inconsistentEvaluation("a mixture's values need the behaviour policy's probabilities")
        }
        let count = log.actionCount
        result.actionValues = (0..<log.decisionCount).map { model.values[$0 * count + Int(log.actions[$0])] }
        result.stateValues = (0..<log.decisionCount).map { decision in
            (decision * count..<(decision + 1) * count).reduce(0.0) { sum, place in
                let mine = share * Double(probabilities[place])
                let theirs = behavior.map { (1 - share) * Double($0.probabilities[place]) } ?? 0
                return sum + (mine + theirs) * model.values[place]
            }
        }
        return result
    }

    /// Share of the policy's mass on actions whose logged probability would be below `floor`, which the log can say
    /// little about; needs the behaviour policy's probabilities.
    public func thinlySupportedMass(behavior: JourneyEvaluation, floor: Double) -> Double {
        var mass = 0.0
        for place in probabilities.indices where Double(behavior.probabilities[place]) < floor {
            mass += Double(probabilities[place])
        }
        return mass / Double(max(log.decisionCount, 1))
    }

    /// Mean over episodes of the model's V at the first decision: the direct method.
    public func directValue(_ model: ModelValues) -> [Double] {
        let count = log.actionCount
        return (0..<log.episodeCount).map { episode in
            let start = log.offsets[episode] * count
            return (start..<start + count).reduce(0.0) { $0 + Double(probabilities[$1]) * model.values[$1] }
        }
    }
}

/// A model's Q at every decision of a log, row-major [decisions, actions], currency units.
public struct ModelValues: Sendable {
    public let values: [Double]

    public init(values: [Double]) { self.values = values }

    /// What a network says of the log's decisions.
    public init(_ network: QNetwork, on log: JourneyLog) throws {
        values = try network.values(log.decisionObservations).elements.map(Double.init)
    }
}
