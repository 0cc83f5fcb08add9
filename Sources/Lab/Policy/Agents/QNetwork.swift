public import LabDomain
public import LabNumerics

/// Q(s, ·) by a multilayer perceptron, with the normalisation of observations inside.
public struct QNetwork: Sendable {
    public let schema: StateSchema
    public let actionCount: Int
    /// Shape [features]: subtracted from an observation …
    public let mean: [Float]
    /// … which is then divided by this.
    public let deviation: [Float]
    /// Currency units that an output of 1 stands for.
    public let rewardScale: Float
    public var network: MLP

    public init(
        schema: StateSchema, actionCount: Int, mean: [Float], deviation: [Float], rewardScale: Float, network: MLP
    ) {
        self.schema = schema
        self.actionCount = actionCount
        self.mean = mean
        self.deviation = deviation
        self.rewardScale = rewardScale
        self.network = network
    }

    /// Q in currency units, [states, actionCount], for row-major states [states, features].
    ///
    /// Throws `PolicyError.schemaMismatch` where the numbers are no whole rows.
    public func values(_ states: [Float]) throws -> Matrix {
        let width = schema.features.count
        guard states.count % width == 0 else {
            throw PolicyError.schemaMismatch(
                policy: "rows of \(width) numbers (\(schema.name))", found: "\(states.count) numbers")
        }
        var input = Matrix(rows: states.count / width, columns: width, elements: states)
        normalise(&input.elements)
        var output = network(input)
        for index in output.elements.indices { output.elements[index] *= rewardScale }
        return output
    }

    func normalise(_ states: inout [Float]) {
        let width = mean.count
        for start in stride(from: 0, to: states.count, by: width) {
            for feature in 0..<width {
                states[start + feature] = (states[start + feature] - mean[feature]) / deviation[feature]
            }
        }
    }
}
