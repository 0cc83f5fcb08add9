import Foundation
public import LabDomain

/// A logger who sees the hidden emotion, and whose records say what an observer would believe of them.
///
/// Acting: the logging policy with the preference for promotion multiplied by e^strength for the positive and e^−strength
/// for the negative. Recorded: Σ over emotions of the probability that a model reads × the acting probability in that
/// emotion. The record sums to 1, importance weights computed from it average about 1, and estimates built on it are
/// nevertheless biased: whom a promotion reached was in the mood to buy, and the record does not say so. The bias grows
/// with the noise of the readings; where they never err there is none.
public struct ConfoundedLogging: SimulationPolicy {
    private let base: EmoSeqLoggingPolicy
    /// [emotion][action]
    private let tilts: [[Double]]
    public var schema: StateSchema { base.schema }
    public var actionCount: Int { base.actionCount }

    /// The logger of a population, with the strength `loggingConfounding`.
    public init(_ parameters: EmoSeqParameters) {
        base = EmoSeqLoggingPolicy(parameters)
        let actions = parameters.actions
        tilts = [-1.0, 0, 1].map { direction in
            actions.map { $0.creative == .promote ? exp(parameters.loggingConfounding * direction) : 1 }
        }
    }

    public mutating func decide(_ decision: DecisionView) throws -> ActionProbabilities {
        guard decision.hiddenEmotions.count == decision.places.count else {
            throw SimulationError.policyDoesNotFit("it looks at hidden emotions, which this environment does not tell")
        }
        let byEmotion = try tilts.map {
            try base.probabilities(states: decision.states, permitted: decision.permitted, tilt: $0)
        }
        var result = ActionProbabilities(acting: byEmotion[1])
        var recorded = byEmotion[1]
        for row in decision.places.indices {
            let hidden = Int(decision.hiddenEmotions[row])
            let reading: [Float] = (0..<3).map { decision.readings[3 * row + $0] }
            let total = reading.reduce(0, +)
            let shares: [Float] = total > 0 && total.isFinite ? reading.map { $0 / total } : [1 / 3, 1 / 3, 1 / 3]
            for place in row * actionCount..<(row + 1) * actionCount {
                result.acting[place] = byEmotion[hidden][place]
                var believed: Float = 0
                for emotion in 0..<3 { believed += shares[emotion] * byEmotion[emotion][place] }
                recorded[place] = believed
            }
        }
        result.recorded = recorded
        return result
    }
}
