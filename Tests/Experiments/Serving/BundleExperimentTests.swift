import Foundation
import LabCommand
import LabDomain
import LabPolicy
import LabRuns
import LabServing
import LabSimulation
import Testing

@testable import LabExperiments

/// Stand-ins that write what the real experiments write, in a moment.
private enum Stub {
    struct Policy: Experiment {
        static let name = "policy/cql"
        static let summary = "Saves a policy that prefers the first action."
        static let smoke = NoSettings()
        func train(_ configuration: NoSettings, _ run: Run) async throws -> Evaluation {
            let schema = EmoSeqParameters.presetS.schema
            let policy = FixedPolicy(schema: schema, actionCount: 12, preferences: [6, 0, 9])
            let drafts = FileManager.default.temporaryDirectory.appending(path: "lab-stub-\(run.id)")
            try FileManager.default.createDirectory(at: drafts, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: drafts) }
            let weights = drafts.appending(path: "weights")
            let description = drafts.appending(path: "description")
            try SavedPolicy.write(policy, weights: weights, description: description)
            try run.artifact(SavedPolicy.weightsFile) { try FileManager.default.moveItem(at: weights, to: $0) }
            try run.artifact(SavedPolicy.descriptionFile) { try FileManager.default.moveItem(at: description, to: $0) }
            return Evaluation(figures: [Figure("value", 1)])
        }
    }

    struct Gate: Experiment {
        struct Configuration: ExperimentConfiguration {
            var candidate = "learned"
            var accepted = true
            static let settings = [
                Setting("candidate", "Who is judged."), Setting("accepted", "What the verdict is."),
            ]
        }
        static let name = "serving/gate"
        static let summary = "Says what it is told to say."
        static let inputs = [ExperimentInput(role: "policy", experiment: "policy/cql")]
        static let smoke = Configuration()
        func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
            let verdict = """
                {"accepted": \(configuration.accepted), "exposure": \(configuration.accepted ? 0.3 : 0),
                 "reasons": ["told so"]}
                """
            try run.artifact("verdict.json") { try Data(verdict.utf8).write(to: $0) }
            return Evaluation()
        }
    }

    struct Creatives: Experiment {
        static let name = "creative/variants"
        static let summary = "Writes no creative."
        static let smoke = NoSettings()
        func train(_ configuration: NoSettings, _ run: Run) async throws -> Evaluation {
            try run.artifact("creatives.json") { try Data("[]".utf8).write(to: $0) }
            return Evaluation()
        }
    }
}

@Suite("The bundle of an accepted or refused policy")
struct BundleExperimentTests {
    let root = FileManager.default.temporaryDirectory.appending(path: "lab-bundle-\(UUID().uuidString)")
    var launcher: Launcher {
        Launcher(
            workspace: Workspace(root.appending(path: "workspace")), home: root.appending(path: "home"),
            clock: StoppedClock(at: Date(timeIntervalSince1970: 1_700_000_000)))
    }

    private func inputs(accepted: Bool, candidate: String = "learned") async throws -> [String: SealedRun] {
        let policy = try await launcher.train(Stub.Policy.self)
        var configuration = Stub.Gate.Configuration()
        configuration.accepted = accepted
        configuration.candidate = candidate
        let gate = try await launcher.train(
            Stub.Gate.self, configuration: configuration, inputs: ["policy": policy])
        let creatives = try await launcher.train(Stub.Creatives.self)
        return ["accepted": gate, "policy": policy, "creatives": creatives]
    }

    @Test("An accepted policy is carried, exposed as far as the gate says, and refused for production")
    func accepted() async throws {
        defer { try? FileManager.default.removeItem(at: root) }
        let given = try await inputs(accepted: true)
        let run = try await launcher.train(BundleExperiment.self, inputs: given)
        let bundle = try BundleExperiment.location(of: run, in: launcher.workspace)
        let report = try BundleVerifier(forProduction: true).verify(bundle)
        #expect(report.faults == [])
        #expect(report.manifest?.policy.kind == .learned)
        #expect(report.objections.contains { $0.contains("simulation") })
        #expect(try BundleSummary(folder: bundle).rollout.stages.map(\.exposure) == [0.3, 0.6, 1])
        #expect(report.statement?.predicate.runs.map(\.role) == ["bundle", "accepted", "creatives", "policy"])

        // The same inputs give the same result, also under another key; a reproduction signs nothing.
        var elsewhere = launcher
        elsewhere.home = root.appending(path: "other")
        let again = try await elsewhere.train(BundleExperiment.self, inputs: given)
        #expect(again.seal.resultDigest == run.seal.resultDigest)
        let reproduced = try await launcher.train(BundleExperiment.self, inputs: given, original: run)
        #expect(reproduced.seal.resultDigest == run.seal.resultDigest)
        #expect(!reproduced.artifactNames.contains("bundle/signature/public-key.pem"))
    }

    @Test("After a refusal the bundle carries the behaviour policy and exposes nobody")
    func refused() async throws {
        defer { try? FileManager.default.removeItem(at: root) }
        let run = try await launcher.train(BundleExperiment.self, inputs: try await inputs(accepted: false))
        let bundle = try BundleExperiment.location(of: run, in: launcher.workspace)
        let report = try BundleVerifier().verify(bundle)
        #expect(report.faults == [])
        #expect(report.manifest?.policy.kind == .behaviour)
        #expect(run.evaluation.figure("firstStageExposure")?.value == 0)
    }

    @Test("A verdict about another policy or candidate is not taken")
    func foreignVerdict() async throws {
        defer { try? FileManager.default.removeItem(at: root) }
        var mixed = try await inputs(accepted: true)
        mixed["policy"] = try await launcher.train(Stub.Policy.self)
        let (launcher, given) = (launcher, mixed)
        await #expect(throws: ServingError.self) { try await launcher.train(BundleExperiment.self, inputs: given) }
        let other = try await inputs(accepted: true, candidate: "always-promote")
        await #expect(throws: ServingError.self) { try await launcher.train(BundleExperiment.self, inputs: other) }
    }

    @Test("labctl bundle verify: 0 for a sound bundle, 1 where production refuses, 65 for a flipped byte, 66 for none")
    func command() async throws {
        defer { try? FileManager.default.removeItem(at: root) }
        let run = try await launcher.train(BundleExperiment.self, inputs: try await inputs(accepted: true))
        let bundle = try BundleExperiment.location(of: run, in: launcher.workspace)
        func verify(_ arguments: [String]) async -> (status: Int32, text: String) {
            let console = RecordingConsole()
            let status = await LabCommand.execute(
                ["bundle", "verify"] + arguments, registry: Registry(), console: console.console)
            return (status, console.output + console.errors)
        }
        let sound = await verify([bundle.path])
        #expect(sound.status == 0, "\(sound.text)")
        let byID = await verify([bundle.lastPathComponent, "--workspace", launcher.workspace.root.path])
        #expect(byID.status == 0, "\(byID.text)")
        let key = bundle.appending(path: BundleFiles.publicKey).path
        let refusal = await verify([bundle.path, "--production", "--key", key])
        #expect(refusal.status == 1 && refusal.text.contains("simulation"), "\(refusal.text)")
        let policy = bundle.appending(path: BundleFiles.policyDescription)
        var bytes = try Data(contentsOf: policy)
        bytes[10] ^= 1
        try bytes.write(to: policy)
        let damaged = await verify([bundle.path, "--json"])
        #expect(damaged.status == 65 && damaged.text.contains("policy.json"), "\(damaged.text)")
        let none = await verify(["/nowhere/bundle"])
        #expect(none.status == 66, "\(none.text)")
    }
}
