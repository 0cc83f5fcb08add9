public import LabDomain

/// The behaviour policy that logs journeys on EmoSeq preset S: fixed preferences, more promotion to the warm, more
/// empathy to the sad, and a tenth of the mass spread evenly so that every action is tried.
///
/// Under a safeguard's mask the probabilities are scaled over what is permitted.
public struct EmoSeqLoggingPolicy: PolicyScorer {
    public let schema: StateSchema
    public let actionCount = 12
    /// Share of the mass that is spread evenly over all actions, in [0, 1].
    public let uniformShare: Double

    /// Preferences among the actions of preset S before the state is looked at.
    static let preferences = [0.12, 0.12, 0.06, 0.05, 0.05, 0.03, 0.12, 0.12, 0.06, 0.12, 0.08, 0.07]

    public init(schema: StateSchema = EmoSeqParameters.presetS.schema, uniformShare: Double = 0.1) {
        self.schema = schema
        self.uniformShare = uniformShare
    }

    public func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
        let width = schema.features.count
        let rows = states.count / width
        guard states.count == rows * width, permitted.count == rows * actionCount else {
            throw SimulationError.policyDoesNotFit(
                "\(states.count) numbers are no rows of \(width), or \(permitted.count) masks no rows of \(actionCount)"
            )
        }
        var result = [Float](repeating: 0, count: rows * actionCount)
        var weights = Self.preferences
        for row in 0..<rows {
            let sentiment = states[row * width + 7]
            let warmth = states[row * width + 8] + states[row * width + 9]
            var total = 0.0
            for action in 0..<actionCount {
                var weight = Self.preferences[action]
                if warmth > 0.3, (6..<9).contains(action) { weight *= 2.5 }
                if sentiment < -0.3, (3..<6).contains(action) { weight *= 1.5 }
                weights[action] = weight
                total += weight
            }
            var kept = 0.0
            for action in 0..<actionCount {
                let mixed = (1 - uniformShare) * weights[action] / total + uniformShare / Double(actionCount)
                weights[action] = permitted[row * actionCount + action] ? mixed : 0
                kept += weights[action]
            }
            guard kept > 0 else {
                throw SimulationError.policyDoesNotFit("row \(row) permits no action")
            }
            for action in 0..<actionCount { result[row * actionCount + action] = Float(weights[action] / kept) }
        }
        return result
    }
}
