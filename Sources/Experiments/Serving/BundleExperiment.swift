import Foundation
import LabDomain
import LabPolicy
import LabRuns
import LabSafeguards
import LabServing
import LabSimulation
import LabStorage

/// Puts a policy that the gate accepted into a signed bundle; without an acceptance, the behaviour policy.
public struct BundleExperiment: Experiment {
    public struct Configuration: ExperimentConfiguration {
        public var approver = ""
        public var intendedUse = "Choosing the creative, the channel and the moment of ads for adult customers."

        public init() {}

        public static let settings = [
            Setting("approver", "Who answers for the promotion; production asks for a name."),
            Setting("intendedUse", "What the policy may be used for, in one sentence."),
        ]
    }

    public static let name = "serving/bundle"
    public static let summary = "Signs the accepted policy, or the behaviour policy, as a bundle with its evidence."
    public static let inputs: [ExperimentInput] = [
        ExperimentInput(role: "accepted", experiment: "serving/gate"),
        ExperimentInput(role: "refused", experiment: "serving/gate", optional: true),
        .policy,
        ExperimentInput(role: "creatives", experiment: "creative/variants"),
        // Only for their datasets' licences; without them the bundle is not for production.
        ExperimentInput(role: "journeys", experiment: "profiles/journeys", optional: true),
        ExperimentInput(role: "readings", experiment: "language/posts", optional: true),
        ExperimentInput(role: "posts", experiment: "streams/ingest", optional: true),
    ]
    public static var smoke: Configuration { Configuration() }

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        let sources = try BundleSources(run)
        let verdict = try sources.verdict()
        let policy = try sources.servedPolicy(verdict)
        run.progress(0.2, "collecting the evidence")

        let safeguard = Safeguard()
        let table = EmoSeqParameters.presetS.actions
        guard policy.actionCount == table.count else {
            throw ServingError.policyDoesNotFit(problem: "it has \(policy.actionCount) actions, not \(table.count)")
        }
        let card = PolicyCard(
            kind: verdict.accepted ? .learned : .behaviour, digest: "", schema: policy.schema,
            schemaDigest: Digest.sha256(policy.schema.canonicalText), actions: table.map(\.name),
            kinds: table.map(\.creative))
        let manifest = BundleManifest(
            environment: try sources.environment(), policy: card, safeguard: safeguard,
            safeguardDigest: Digest.sha256(safeguard.canonicalText), verdict: verdict,
            createdFrom: sources.sourceRuns,
            card: ModelCard(
                licences: sources.licences(), approver: configuration.approver.isEmpty ? nil : configuration.approver,
                intendedUse: configuration.intendedUse, limits: Self.limits))
        let files = try sources.policyFiles(policy)
        let content = BundleContent(
            manifest: manifest, policy: files.weights, policyDescription: files.description,
            creatives: try sources.creatives(),
            rollout: .doubling(
                from: verdict.accepted ? verdict.exposure : 0, salt: String(Digest.sha256(files.description).prefix(16))
            ),
            evidence: try sources.evidence())

        var written = manifest
        let bundle = try run.artifact("bundle") { written = try content.write(to: $0) }
        run.progress(0.6, "signing")
        // A reproduction proves the content; it signs nothing in anybody's name.
        if !run.isReproduction {
            let predicate = BundleStatement.Predicate(
                bundle: written.id, environment: written.environment, signed: run.clock.now(),
                runs: sources.signedRuns(run))
            let key = try SigningKey(home: run.home, owner: run.owner)
            try run.artifact("bundle/" + BundleFiles.signature, deterministic: false) {
                try BundleStatement.sign(bundle: bundle, predicate: predicate, key: key, into: $0)
            }
            try BundleVerifier(key: key.publicKey).verify(bundle).check()
        }
        return evaluation(written, content.rollout)
    }

    public static func sealed(_ run: SealedRun, in workspace: Workspace) throws {
        let bundle = try run.artifact("bundle")
        let target = try location(of: run, in: workspace)
        let files = FileManager.default
        let draft = workspace.bundles.appending(path: ".\(run.id)")
        do {
            try files.createDirectory(at: workspace.bundles, withIntermediateDirectories: true)
            try files.copyItem(at: bundle, to: draft)
            // The same content may have been signed before: the newest signature stays.
            if files.fileExists(atPath: target.path) { try files.removeItem(at: target) }
            try files.moveItem(at: draft, to: target)
        } catch {
            try? files.removeItem(at: draft)
            throw ServingError.cannotWrite(path: target.path, reason: error.localizedDescription)
        }
    }

    /// Where a run's bundle lies in the workspace: `bundles/<id>`.
    public static func location(of run: SealedRun, in workspace: Workspace) throws -> URL {
        workspace.bundles.appending(path: try BundleSummary(folder: run.artifact("bundle")).manifest.id)
    }

    private func evaluation(_ manifest: BundleManifest, _ rollout: RolloutPlan) -> Evaluation {
        let first = rollout.stages.first?.exposure ?? 0
        var evaluation = Evaluation(figures: [
            Figure("firstStageExposure", first, better: .higher),
            Figure("rolloutStages", Double(rollout.stages.count)),
            Figure("objectionsToProduction", Double(manifest.objectionsToProduction.count), better: .lower),
        ])
        evaluation.tables = [
            ResultTable(
                "rollout", columns: ["stage", "exposure", "requires"],
                rows: rollout.stages.map { [.text($0.name), .number($0.exposure), .text($0.requires)] }),
            ResultTable(
                "production", columns: ["objection"], rows: manifest.objectionsToProduction.map { [.text($0)] }),
        ]
        let policy = manifest.policy.kind == .learned ? "the learned policy" : "the behaviour policy"
        evaluation.notes = ["bundle \(manifest.id) carries \(policy), environment \(manifest.environment.rawValue)"]
        return evaluation
    }

    private static let limits = [
        "Trained and judged on simulated customers: figures about people are not known.",
        "The gate speaks for the first stage's exposure only; each further stage needs a verdict on the stage before.",
        "Trained without differential privacy.",
        "Readings are sentiment of English posts; other languages count as unknown.",
    ]
}
