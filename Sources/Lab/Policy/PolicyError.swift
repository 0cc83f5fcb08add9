public import LabDomain

/// What can go wrong in learning and evaluating policies.
public enum PolicyError: ReportableError, Equatable {
    /// A policy and what it is used on disagree in observation or actions.
    case schemaMismatch(policy: String, found: String)
    /// Arrays of an evaluation that do not belong together.
    case inconsistentEvaluation(String)
    /// A mask that leaves nothing to choose.
    case nothingPermitted(row: Int)
    /// Numbers of the training diverged.
    case diverged(step: Int, value: Double)
    /// A saved policy that cannot be read.
    case unreadablePolicy(file: String, reason: String)
    /// A log without a transition to learn from.
    case emptyLog
    /// A log of another program where only an own one can be read by windows.
    case foreignLog(file: String, form: String)
    /// A log that lacks what a reward function needs; episode and step count from 0.
    case rewardNotKnown(component: String, episode: Int, step: Int)
    /// A checkpoint of another agent.
    case foreignCheckpoint(agent: String, found: String)
    /// A sound ONNX model that cannot serve here.
    case unsuitableModel(file: String, reason: String, remedy: String)
    /// An operator of an ONNX model that Lab does not compute.
    case unsupportedOperator(file: String, operation: String, node: String, opset: Int, nearest: String?)
    /// A node of an ONNX model that refuses what it is given.
    case modelFailed(file: String, node: String, operation: String, reason: String)
    /// An input of an ONNX model that is missing or does not fit.
    case unusableInput(file: String, input: String, wanted: String, found: String)
    /// A policy that does not say how it computes.
    case cannotExport(policy: String)
    /// A setting that cannot work.
    case invalidSetting(name: String, value: String, requirement: String)

    public var what: String {
        switch self {
        case .schemaMismatch(let policy, let found): "the policy decides on \(policy), but was given \(found)"
        case .inconsistentEvaluation(let reason): "the log cannot be evaluated: \(reason)"
        case .nothingPermitted(let row): "the mask of state \(row) permits no action"
        case .diverged(let step, let value): "training diverged: the loss is \(value) at step \(step)"
        case .unreadablePolicy(let file, let reason): "the policy in \(file) cannot be read: \(reason)"
        case .emptyLog: "the log holds no transition to learn from"
        case .foreignLog(let file, let form):
            "\(file) is a log in the form '\(form)', which cannot be read by windows"
        case .rewardNotKnown(let component, let episode, let step):
            "the reward needs \(component), which the log does not know at episode \(episode), step \(step)"
        case .foreignCheckpoint(let agent, let found):
            "the checkpoint is one of the agent '\(found)', not of '\(agent)'"
        case .unsuitableModel(let file, let reason, _): "\(file) cannot be used: \(reason)"
        case .unsupportedOperator(let file, let operation, let node, let opset, let nearest):
            "\(file) uses the operator \(operation) of opset \(opset) in '\(node)', which is not computed here"
                + (nearest.map { "; the nearest name is \($0)" } ?? "")
        case .modelFailed(let file, let node, let operation, let reason):
            "'\(node)' (\(operation)) of \(file) failed: \(reason)"
        case .unusableInput(let file, let input, let wanted, let found):
            "the input '\(input)' of \(file) takes \(wanted), but was given \(found)"
        case .cannotExport(let policy): "\(policy) cannot be written as an ONNX model"
        case .invalidSetting(let name, let value, let requirement):
            "the setting \(name) is \(value), but it must be \(requirement)"
        }
    }

    public var remedy: String {
        switch self {
        case .schemaMismatch: "use a policy that was trained on journeys with this observation schema"
        case .inconsistentEvaluation: "check the log's propensities and episodes with its producer"
        case .nothingPermitted: "permit at least one waiting action"
        case .diverged: "lower the learning rate or raise the conservative weight"
        case .unreadablePolicy: "train the policy again, or copy policy.json and policy.safetensors together"
        case .emptyLog: "check how the log was made, and which part of it the split and the segments leave"
        case .foreignLog(let file, _):
            "make a log of it with 'labctl journeys import \(file) --out log.h5', or set window to 0"
        case .rewardNotKnown: "set that weight to 0, or log clicks, purchases, complaints, revenue, cost and readings"
        case .foreignCheckpoint: "resume the run with the experiment that began it"
        case .unsuitableModel(_, _, let remedy): remedy
        case .unsupportedOperator:
            "export the network in inference mode without this layer, or replace it by basic ones"
        case .modelFailed: "check that the model takes rows of these observations; onnxruntime shows the same fault"
        case .unusableInput: "give what the model takes, or export it for these observations"
        case .cannotExport: "export a policy that conforms to ONNXExportable"
        case .invalidSetting: "choose a value in the stated range"
        }
    }

    public var status: ExitStatus {
        switch self {
        case .schemaMismatch, .inconsistentEvaluation, .nothingPermitted, .unreadablePolicy, .diverged, .emptyLog,
            .rewardNotKnown, .foreignLog, .foreignCheckpoint, .unsuitableModel, .unsupportedOperator, .modelFailed,
            .unusableInput:
            .badData
        case .invalidSetting, .cannotExport: .usage
        }
    }
}

extension PolicyError {
    /// Throws `invalidSetting` unless the value is as required.
    static func require(
        _ holds: Bool, _ name: String, _ value: some CustomStringConvertible, _ requirement: String
    ) throws {
        guard holds else {
            throw PolicyError.invalidSetting(name: name, value: value.description, requirement: requirement)
        }
    }
}
