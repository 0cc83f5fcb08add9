import Foundation
public import LabDomain

/// Softmax over the reward that an action brings at once, as one can tell from the observation.
///
/// Segment and emotion are inferred from the observation as if the voice were Gaussian; funnel and fatigue, which it does
/// not show, have their initial shares. The probability of an action is proportional to exp(reward/temperature).
public struct BoltzmannPolicy: PolicyScorer {
    public let schema: StateSchema
    public let actionCount: Int
    /// Currency units.
    public let temperature: Double
    /// [segment × emotion][action], currency units.
    private let rewards: [[Double]]
    private let logPrior: [Double]
    private let precisions: (segment: Double, emotion: Double)
    private let segmentCount: Int

    /// Throws `SimulationError.invalidParameters` for a temperature that is not positive.
    public init(_ parameters: EmoSeqParameters, temperature: Double = 0.1) throws {
        guard temperature > 0, temperature.isFinite else {
            throw SimulationError.invalidParameters("temperature must be positive")
        }
        schema = parameters.schema
        actionCount = parameters.actionCount
        self.temperature = temperature
        segmentCount = parameters.segmentCount
        func precision(_ noise: Double) -> Double { 1 / max(noise * noise, 1e-6) }
        precisions = (precision(parameters.segmentNoise), precision(parameters.emotionNoise))
        let cells = (0..<parameters.segmentCount).flatMap { segment in (0..<3).map { (segment, $0) } }
        logPrior = cells.map { log(parameters.segmentShares[$0.0] * parameters.emotionShares[$0.1]) }
        rewards = cells.map { segment, emotion in
            (0..<parameters.actionCount).map { action in
                var mean = 0.0
                for (funnel, first) in parameters.funnelShares.enumerated() {
                    for (fatigue, second) in parameters.fatigueShares.enumerated() {
                        let state = EmoSeqState(segment: segment, emotion: emotion, funnel: funnel, fatigue: fatigue)
                        mean +=
                            first * second
                            * parameters.rates(state, option: parameters.option(ofAction: action)).meanReward
                    }
                }
                return mean
            }
        }
    }

    public func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
        let width = schema.features.count
        let rows = states.count / width
        guard permitted.count == rows * actionCount else {
            throw SimulationError.policyDoesNotFit("\(permitted.count) masks are no rows of \(actionCount)")
        }
        var result = [Float](repeating: 0, count: permitted.count)
        for row in 0..<rows {
            let belief = belief(states, at: row * width)
            var scores = [Double](repeating: -.infinity, count: actionCount)
            for action in 0..<actionCount where permitted[row * actionCount + action] {
                scores[action] = belief.indices.reduce(0) { $0 + belief[$1] * rewards[$1][action] } / temperature
            }
            let top = scores.max() ?? -.infinity
            guard top > -.infinity else { throw SimulationError.policyDoesNotFit("row \(row) permits no action") }
            let weights = scores.map { exp($0 - top) }
            let total = weights.reduce(0, +)
            for action in 0..<actionCount { result[row * actionCount + action] = Float(weights[action] / total) }
        }
        return result
    }

    /// Shape [segment × emotion], sums to 1.
    private func belief(_ states: [Float], at start: Int) -> [Double] {
        let logs = logPrior.indices.map { cell in
            logPrior[cell] + precisions.segment * Double(states[start + cell / 3])
                + precisions.emotion * Double(states[start + segmentCount + cell % 3])
        }
        let top = logs.max() ?? 0
        let weights = logs.map { exp($0 - top) }
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
    }
}
