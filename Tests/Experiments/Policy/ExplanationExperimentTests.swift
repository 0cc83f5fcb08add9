import Foundation
import LabCommand
import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSafeguards
import LabSimulation
import LabTestKit
import Testing

@testable import LabExperiments

/// Stand-ins that write what the real experiments write, in a moment.
private enum Stub {
    struct Policy: Experiment {
        static let name = "policy/dqn"
        static let summary = "Saves a network of random weights."
        static let inputs = [ExperimentInput(role: "journeys", experiment: "profiles/journeys")]
        static let smoke = NoSettings()

        static func policy(_ stream: RandomStream) -> GreedyPolicy {
            let schema = EmoSeqParameters.presetS.schema
            let width = schema.features.count
            return GreedyPolicy(
                QNetwork(
                    LearningFrame(schema: schema, actionCount: 12, rewardScale: 5),
                    network: MLP(sizes: [width, 16, 12], stream: stream)))
        }

        func train(_ configuration: NoSettings, _ run: Run) async throws -> Evaluation {
            let drafts = FileManager.default.temporaryDirectory.appending(path: "lab-explained-\(run.id)")
            try FileManager.default.createDirectory(at: drafts, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: drafts) }
            let weights = drafts.appending(path: "weights")
            let description = drafts.appending(path: "description")
            let policy = Self.policy(run.stream("network"))
            try SavedPolicy.write(policy, weights: weights, description: description)
            try run.artifact(SavedPolicy.weightsFile) { try FileManager.default.moveItem(at: weights, to: $0) }
            try run.artifact(SavedPolicy.descriptionFile) { try FileManager.default.moveItem(at: description, to: $0) }
            try run.artifact(ONNXExport.file) { try ONNXExport.write(policy, to: $0) }
            return Evaluation()
        }
    }

    struct Journeys: Experiment {
        static let name = "profiles/journeys"
        static let summary = "Logs a few simulated customers."
        static let smoke = NoSettings()

        func train(_ configuration: NoSettings, _ run: Run) async throws -> Evaluation {
            let environment = try EmoSeqEnvironment(stream: run.stream("customers"))
            let result = try Rollout(safeguard: Safeguard(), keepsJourneys: true).run(
                environment, policy: EmoSeqLoggingPolicy(), customers: 0..<60, stream: run.stream("actions"))
            guard let log = result.journeys else { throw RunsError.defect("there are no journeys") }
            try run.artifact("journeys.h5") { try log.write(to: $0) }
            return Evaluation()
        }
    }

    static let registry = Registry(
        experiments: [Policy.self, Journeys.self, ExplanationExperiment.self])
}

@Suite struct ExplanationExperimentTests {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lab-explain-\(UUID().uuidString)")

    private func labctl(_ words: String...) async -> (status: Int32, output: String, errors: String) {
        let console = RecordingConsole()
        let status = await LabCommand.execute(
            words + ["--workspace", folder.path, "--quiet"], registry: Stub.registry, console: console.console)
        return (status, console.output, console.errors)
    }

    private func json(_ text: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func rows(_ json: [String: Any], _ table: String) throws -> [[Any]] {
        let tables = try #require(json["tables"] as? [[String: Any]])
        return try #require(tables.first { $0["name"] as? String == table }?["rows"] as? [[Any]])
    }

    @Test func segmentsDecisionsAndCustomersAreExplained() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(await labctl("train", "policy/dqn", "--smoke").status == 0)
        let explained = await labctl("explain", "policy", "policy/dqn/1", "--json")
        #expect(explained.status == 0, "\(explained.errors)")
        let segments = try json(explained.output)
        #expect(segments["run"] as? String == "policy/explanation/1")
        #expect(Set((segments["parents"] as? [String: Any] ?? [:]).keys) == ["policy", "journeys"])
        #expect((segments["artifacts"] as? [String]) == ["plots/segments.svg"])
        #expect(try rows(segments, "segments").count == 4 && rows(segments, "parts").count == 4 * 12)
        let shares = try rows(segments, "actions").reduce(into: [Int: Double]()) { sums, row in
            sums[row[0] as? Int ?? -1, default: 0] += row[3] as? Double ?? .nan
        }
        #expect(shares.values.allSatisfy { abs($0 - 1) < 1e-9 })

        // One decision: the parts sum to the gap less its mean over the background.
        let log = try JourneyLog(
            contentsOf: folder.appending(path: "runs/profiles.journeys/1/artifacts/journeys.h5"))
        let masked = try #require((0..<log.decisionCount).first { !log.permitted[$0 * 12 + 6] })
        let one = await labctl("explain", "policy", "--smoke", "--decision", "\(masked)", "--json")
        #expect(one.status == 0, "\(one.errors)")
        let decision = try json(one.output)
        #expect(try rows(decision, "scores").count == 12)
        #expect(try rows(decision, "scores").contains { $0[3] as? String == "no" })
        let notes = (decision["notes"] as? [String] ?? []).joined(separator: "\n")
        #expect(notes.contains("not permitted are") && notes.contains("promote/0") && notes.contains("reading"))
        let figures = try #require(decision["figures"] as? [String: [String: Any]])
        let sum = try rows(decision, "parts").reduce(0) { $0 + ($1[2] as? Double ?? .nan) }
        let gap = try #require(figures["gap"]?["value"] as? Double)
        let base = try #require(figures["gapBackground"]?["value"] as? Double)
        #expect(abs(sum - (gap - base)) < 1e-3)

        // A model of one's own in place of the policy gives the same, since it is the same policy.
        let onnx = folder.appending(path: "runs/policy.dqn/1/artifacts/policy.onnx").path
        let model = await labctl("explain", "policy", "--smoke", "--onnx", onnx, "--decision", "\(masked)", "--json")
        #expect(model.status == 0, "\(model.errors)")
        #expect(try json(model.output)["artifacts"] as? [String] == ["policy.onnx"])
        let same = try #require(try json(model.output)["figures"] as? [String: [String: Any]])
        #expect(abs((same["gap"]?["value"] as? Double ?? .nan) - gap) < 1e-4)

        let customer = await labctl("explain", "policy", "policy/dqn/1", "--customer", "3")
        #expect(customer.status == 0 && customer.output.contains("moved by"), "\(customer.errors)")
        for run in ["policy/explanation/1", "policy/explanation/2"] {
            #expect(await labctl("reproduce", run).status == 0)
        }
    }

