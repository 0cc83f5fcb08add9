import Foundation
import LabCreative
import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSimulation
import LabStorage
import Testing

@testable import LabExperiments

/// Stands in for `language/posts`: readings without posts, some of them wrong.
private struct MadeUpReadings: Experiment {
    typealias Configuration = NoSettings
    static let name = "language/posts"
    static let summary = "Makes readings up."
    static var smoke: NoSettings { NoSettings() }

    func train(_ configuration: NoSettings, _ run: Run) async throws -> Evaluation {
        var stream = run.stream("readings")
        let labels = (0..<120).map { Int32($0 % 3) }
        var probabilities: [Double] = []
        for label in labels {
            let shown = stream.nextDouble() < 0.8 ? Int(label) : stream.nextInt(below: 3)
            probabilities += (0..<3).map { $0 == shown ? 0.7 : 0.15 }
        }
        try run.artifact("readings.h5") { url in
            let file = try HDF5File.create(url)
            try file.write("/post", labels.indices.map { "p\($0)" })
            try file.write("/split", labels.indices.map { $0 < 90 ? "speech" : "test" })
            try file.write("/label", labels)
            try file.write("/probabilities", probabilities, shape: [labels.count, 3])
            try file.close()
        }
        let table = ResultTable("confusion", columns: ["truth", "a", "<b>"], rows: [["a", 3, 1], ["<b>", 0, 4]])
        let worst = ResultTable("worstErrors", columns: ["post", "text"], rows: [["p1", "a private text"]])
        return Evaluation(figures: [Figure("macroF1", 0.7)], tables: [table, worst])
    }
}

/// Stands in for `policy/cql`: a fixed policy that informs.
private struct MadeUpPolicy: Experiment {
    typealias Configuration = NoSettings
    static let name = "policy/cql"
    static let summary = "Saves a policy that was not learned."
    static var smoke: NoSettings { NoSettings() }

    func train(_ configuration: NoSettings, _ run: Run) async throws -> Evaluation {
        for step in 0..<5 { run.log("loss", 1 / Double(step + 1), step: step) }
        let policy = FixedPolicy(
            schema: EmoSeqParameters.presetS.schema, actionCount: 12, preferences: [7, 1, 10])
        let weights = try run.artifact("policy.safetensors") { url in
            try SavedPolicy.write(policy, weights: url, description: url.appendingPathExtension("json"))
        }
        try run.artifact("policy.json") { url in
            // The description states the digest of the weights, so both are written once more together.
            let scratch = url.deletingLastPathComponent().appending(path: "again.safetensors")
            try SavedPolicy.write(policy, weights: scratch, description: url)
            try FileManager.default.removeItem(at: scratch)
        }
        #expect(FileManager.default.fileExists(atPath: weights.path))
        return Evaluation()
    }
}

/// Stands in for `serving/gate`.
private struct MadeUpGate: Experiment {
    typealias Configuration = NoSettings
    static let name = "serving/gate"
    static let summary = "Accepts a fifth."
    static var smoke: NoSettings { NoSettings() }

    func train(_ configuration: NoSettings, _ run: Run) async throws -> Evaluation {
        let json = """
            {"accepted": true, "customers": 900, "exposure": 0.2, "level": 0.95, "reasons": ["A fifth <i>passes</i>."],
            "mixtures": [{"share": 0.2, "value": 8.2, "gain": 0.4, "standardError": 0.1, "lowerBound": 0.24,
            "support": {"effectiveSampleSize": 400, "meanWeight": 1.01}, "tested": true, "passed": true, "reasons": []}]}
            """
        try run.artifact("verdict.json") { try Data(json.utf8).write(to: $0) }
        return Evaluation(figures: [Figure("accepted", 1), Figure("exposure", 0.2)])
    }
}

@Suite struct CampaignAndReportTests {
    /// All sealed runs of a small pipeline, by role.
    private func pipeline(_ folder: URL) async throws -> [String: SealedRun] {
        let launcher = Launcher(workspace: Workspace(folder), home: folder.appending(path: "home"))
        var runs: [String: SealedRun] = [:]
        runs["language"] = try await launcher.train(MadeUpReadings.self, configuration: NoSettings())
        runs["policy"] = try await launcher.train(MadeUpPolicy.self, configuration: NoSettings())
        runs["gate"] = try await launcher.train(MadeUpGate.self, configuration: NoSettings())
        runs["creatives"] = try await launcher.train(VariantsExperiment.self, configuration: VariantsExperiment.smoke)
        runs["readings"] = runs["language"]
        var configuration = CampaignExperiment.smoke
        configuration.customers = 200
        runs["campaign"] = try await launcher.train(
            CampaignExperiment.self, configuration: configuration,
            inputs: runs.filter { ["readings", "policy", "creatives"].contains($0.key) })
        runs["report"] = try await launcher.train(
            ReportExperiment.self,
            inputs: runs.filter { ["campaign", "gate", "policy", "language", "creatives"].contains($0.key) })
        return runs
    }

    @Test func theCampaignKeepsItsPromisesAndTheReportTellsThem() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let runs = try await pipeline(folder)
        let campaign = try #require(runs["campaign"])
        let figures = campaign.evaluation
        #expect(figures.figure("promotionsToDistressed")?.value == 0)
        #expect((figures.figure("promotionsToDistressed")?.count ?? 0) > 0)
        #expect((figures.figure("promotionsToDistressedUnguarded")?.value ?? 0) > 0)
        let budget = try #require(figures.figure("budget")?.value)
        #expect(try #require(figures.figure("spentLearned")?.value) <= budget)
        #expect(try #require(figures.figure("spentBehavior")?.value) <= budget)
        for name in ["value", "clickRate", "conversionRate", "conversions", "spend"] {
            let difference = try #require(figures.figure(name + "Difference"))
            let learned = try #require(figures.figure(name + "Learned")?.value)
            let behaviour = try #require(figures.figure(name + "Behavior")?.value)
            #expect(abs(difference.value - (learned - behaviour)) < 1e-9)
            #expect(difference.interval != nil)
        }
        #expect(figures.table("segments")?.rows.count == 12)

        let html = try String(contentsOf: try #require(runs["report"]).artifact("report.html"), encoding: .utf8)
        #expect(html.contains("Yes, to 20 % of decisions at first"))
        #expect(html.contains("A fifth &lt;i&gt;passes&lt;/i&gt;."))
        #expect(!html.contains("a private text"), "posts' texts stay in the run that read them")
        #expect(html.contains(campaign.id) && !html.contains(folder.path))
        #expect(!html.contains("<script"))
        if let copy = ProcessInfo.processInfo.environment["LAB_REPORT_COPY"] {
            try html.write(toFile: copy, atomically: true, encoding: .utf8)
        }
    }

    @Test func theSameSeedGivesTheSameResults() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try await pipeline(folder.appending(path: "1"))
        let second = try await pipeline(folder.appending(path: "2"))
        for role in ["creatives", "campaign"] {
            #expect(first[role]?.seal.resultDigest == second[role]?.seal.resultDigest, "\(role)")
        }
    }
}
