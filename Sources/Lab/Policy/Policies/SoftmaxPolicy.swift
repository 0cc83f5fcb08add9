public import LabDomain
import LabNumerics
import RealModule

/// Draws permitted actions with probability ∝ exp(score / temperature): Boltzmann exploration over values in currency units,
/// or the probabilities of a network of logits.
public struct SoftmaxPolicy: PolicyScorer {
    public let network: QNetwork
    /// In the scores' units; positive.
    public let temperature: Double
    public var schema: StateSchema { network.schema }
    public var actionCount: Int { network.actionCount }

    public init(_ network: QNetwork, temperature: Double = 1) {
        self.network = network
        self.temperature = temperature
    }

    public func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
        let scores = try network.values(states)
        try checkShape(rows: scores.rows, permitted: permitted)
        var result = [Float](repeating: 0, count: permitted.count)
        for row in 0..<scores.rows {
            let actions = row * actionCount..<(row + 1) * actionCount
            var top = -Float.infinity
            for place in actions where permitted[place] { top = max(top, scores.elements[place]) }
            guard top > -.infinity else { throw PolicyError.nothingPermitted(row: row) }
            var sum: Float = 0
            for place in actions where permitted[place] {
                result[place] = Float.exp((scores.elements[place] - top) / Float(temperature))
                sum += result[place]
            }
            for place in actions { result[place] /= sum }
        }
        return result
    }
}