    /// Without any run of journeys: the policy learned from the user's log, and is explained on it.
    @Test func aPolicyOfAnOwnLogIsExplainedOnThatLog() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var csv = "who,when,did,gain,p,mood,visits\n"
        for row in 0..<120 { csv += "c\(row / 4),\(row % 4),\(row * 7 % 3),\(row % 5),0.3,\(row % 11),\(row % 4)\n" }
        try Data(csv.utf8).write(to: folder.appending(path: "own.csv"))
        let map = """
            kind: journeys
            name: own
            columns: {episode: who, step: when, action: did, reward: gain, propensity: p}
            features: [mood, visits]
            actions: 3
            """
        try Data(map.utf8).write(to: folder.appending(path: "map.yaml"))
        let registry = Registry(experiments: [
            AgentExperiment<CQL>.self, ExplanationExperiment.self,
        ])
        func labctl(_ words: String...) async -> (status: Int32, output: String, errors: String) {
            let console = RecordingConsole()
            let status = await LabCommand.execute(
                words + ["--workspace", folder.path, "--quiet"], registry: registry, console: console.console)
            return (status, console.output, console.errors)
        }
        func path(_ name: String) -> String { folder.appending(path: name).path }
        let added = await labctl("data", "add", path("own.csv"), "--map", path("map.yaml"))
        #expect(added.status == 0, "\(added.errors)")
        let trained = await labctl("train", "policy/cql", "--smoke", "--set", "log=own")
        #expect(trained.status == 0, "\(trained.errors)")

        for question in [
            ["policy/cql/1", "--decision", "5"], ["policy/cql/1", "--journeys", "own", "--decision", "5"],
        ] {
            let console = RecordingConsole()
            let status = await LabCommand.execute(
                ["explain", "policy"] + question + ["--json", "--quiet", "--workspace", folder.path],
                registry: registry, console: console.console)
            #expect(status == 0, "\(console.errors)")
            let answer = try json(console.output)
            #expect(Set((answer["parents"] as? [String: Any] ?? [:]).keys) == ["policy"])
            #expect(Set(try rows(answer, "parts").compactMap { $0[1] as? String }) == ["mood", "visits"])
        }
        #expect(await labctl("reproduce", "policy/explanation/1").status == 0)
    }

    @Test func wrongQuestionsAreAnsweredWithWhatToDo() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(await labctl("train", "policy/dqn", "--smoke").status == 0)
        let both = await labctl("explain", "policy", "--decision", "1", "--customer", "2")
        #expect(both.status == 64 && both.errors.contains("--decision, --customer and --segments"))
        let beyond = await labctl("explain", "policy", "policy/dqn/1", "--decision", "999999")
        #expect(beyond.status == 65 && beyond.errors.contains("the decisions of the log"), "\(beyond.errors)")
        let nobody = await labctl("explain", "policy", "policy/dqn/1", "--customer", "999999")
        #expect(nobody.status == 65 && nobody.errors.contains("a customer of the log"))
        let other = Fixture.file("ONNX/torch_mlp.onnx").path
        let narrow = await labctl("explain", "policy", "policy/dqn/1", "--onnx", other)
        #expect(narrow.status == 65 && narrow.errors.contains("rows of 5 numbers"), "\(narrow.errors)")
    }
}
