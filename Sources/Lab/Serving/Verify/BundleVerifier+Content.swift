import Foundation
import LabDomain
import LabNumerics
import LabSafeguards
import LabStorage

extension BundleVerifier {
    /// States on which the policy is tried.
    static let probes = 64

    /// Whether manifest, digest list and signed statement tell the same.
    func checkManifest(_ bundle: URL, _ signed: DigestList, _ report: inout VerificationReport) {
        do {
            let data = try Data(contentsOf: bundle.appending(path: BundleFiles.manifest))
            let manifest = try ServingJSON.decode(BundleManifest.self, from: data, file: BundleFiles.manifest)
            report.manifest = manifest
            guard manifest.format <= BundleManifest.currentFormat else {
                throw ServingError.unsupportedFormat(
                    path: BundleFiles.manifest, found: manifest.format, supported: BundleManifest.currentFormat)
            }
            func expect(_ condition: Bool, _ file: String, _ problem: String) {
                if !condition { report.faults.append(.init(.malformed, file, problem)) }
            }
            var others = signed
            others.digests[BundleFiles.digests] = nil
            let listed = try DigestList(
                text: String(contentsOf: bundle.appending(path: BundleFiles.digests), encoding: .utf8))
            expect(listed == others, BundleFiles.digests, "does not list the files that were signed")
            others.digests[BundleFiles.manifest] = nil
            let identifier = try BundleContent.identifier(manifest, others: others)
            expect(identifier == manifest.id, BundleFiles.manifest, "has the id \(manifest.id), not \(identifier)")
            let predicate = report.statement?.predicate
            expect(predicate?.bundle == manifest.id, BundleFiles.envelope, "speaks of another bundle")
            expect(
                predicate?.environment == manifest.environment, BundleFiles.envelope, "speaks of another environment")
            expect(
                manifest.policy.digest == signed.digests[BundleFiles.policy], BundleFiles.manifest,
                "names another policy")
            expect(
                manifest.policy.schemaDigest == Digest.sha256(manifest.policy.schema.canonicalText),
                BundleFiles.manifest, "gives a digest that is not its state schema's")
            expect(
                manifest.safeguardDigest == Digest.sha256(manifest.safeguard.canonicalText), BundleFiles.manifest,
                "gives a digest that is not its safeguard's")
            let creatives = try Data(contentsOf: bundle.appending(path: BundleFiles.creatives))
            expect(
                (try? JSONSerialization.jsonObject(with: creatives)) != nil, BundleFiles.creatives, "is not JSON")
        } catch {
            report.faults.append(Self.fault(error, file: BundleFiles.manifest))
        }
    }

    /// Whether the policy loads and keeps to the safeguards' masks on states drawn from a fixed stream.
    func checkPolicy(_ bundle: URL, _ manifest: BundleManifest, _ report: inout VerificationReport) {
        do {
            let policy = try loader.load(bundle: bundle, card: manifest.policy)
            let table = try ActionTable(kinds: manifest.policy.kinds)
            guard table.count == policy.actionCount, manifest.policy.actions.count == policy.actionCount else {
                throw ServingError.policyDoesNotFit(
                    problem: "it has \(policy.actionCount) actions, the manifest \(manifest.policy.actions.count)")
            }
            var stream = RandomStream(seed: 1, name: "serving/verify")
            var states = [Float](repeating: 0, count: Self.probes * manifest.policy.schema.features.count)
            stream.fillNormal(&states)
            let assessments = (0..<Self.probes).map { Assessment.allCases[$0 % Assessment.allCases.count] }
            let permitted = manifest.safeguard.permittedActions(
                assessments: assessments, audience: .adult, table: table)
            let probabilities = try policy.probabilities(states: states, permitted: permitted.mask)
            try ActionProbabilities.check(probabilities, permitted: permitted.mask, actions: policy.actionCount)
        } catch {
            let problem = (error as? any ReportableError)?.what ?? String(describing: error)
            report.faults.append(.init(.policy, BundleFiles.policy, "does not work: \(problem)"))
        }
    }

    func checkRollout(_ bundle: URL, _ manifest: BundleManifest, _ report: inout VerificationReport) {
        do {
            let plan = try BundleFolder.rollout(bundle)
            try plan.validate()
            let first = try plan.stage(0).exposure
            guard first <= manifest.verdict.exposure else {
                throw ServingError.badRollout(
                    problem: "it begins at \(first), the gate accepted \(manifest.verdict.exposure)")
            }
            guard manifest.policy.kind == .learned || plan.stages.allSatisfy({ $0.exposure == 0 }) else {
                throw ServingError.badRollout(problem: "it exposes customers to a policy that is not there")
            }
        } catch {
            let problem = (error as? any ReportableError)?.what ?? String(describing: error)
            report.faults.append(.init(.rollout, BundleFiles.rollout, problem))
        }
    }
}
