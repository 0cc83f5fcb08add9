import Foundation
import LabDomain
import LabPolicy
import LabRuns
import LabSafeguards
import LabServing

extension ExperimentInput {
    /// Logged journeys: of the loop, or of `labctl simulate`.
    static let journeys = ExperimentInput(
        role: "journeys", experiment: "profiles/journeys", others: ["simulation/emoseq"])

    /// Readings of posts that simulated customers speak; journeys of `labctl simulate` need none.
    static let readings = ExperimentInput(role: "readings", experiment: "language/posts", optional: true)

    /// A learned policy, whichever agent learned it.
    static let policy = ExperimentInput(
        role: "policy", experiment: AgentExperiment<CQL>.name,
        others: [
            AgentExperiment<DQN>.name, AgentExperiment<NFQ>.name, AgentExperiment<BCQ>.name, AgentExperiment<IQL>.name,
            AgentExperiment<BehaviorCloning>.name,
        ])
}

extension Run {
    /// Keeps a policy as artifacts: its description, its weights, and as an ONNX model for other programs.
    ///
    /// - Parameters:
    ///   - actions: their names, for the model; empty where they have none.
    ///   - discount: a period.
    ///   - environment: where it learned: `.production` for logs of real people.
    func policyArtifacts(
        _ policy: any PolicyScorer, actions: [String], discount: Double, safeguard: Safeguard = Safeguard(),
        environment: BundleManifest.Environment = .simulation
    ) throws {
        let draft = FileManager.default.temporaryDirectory.appending(path: "lab-policy-\(id)")
        try FileManager.default.createDirectory(at: draft, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: draft) }
        let weights = draft.appending(path: SavedPolicy.weightsFile)
        let description = draft.appending(path: SavedPolicy.descriptionFile)
        try SavedPolicy.write(
            policy, weights: weights, description: description, environment: environment.rawValue)
        var export = ONNXExport()
        export.actionNames = actions
        export.discount = discount
        export.safeguard = safeguard.canonicalText
        export.environment = environment.rawValue
        try artifact(ONNXExport.file) { try export.write(policy, to: $0) }
        try artifact(SavedPolicy.weightsFile) { try FileManager.default.copyItem(at: weights, to: $0) }
        try artifact(SavedPolicy.descriptionFile) { try FileManager.default.copyItem(at: description, to: $0) }
    }
}

extension SealedRun {
    /// The policy that a run of an agent learned.
    func policy() throws -> any PolicyScorer {
        try SavedPolicy.read(
            weights: artifact(SavedPolicy.weightsFile), description: artifact(SavedPolicy.descriptionFile))
    }
}
