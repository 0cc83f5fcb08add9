public import LabDomain
public import LabNumerics

/// Something that values every action in a state: what an explanation looks into, and all that it needs.
public protocol ActionScorer: Sendable {
    /// What the numbers of a state mean.
    var schema: StateSchema { get }
    var actionCount: Int { get }

    /// What each action is worth, [states, actionCount], larger is better, for row-major states [states, features].
    ///
    /// Masks play no part: they decide among the scores.
    func scores(states: [Float]) throws -> Matrix
}

extension GreedyPolicy: ActionScorer {
    /// Q in currency units.
    public func scores(states: [Float]) throws -> Matrix { try network.values(states) }
}

extension ONNXPolicy: ActionScorer {
    /// The model's scores or logits; its probabilities where it has nothing else, and 1 for the action it names.
    public func scores(states: [Float]) throws -> Matrix {
        let rows = try rowCount(states)
        if let scoring {
            let output = ONNXExport.Name.scores
            let values = try values(scoring, output: output, states: states, permitted: nil)
            return Matrix(rows: rows, columns: actionCount, elements: values)
        }
        if reading == .actions {
            let everything = [Bool](repeating: true, count: rows * actionCount)
            let shares = try probabilities(states: states, permitted: everything)
            return Matrix(rows: rows, columns: actionCount, elements: shares)
        }
        let values = try values(program, output: plan.output, states: states, permitted: nil)
        return Matrix(rows: rows, columns: actionCount, elements: values)
    }
}

/// A policy without values: its probabilities, with everything permitted, stand for them.
public struct ProbabilityScorer: ActionScorer {
    public let policy: any PolicyScorer
    public var schema: StateSchema { policy.schema }
    public var actionCount: Int { policy.actionCount }

    public init(_ policy: any PolicyScorer) { self.policy = policy }

    public func scores(states: [Float]) throws -> Matrix {
        let rows = states.count / max(schema.features.count, 1)
        let everything = [Bool](repeating: true, count: rows * actionCount)
        return Matrix(
            rows: rows, columns: actionCount,
            elements: try policy.probabilities(states: states, permitted: everything))
    }
}
