import Foundation
import LabDomain
import LabNumerics
import LabSafeguards

/// Decides for one customer at a time from a verified bundle: safeguards first, then the rollout's arm.
///
/// What lies outside of the stage's exposure, and everything when the learned policy fails, is the behaviour policy's.
public struct DecisionEngine: Sendable {
    public let manifest: BundleManifest
    public let stage: RolloutStage
    private let rollout: RolloutPlan
    private let table: ActionTable
    private let learned: (any PolicyScorer)?
    private let behaviour: any PolicyScorer

    /// Loads a bundle that `verifier` accepts.
    ///
    /// - Parameter stage: which stage of the rollout is on, from 0.
    ///
    /// Throws `ServingError.notVerified`, and `.refusedForProduction` where the verifier asks for production.
    public init(bundle: URL, stage: Int = 0, verifier: BundleVerifier) throws {
        let report = try verifier.verify(bundle)
        try report.check()
        manifest = try BundleFolder.manifest(bundle)
        rollout = try BundleFolder.rollout(bundle)
        self.stage = try rollout.stage(stage)
        table = try ActionTable(kinds: manifest.policy.kinds)
        behaviour = try verifier.loader.fallback(manifest.policy)
        learned =
            manifest.policy.kind == .learned
            ? try verifier.loader.load(bundle: bundle, card: manifest.policy) : nil
    }

    /// One decision.
    ///
    /// - Parameters:
    ///   - number: the customer's how-manyth decision, from 0; with the pseudonym it gives the bucket.
    ///   - state: of the schema in the manifest.
    ///   - reading: what was last read of the customer; `nil` counts as unknown.
    ///   - audience: age and objections, as known at this moment.
    ///   - stream: where the draw comes from.
    public func decide(
        customer: CustomerID, number: Int, state: StateVector, reading: Reading?, audience: Audience,
        stream: inout RandomStream
    ) throws -> ServedDecision {
        guard state.schemaDigest == manifest.policy.schemaDigest else {
            throw ServingError.wrongSchema(expected: manifest.policy.schemaDigest, found: state.schemaDigest)
        }
        let permitted = manifest.safeguard.permittedActions(reading: reading, audience: audience, table: table)
        var reasons = permitted.reasons
        // A contextual decision may use nothing that was learned of the person: neither their state nor their arm.
        let isContextual = permitted.targeting == .contextual
        let values = isContextual ? [Float](repeating: 0, count: state.values.count) : state.values
        let usual = try ask(behaviour, values, permitted)
        var candidate: [Double]?
        if let learned, !isContextual, stage.exposure > 0 {
            do {
                candidate = try ask(learned, values, permitted)
            } catch {
                let problem = (error as? any ReportableError)?.what ?? String(describing: error)
                reasons.append("The learned policy failed (\(problem)): the behaviour policy decides.")
            }
        }
        let isExposed = rollout.exposes(customer, decision: number, stage: stage)
        let arm = candidate != nil && isExposed ? ServedDecision.Arm.learned : .behaviour
        let deciding = arm == .learned ? candidate ?? usual : usual
        let action = stream.choose(weights: deciding)
        // With buckets by decision the log is one of the mixture, and its propensities must be the mixture's.
        var propensity = deciding[action]
        if let candidate, rollout.unit == .decision {
            propensity = stage.exposure * candidate[action] + (1 - stage.exposure) * usual[action]
        }
        let decision = try permitted.decide(customer: customer, action: action, propensity: min(propensity, 1))
        return ServedDecision(
            decision: decision, arm: arm, assessment: permitted.assessment, targeting: permitted.targeting,
            reasons: reasons)
    }

    private func ask(_ policy: any PolicyScorer, _ state: [Float], _ permitted: PermittedActions) throws -> [Double] {
        let answer = try policy.probabilities(states: state, permitted: permitted.mask)
        try ActionProbabilities.check(answer, permitted: permitted.mask, actions: table.count)
        return try permitted.renormalise(answer.map(Double.init))
    }
}

/// A decision with what explains it: the material of "why this ad".
public struct ServedDecision: Sendable, Equatable {
    /// Which policy decided.
    public enum Arm: String, Codable, Sendable {
        case learned
        case behaviour
    }

    public let decision: Decision
    public let arm: Arm
    public let assessment: Assessment
    public let targeting: Targeting
    /// Why actions were ruled out or the arm was changed, one sentence each.
    public let reasons: [String]
}
