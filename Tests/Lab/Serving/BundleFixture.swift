import Foundation
import LabDomain
import LabNumerics
import LabSafeguards
import LabStorage

@testable import LabServing

/// A small bundle over three features and four actions, in a folder of its own.
struct BundleFixture {
    static let schema = StateSchema(name: "toy", version: 1, features: ["a", "b", "c"])
    static let moment = Date(timeIntervalSince1970: 1_700_000_000)

    let root: URL
    var bundle: URL { root.appending(path: "bundle") }
    var home: URL { root.appending(path: "home") }

    init() throws {
        root = FileManager.default.temporaryDirectory.appending(path: "lab-serving-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(at: root) }

    /// Always action 2 (promote) where it is permitted, else the first permitted one.
    struct Eager: PolicyScorer {
        let schema = BundleFixture.schema
        let actionCount = 4
        func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
            var result = [Float](repeating: 0, count: permitted.count)
            for start in stride(from: 0, to: permitted.count, by: 4) {
                let choice = permitted[start + 2] ? 2 : (0..<4).first { permitted[start + $0] } ?? 3
                result[start + choice] = 1
            }
            return result
        }
    }

    /// Spread evenly.
    struct Even: PolicyScorer {
        let schema = BundleFixture.schema
        let actionCount = 4
        func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
            var result = [Float](repeating: 0, count: permitted.count)
            for start in stride(from: 0, to: permitted.count, by: 4) {
                let count = (0..<4).count { permitted[start + $0] }
                for action in 0..<4 where permitted[start + action] { result[start + action] = 1 / Float(count) }
            }
            return result
        }
    }

    /// Never keeps to what is permitted.
    struct Reckless: PolicyScorer {
        let schema = BundleFixture.schema
        let actionCount = 4
        func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
            permitted.indices.map { $0 % 4 == 2 ? 1 : 0 }
        }
    }

    static func loader(_ learned: any PolicyScorer = Eager()) -> PolicyLoader {
        PolicyLoader(learned: { _, _ in learned }, behaviour: { _ in Even() })
    }

    static func content(
        environment: BundleManifest.Environment = .simulation, exposure: Double = 0.25, approver: String? = nil,
        licences: [DataLicence] = [], kind: PolicyCard.Kind = .learned
    ) -> BundleContent {
        let safeguard = Safeguard()
        let card = PolicyCard(
            kind: kind, digest: "", schema: schema, schemaDigest: Digest.sha256(schema.canonicalText),
            actions: ["inform", "empathise", "promote", "wait"], kinds: [.inform, .empathise, .promote, nil])
        let manifest = BundleManifest(
            environment: environment, policy: card, safeguard: safeguard,
            safeguardDigest: Digest.sha256(safeguard.canonicalText),
            verdict: VerdictCard(accepted: exposure > 0, exposure: exposure, reasons: ["because"]),
            createdFrom: [SourceRun(role: "policy", experiment: "policy/dqn", resultDigest: "00")],
            card: ModelCard(licences: licences, approver: approver, intendedUse: "tests", limits: []))
        return BundleContent(
            manifest: manifest, policy: Data("weights".utf8), policyDescription: Data("{}".utf8),
            creatives: Data("[]".utf8), rollout: .doubling(from: exposure, salt: "salt-1"),
            evidence: ["verdict.json": Data("{}".utf8)])
    }

    /// Writes and signs.
    @discardableResult
    func write(_ content: BundleContent = BundleFixture.content()) throws -> BundleManifest {
        let manifest = try content.write(to: bundle)
        let predicate = BundleStatement.Predicate(
            bundle: manifest.id, environment: manifest.environment, signed: Self.moment,
            runs: [.init(role: "policy", id: "01ARZ3NDEKTSV4RRFFQ69G5FAV", sealDigest: "00")])
        try BundleStatement.sign(
            bundle: bundle, predicate: predicate, key: SigningKey(home: home, owner: "local"),
            into: bundle.appending(path: BundleFiles.signature))
        return manifest
    }

    func verify(key: VerificationKey? = nil, production: Bool = false) throws -> VerificationReport {
        try BundleVerifier(key: key, forProduction: production, loader: Self.loader()).verify(bundle)
    }

    /// Flips one bit in the middle of a file.
    func flip(_ path: String) throws {
        let url = bundle.appending(path: path)
        var data = try Data(contentsOf: url)
        data[data.count / 2] ^= 1
        try data.write(to: url)
    }
}
