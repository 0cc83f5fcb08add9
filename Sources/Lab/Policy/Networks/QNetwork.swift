public import LabDomain
public import LabNumerics

/// One number an action by a multilayer perceptron, with the normalisation of observations inside: Q(s, ·) in currency
/// units, or logits where `rewardScale` is 1 and the agent learned probabilities.
public struct QNetwork: Sendable {
    public let frame: LearningFrame
    public var network: MLP

    public var schema: StateSchema { frame.schema }
    public var actionCount: Int { frame.actionCount }
    public var mean: [Float] { frame.mean }
    public var deviation: [Float] { frame.deviation }
    /// What an output of 1 stands for, currency units.
    public let rewardScale: Float

    /// - Parameter rewardScale: `frame.rewardScale` by default; 1 for logits.
    public init(_ frame: LearningFrame, network: MLP, rewardScale: Float? = nil) {
        self.frame = frame
        self.network = network
        self.rewardScale = rewardScale ?? frame.rewardScale
    }

    /// Scores in currency units, [states, actionCount], for row-major states [states, features].
    ///
    /// Throws `PolicyError.schemaMismatch` where the numbers are no whole rows.
    public func values(_ states: [Float]) throws -> Matrix {
        let width = schema.features.count
        guard states.count % width == 0 else {
            throw PolicyError.schemaMismatch(
                policy: "rows of \(width) numbers (\(schema.name))", found: "\(states.count) numbers")
        }
        var input = Matrix(rows: states.count / width, columns: width, elements: states)
        frame.normalise(&input.elements)
        var output = network(input)
        if rewardScale != 1 { for index in output.elements.indices { output.elements[index] *= rewardScale } }
        return output
    }
}
