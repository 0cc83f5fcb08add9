public import LabDomain

/// The observation-only reference: an exact Bayes filter over the latent states, and the action whose exact value is
/// highest in the mean over them.
///
/// It remembers everything, knows the population and acts as if the state were to be known from the next decision on.
///
/// Source: Littman, Cassandra and Kaelbling, "Learning Policies for Partially Observable Environments: Scaling Up", ICML
/// 1995, section 3 (Q-MDP).
public struct QMDPPolicy: SimulationPolicy {
    public let schema: StateSchema
    public let actionCount: Int
    public var followsPeriods: Bool { true }

    private let filter: EmoSeqFilter
    /// [period, action, cell], one lane a segment.
    private let values: [SIMD8<Float>]
    private let horizon: Int
    /// [place, cell]
    private var beliefs: [SIMD8<Float>] = []
    private var scratch: [SIMD8<Float>]

    /// - Parameter solution: whose values are weighted: under safeguards the optimum under the same rules.
    public init(_ kernel: EmoSeqKernel, solution: EmoSeqSolution) {
        let parameters = kernel.parameters
        schema = parameters.schema
        actionCount = parameters.actionCount
        horizon = parameters.horizon
        filter = EmoSeqFilter(kernel)
        let cells = filter.cellCount
        var values = [SIMD8<Float>](repeating: SIMD8(), count: parameters.horizon * parameters.actionCount * cells)
        for period in 0..<parameters.horizon {
            for action in 0..<parameters.actionCount {
                let start = (period * parameters.actionCount + action) * cells
                for state in 0..<parameters.stateCount {
                    values[start + state % cells][state / cells] = Float(solution.actionValues[period][action][state])
                }
            }
        }
        self.values = values
        scratch = Array(repeating: SIMD8(), count: cells)
    }

    public mutating func begin(_ batch: EnvironmentBatch) {
        let cells = filter.cellCount
        beliefs = Array(repeating: SIMD8(), count: batch.count * cells)
        beliefs.withUnsafeMutableBufferPointer { beliefs in
            batch.observations.withUnsafeBufferPointer { observations in
                guard let beliefs = beliefs.baseAddress, let observations = observations.baseAddress else { return }
                for place in 0..<batch.count {
                    filter.begin(
                        beliefs + place * cells, proxies: observations + place * batch.featureCount,
                        reading: batch.reading(place))
                }
            }
        }
    }

    public mutating func follow(options: [Int32], _ batch: EnvironmentBatch) {
        let cells = filter.cellCount
        beliefs.withUnsafeMutableBufferPointer { beliefs in
            scratch.withUnsafeMutableBufferPointer { scratch in
                guard let beliefs = beliefs.baseAddress, let scratch = scratch.baseAddress else { return }
                for place in 0..<batch.count where options[place] >= 0 && !batch.ended(place) {
                    filter.follow(
                        beliefs + place * cells, scratch: scratch, option: Int(options[place]),
                        outcome: EmoSeqFilter.outcome(
                            converted: batch.conversions[place] > 0, engaged: batch.engagements[place] > 0,
                            complained: batch.complaints[place] > 0),
                        period: Int(batch.periods[place]) - 1, reading: batch.reading(place))
                }
            }
        }
    }

    public mutating func decide(_ decision: DecisionView) throws -> ActionProbabilities {
        var result = [Float](repeating: 0, count: decision.permitted.count)
        for (row, place) in decision.places.enumerated() {
            let scores = scores(place, period: min(Int(decision.periods[row]), horizon - 1))
            var (best, value) = (-1, -Float.infinity)
            for action in 0..<actionCount where decision.permitted[row * actionCount + action] {
                if scores[action] > value { (best, value) = (action, scores[action]) }
            }
            guard best >= 0 else { throw SimulationError.policyDoesNotFit("row \(row) permits no action") }
            result[row * actionCount + best] = 1
        }
        return ActionProbabilities(acting: result)
    }

    /// The mean value of each action under the belief about a customer.
    private func scores(_ place: Int, period: Int) -> [Float] {
        let cells = filter.cellCount
        return beliefs.withUnsafeBufferPointer { beliefs in
            values.withUnsafeBufferPointer { values in
                (0..<actionCount).map { action in
                    let start = (period * actionCount + action) * cells
                    var sum = SIMD8<Float>()
                    for cell in 0..<cells { sum.addProduct(beliefs[place * cells + cell], values[start + cell]) }
                    return sum.sum()
                }
            }
        }
    }

    /// The probability of each hidden state of a customer in the batch, in the states' order.
    func belief(_ place: Int) -> [Float] {
        let cells = filter.cellCount
        return (0..<8 * cells).map { beliefs[place * cells + $0 % cells][$0 / cells] }
    }
}

extension EnvironmentBatch {
    fileprivate func reading(_ place: Int) -> SIMD3<Float> {
        SIMD3(readings[3 * place], readings[3 * place + 1], readings[3 * place + 2])
    }
}
