public import LabDomain
import LabNumerics

/// Takes the permitted action of the largest Q; of equals the first. With `epsilon` > 0 that share of the mass is spread
/// evenly over the permitted actions.
public struct GreedyPolicy: PolicyScorer {
    public let network: QNetwork
    /// In [0, 1].
    public let epsilon: Double
    public var schema: StateSchema { network.schema }
    public var actionCount: Int { network.actionCount }

    public init(_ network: QNetwork, epsilon: Double = 0) {
        self.network = network
        self.epsilon = epsilon
    }

    public func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
        let values = try network.values(states)
        try checkShape(rows: values.rows, permitted: permitted)
        var result = [Float](repeating: 0, count: permitted.count)
        for row in 0..<values.rows {
            var (best, count) = (-1, 0)
            for action in 0..<actionCount where permitted[row * actionCount + action] {
                count += 1
                if best < 0 || values[row, action] > values[row, best] { best = action }
            }
            guard best >= 0 else { throw PolicyError.nothingPermitted(row: row) }
            if epsilon > 0 {
                for action in 0..<actionCount where permitted[row * actionCount + action] {
                    result[row * actionCount + action] = Float(epsilon) / Float(count)
                }
            }
            result[row * actionCount + best] += Float(1 - epsilon)
        }
        return result
    }
}

extension PolicyScorer {
    /// Throws `PolicyError.schemaMismatch` where the mask has not one row a state.
    func checkShape(rows: Int, permitted: [Bool]) throws {
        guard permitted.count == rows * actionCount else {
            throw PolicyError.schemaMismatch(
                policy: "masks of \(rows) × \(actionCount)", found: "\(permitted.count) entries")
        }
    }
}
