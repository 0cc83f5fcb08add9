import Foundation
import LabDomain
import LabPolicy
import LabRuns
import LabServing
import LabSimulation
import LabStorage

/// What the runs behind a bundle say.
struct BundleSources {
    /// Role → run, without the optional ones that were not given.
    private let runs: [String: SealedRun]
    private let workspace: URL

    init(_ run: Run) throws {
        var runs: [String: SealedRun] = [:]
        for input in BundleExperiment.inputs {
            if input.optional {
                runs[input.role] = try run.optionalParent(input.role)
            } else {
                runs[input.role] = try run.parent(input.role)
            }
        }
        self.runs = runs
        // <workspace>/runs/<experiment>/<number>
        workspace = run.folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    private func run(_ role: String) throws -> SealedRun {
        guard let run = runs[role] else { throw RunsError.missingInput(role: role, experiment: BundleExperiment.name) }
        return run
    }

    var sourceRuns: [SourceRun] {
        runs.sorted { $0.key < $1.key }.map {
            SourceRun(role: $0.key, experiment: $0.value.experiment, resultDigest: $0.value.seal.resultDigest)
        }
    }

    func signedRuns(_ run: Run) -> [BundleStatement.SignedRun] {
        [BundleStatement.SignedRun(role: "bundle", id: run.id, sealDigest: nil)]
            + runs.sorted { $0.key < $1.key }.map {
                BundleStatement.SignedRun(role: $0.key, id: $0.value.id, sealDigest: $0.value.seal.sealDigest)
            }
    }

    /// What the gate said about this very policy.
    func verdict() throws -> VerdictCard {
        let gate = try run("accepted")
        let policy = try run("policy")
        guard gate.record.parents["policy"]?.id == policy.id else {
            throw ServingError.policyDoesNotFit(
                problem: "\(gate.reference) judged another run than \(policy.reference)")
        }
        if case .text(let candidate)? = gate.configuration["candidate"], candidate != "learned" {
            throw ServingError.policyDoesNotFit(problem: "\(gate.reference) judged the candidate '\(candidate)'")
        }
        return try VerdictFile.read(gate.artifact("verdict.json"))
    }

    /// The learned policy where the gate accepted it, else the one that made the log.
    func servedPolicy(_ verdict: VerdictCard) throws -> any PolicyScorer {
        let policy = try run("policy")
        let learned = try SavedPolicy.read(
            weights: policy.artifact(SavedPolicy.weightsFile), description: policy.artifact(SavedPolicy.descriptionFile)
        )
        return verdict.accepted ? learned : EmoSeqLoggingPolicy(schema: learned.schema)
    }

    func policyFiles(_ policy: any PolicyScorer) throws -> (weights: Data, description: Data) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lab-bundle-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let weights = folder.appending(path: SavedPolicy.weightsFile)
        let description = folder.appending(path: SavedPolicy.descriptionFile)
        try SavedPolicy.write(policy, weights: weights, description: description)
        return (try Data(contentsOf: weights), try Data(contentsOf: description))
    }

    /// Production only where the policy says that it learned there.
    func environment() throws -> BundleManifest.Environment {
        let description = try Data(contentsOf: run("policy").artifact(SavedPolicy.descriptionFile))
        let saved = try JSONDecoder().decode(SavedPolicy.self, from: description)
        return BundleManifest.Environment(rawValue: saved.environment) ?? .simulation
    }

    func creatives() throws -> Data { try Data(contentsOf: run("creatives").artifact("creatives.json")) }

    /// Verdicts and evaluations, for and against.
    func evidence() throws -> [String: Data] {
        var evidence = [
            "verdict.json": try Data(contentsOf: run("accepted").artifact("verdict.json")),
            "gate.json": try Self.evaluation(run("accepted")),
            "policy.json": try Self.evaluation(run("policy")),
        ]
        if let refused = runs["refused"] {
            evidence["refused-verdict.json"] = try Data(contentsOf: refused.artifact("verdict.json"))
            evidence["refused-gate.json"] = try Self.evaluation(refused)
        }
        return evidence
    }

    private static func evaluation(_ run: SealedRun) throws -> Data {
        try Data(contentsOf: run.folder.appending(path: "evaluation.json"))
    }

    /// The licences of every dataset behind these runs; an unknown one where a run of the lineage was not given.
    func licences() -> [DataLicence] {
        let catalogue = DatasetCatalogue.standard(workspace: workspace)
        let names = Set(runs.values.flatMap { $0.record.datasets.keys })
        var licences = names.sorted().map { name in
            let manifest = try? catalogue.manifest(name)
            return DataLicence(
                dataset: name, licence: manifest?.licence ?? "unknown", commercialUse: manifest?.commercialUse)
        }
        let given = Set(runs.values.map(\.id))
        let behind = runs.values.flatMap { $0.record.parents.values }.filter { !given.contains($0.id) }
        licences += Set(behind.map(\.experiment)).sorted().map {
            DataLicence(dataset: "the data of \($0)", licence: "unknown", commercialUse: nil)
        }
        return licences
    }
}

/// A gate's `verdict.json`: the verdict itself, or inside of a larger object.
enum VerdictFile {
    private struct Verdict: Decodable {
        var accepted: Bool
        var exposure: Double
        var reasons: [String]
    }

    private struct Wrapped: Decodable {
        var verdict: Verdict
    }

    static func read(_ url: URL) throws -> VerdictCard {
        let data = try Data(contentsOf: url)
        let decoder = JSONDecoder()
        guard
            let verdict = (try? decoder.decode(Wrapped.self, from: data))?.verdict
                ?? (try? decoder.decode(Verdict.self, from: data))
        else { throw ServingError.malformed(file: "verdict.json", problem: "it is not a gate's verdict") }
        return VerdictCard(
            accepted: verdict.accepted, exposure: verdict.accepted ? verdict.exposure : 0, reasons: verdict.reasons)
    }
}
