extension JourneyLog {
    /// Whether the log says of every decision how likely it was.
    public var statesPropensities: Bool { !propensities.contains { $0.isNaN } }

    /// The log with other propensities, for one that does not state them; shape [decisions], in (0, 1].
    ///
    /// Throws `SimulationError.inconsistentLog` where one is missing or impossible.
    public func estimating(propensities estimates: [Double]) throws -> JourneyLog {
        guard estimates.count == decisionCount, estimates.allSatisfy({ $0 > 0 && $0 <= 1 }) else {
            throw SimulationError.inconsistentLog("estimated propensities must be one in (0, 1] a decision")
        }
        var result = self
        result.propensities = estimates
        return result
    }
}
