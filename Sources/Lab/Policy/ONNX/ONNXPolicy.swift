public import Foundation
public import LabDomain

/// An ONNX model as a policy, whoever made it.
///
/// The model takes rows of observations, one input [N, features] of 32-bit numbers, and, if it wants, what is permitted,
/// one input [N, actions] of truth values. What it gives for each row is read as `reading` says; what is not permitted
/// never gets a probability, whatever the model says.
public struct ONNXPolicy: PolicyScorer {
    /// What a model's output stands for.
    public enum Reading: String, Sendable, CaseIterable {
        /// [N, actions], larger is better: the policy is greedy, of equals the first is taken.
        case scores
        /// [N, actions], logarithms of probabilities up to a constant: the policy is their softmax.
        case logits
        /// [N, actions] that sum to 1: the policy itself.
        case probabilities
        /// [N] or [N, 1], integers: the number of the action that is taken.
        case actions
    }

    public let schema: StateSchema
    public let actionCount: Int
    public let reading: Reading
    /// Names of the actions in their order, where the model has them.
    public let actionNames: [String]?
    /// The model's metadata, such as `lab.environment`.
    public let metadata: [String: String]
    let program: ONNXProgram
    /// The scores behind the probabilities, where the model has both.
    let scoring: ONNXProgram?
    let plan: ONNXPolicyPlan

    /// Reads a policy from a file.
    ///
    /// - Parameters:
    ///   - schema: what the rows of observations mean; not needed where the model says so itself.
    ///   - actionCount: needed where no shape in the model tells it.
    ///   - output: which output to read, where it has several.
    ///   - reading: what the output stands for; unless given, probabilities for a model that Lab wrote, actions for one
    ///     that gives integers, and scores for all others.
    ///
    /// Throws `PolicyError.schemaMismatch` where the model takes rows of another width, `PolicyError.unsuitableModel`
    /// where its inputs or outputs are not those of a policy, and what reading a model throws.
    public init(
        contentsOf url: URL, schema: StateSchema? = nil, actionCount: Int? = nil, output: String? = nil,
        as reading: Reading? = nil
    ) throws {
        try self.init(
            ONNXModel(contentsOf: url), file: url.path, schema: schema, actionCount: actionCount, output: output,
            as: reading)
    }

    /// The same for a model in memory; `file` is what errors call it.
    public init(
        _ model: ONNXModel, file: String, schema: StateSchema? = nil, actionCount: Int? = nil, output: String? = nil,
        as reading: Reading? = nil
    ) throws {
        let plan = try ONNXPolicyPlan(
            model, file: file, schema: schema, actionCount: actionCount, output: output, reading: reading)
        self.plan = plan
        self.schema = plan.schema
        self.actionCount = plan.actionCount
        self.reading = plan.reading
        actionNames = plan.actionNames
        metadata = model.metadata
        program = try ONNXProgram(model, outputs: [plan.output], file: file)
        let hasScores = plan.isOurs && plan.output == ONNXExport.Name.probabilities
        scoring = hasScores ? try ONNXProgram(model, outputs: [ONNXExport.Name.scores], file: file) : nil
    }

    public func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
        let rows = try rowCount(states)
        try checkShape(rows: rows, permitted: permitted)
        for row in 0..<rows where !permitted[row * actionCount..<(row + 1) * actionCount].contains(true) {
            throw PolicyError.nothingPermitted(row: row)
        }
        let values = try values(program, output: plan.output, states: states, permitted: permitted)
        return try distributions(values, permitted: permitted)
    }

    func rowCount(_ states: [Float]) throws -> Int {
        let width = schema.features.count
        guard states.count.isMultiple(of: width) else {
            throw PolicyError.schemaMismatch(
                policy: "rows of \(width) numbers (\(schema.name))", found: "\(states.count) numbers")
        }
        return states.count / width
    }
}
