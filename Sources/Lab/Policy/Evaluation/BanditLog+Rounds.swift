public import LabSimulation

extension BanditLog {
    /// Logged rounds with what a policy would have done in them.
    ///
    /// - Parameters:
    ///   - rounds: with known propensities.
    ///   - policy: π(item | context, position), shape [rounds, items].
    ///   - model: expected rewards q(context, item, position) of the same shape; `nil` where no model is wanted: its values
    ///     are 0 then, so that doubly robust estimates are importance-weighted ones.
    ///
    /// Throws `PolicyError.inconsistentEvaluation` for other shapes, an unknown propensity, or probabilities of a round that
    /// are negative or do not sum to 1.
    public init(_ rounds: BanditRounds, policy: [Double], model: [Double]? = nil) throws {
        let items = rounds.itemCount
        guard policy.count == rounds.count * items, model == nil || model?.count == policy.count else {
            throw PolicyError.inconsistentEvaluation(
                "\(rounds.count) rounds with \(items) items need \(rounds.count * items) probabilities and values")
        }
        var (ratios, actionValues, stateValues): ([Double], [Double], [Double]) = ([], [], [])
        for round in 0..<rounds.count {
            let shares = policy[round * items..<(round + 1) * items]
            guard shares.allSatisfy({ $0 >= 0 }), abs(shares.reduce(0, +) - 1) < 1e-6 else {
                throw PolicyError.inconsistentEvaluation("the probabilities of round \(round) are none")
            }
            let propensity = rounds.propensities[round]
            guard propensity > 0 else {
                throw PolicyError.inconsistentEvaluation("the propensity of round \(round) is not known")
            }
            let shown = round * items + Int(rounds.items[round])
            ratios.append(policy[shown] / propensity)
            actionValues.append(model?[shown] ?? 0)
            stateValues.append(
                model.map { model in shares.indices.reduce(0) { $0 + policy[$1] * model[$1] } } ?? 0)
        }
        try self.init(
            rewards: rounds.rewards, ratios: ratios, actionValues: actionValues, stateValues: stateValues)
    }
}
