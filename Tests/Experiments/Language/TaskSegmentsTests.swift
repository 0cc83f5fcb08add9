import Foundation
import LabLanguage
import LabRuns
import LabStorage
import LabTestKit
import Testing

@testable import LabExperiments

@Suite("Errors by segment")
struct TaskSegmentsTests {
    typealias Emotion = TaskWorkspace.Emotion

    private func many(_ counts: KeyValuePairs<String, Int>) -> [String] {
        counts.flatMap { Array(repeating: $0.key, count: $0.value) }
    }

    private func counts(_ shown: [String]) -> [String: Int] {
        Dictionary(shown.map { ($0, 1) }, uniquingKeysWith: +)
    }

    @Test("Segments of too few texts are one group with each other, and texts without one another")
    func small() {
        let segments = many(["web": 40, " app\r": 30, "app": 1, "kiosk": 29, "fax": 2, "": 20, "  ": 11, "other": 33])
        #expect(counts(TaskJudge.shown(segments)) == ["web": 40, "app": 31, "other": 64, "none": 31])
        // Where few have none, they are among the others.
        #expect(counts(TaskJudge.shown(many(["web": 40, "": 3]))) == ["web": 40, "other": 3])
        #expect(TaskJudge.shown([]) == [])
    }

    @Test("Of many segments the twenty most frequent are shown, of equals the first by name")
    func most() {
        let segments = (10..<35).flatMap { Array(repeating: "s\($0)", count: $0 < 20 ? 50 : 40) }
        let found = counts(TaskJudge.shown(segments))
        #expect(found.count == 21 && found["other"] == 5 * 40)
        #expect((10..<30).allSatisfy { found["s\($0)"] != nil })
        let long = Array(repeating: String(repeating: "x", count: 1_000), count: 30)
        #expect(counts(TaskJudge.shown(long)) == [String(repeating: "x", count: 60): 30])
    }

    /// The slices of a table by name.
    private func slices(_ run: SealedRun) throws -> [String: [Cell]] {
        let rows = try #require(run.evaluation.table("slices")).rows
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0].words ?? "", $0) }).filter {
            $0.key.hasPrefix("segment: ")
        }
    }

    /// Rows of 120 posts of two platforms and of two that are rare.
    private func table(_ workspace: TaskWorkspace, _ column: String = "platform") throws -> String {
        let platforms = (0..<120).map { $0 % 3 == 0 ? "web" : $0 % 40 == 1 ? "kiosk" : "app" }
        let rows = zip(TaskWorkspace.posts, platforms).map { post, platform in
            "\"\(post.text.replacing("\"", with: "\"\""))\",\(post.emotion),\(platform)"
        }
        try workspace.write(["text,feeling,\(column)"] + rows, to: "mine.csv")
        return workspace.data.appending(path: "mine.csv").path
    }

    @Test("A column of a user's file gives slices, in training and in evaluation")
    func files() async throws {
        let workspace = try TaskWorkspace()
        let file = try table(workspace)
        let place = workspace.place
        // Learned from the folder; the file is judged on as a whole.
        let trained = await place.labctl(["train", "language/emotion"] + workspace.settings)
        #expect(trained.status == 0, "\(trained.errors)")
        let settings = ["--set", "label=feeling", "--set", "segment=platform"]
        let judged = await place.labctl(["eval", "language/emotion", "--data", file] + settings)
        #expect(judged.status == 0, "\(judged.errors)")
        let run = try place.workspace.run("language/emotion/2")
        let found = try slices(run)
        #expect(found.mapValues { $0[1].value } == ["segment: web": 40, "segment: app": 78])
        for row in found.values {
            let (value, lower, upper) = (row[2].value ?? 0, row[3].value ?? 1, row[4].value ?? 0)
            #expect(lower < value && value <= upper && row[5].value != nil)
        }
        // Two texts are too few to be shown: nothing in the result names their segment.
        let words = run.evaluation.tables.flatMap { $0.rows.joined() }.compactMap(\.words)
        #expect(!words.contains { $0.contains("kiosk") || $0 == "segment: other" })

        let without = await place.labctl(["eval", "language/emotion", "--data", file, "--set", "label=feeling"])
        #expect(without.status == 0, "\(without.errors)")
        #expect(try slices(place.workspace.run("language/emotion/3")).isEmpty)

        // The configuration of the training is that of its evaluations.
        let own = await place.labctl(
            ["train", "language/emotion"] + TaskWorkspace.settings(data: file) + settings)
        #expect(own.status == 0, "\(own.errors)")
        let again = await place.labctl("eval", "language/emotion", "--data", file)
        #expect(again.status == 0, "\(again.errors)")
        let last = try place.workspace.run("language/emotion/5")
        #expect(last.configuration["segment"] == .text("platform"))
        #expect(last.evaluation.notes.allSatisfy { !$0.contains("segment") })
        try workspace.write(["text,feeling", "so happy,joy", "how dare they,anger"], to: "newer.csv")
        let newer = workspace.data.appending(path: "newer.csv").path
        let refused = await place.labctl("eval", "language/emotion", "--run", "language/emotion/4", "--data", newer)
        #expect(refused.status == 65 && refused.errors.contains("it has text, feeling"), "\(refused.errors)")
        let cleared = await place.labctl(
            "eval", "language/emotion", "--run", "language/emotion/4", "--data", newer, "--set", "segment=")
        #expect(cleared.status == 0, "\(cleared.errors)")
    }

    @Test("A column that is missing is named with those that there are, and nothing is sealed")
    func missing() async throws {
        let workspace = try TaskWorkspace()
        let file = try table(workspace, "plattform")
        let trained = await workspace.place.labctl(
            ["train", "language/emotion"] + TaskWorkspace.settings(data: file)
                + ["--set", "label=feeling", "--set", "segment=platform"])
        #expect(trained.status == 65, "\(trained.errors)")
        #expect(
            trained.errors.contains("mine.csv has no column \"platform\"; it has text, feeling, plattform"),
            "\(trained.errors)")
        #expect(trained.errors.contains("hint: "))
        #expect(try workspace.place.isLeftUnsealed("language/emotion/1"))
    }

    @Test("A folder's segments are read where it has them; asked for in vain, that is said")
    func folders() async throws {
        let workspace = try TaskWorkspace()
        let run = try await workspace.train(workspace.configuration(.ngrams))
        #expect(try slices(run).isEmpty && run.evaluation.notes.allSatisfy { !$0.contains("segment") })
        let vain = try await workspace.evaluate(run) { $0.segment = "platform" }
        #expect(vain.evaluation.notes.contains { $0.contains("no test_segments.txt") })
        let none = try await workspace.evaluate(run) { $0.segment = "" }
        #expect(none.evaluation.notes.allSatisfy { !$0.contains("segment") })

        try workspace.write(Array(repeating: "web", count: 32), to: "test_segments.txt")
        let judged = try await workspace.evaluate(run) { $0.segment = nil }
        #expect(try slices(judged).mapValues { $0[1].value } == ["segment: web": 32])
        #expect(judged.evaluation.notes.contains { $0.contains("texts, labels and segments SHA-256") })

        try workspace.write(Array(repeating: "web", count: 30), to: "test_segments.txt")
        let short = await workspace.place.labctl("eval", "language/emotion", "--data", workspace.data.path)
        #expect(
            short.status == 65 && short.errors.contains("test_text.txt has 32 lines, test_segments.txt has 30"),
            "\(short.errors)")
    }

    @Test("Posts that no real person wrote have fields to look at errors by")
    func labPosts() async throws {
        let place = try PolicyWorkspace()
        var launcher = place.launcher
        launcher.datasets = GivenDatasets([TextExperimentTests.labPosts])
        var configuration = Emotion.smoke
        configuration.segment = "intent"
        let run = try await launcher.train(Emotion.self, configuration: configuration, smoke: true)
        let found = try slices(run)
        #expect(found["segment: complaint"] != nil && found["segment: other"] != nil)
        // Each of the test's texts is in one of them.
        let tested = try #require(run.evaluation.table("data")).rows[2][2].value
        #expect(found.values.compactMap { $0[1].value }.reduce(0, +) == tested)
        #expect(found.values.allSatisfy { ($0[1].value ?? 0) >= 30 })
        configuration.segment = "platform"
        let error = await #expect(throws: StorageError.self) {
            try await launcher.train(Emotion.self, configuration: configuration, smoke: true)
        }
        #expect(error?.what.contains("emotion, id, intent, language") == true)
    }

    @Test("Runs of before there were segments keep their configuration, byte for byte")
    func earlier() throws {
        for folder in [Checkout.root, Checkout.root.appending(path: "Benchmarks/kept")] {
            let run = try Workspace(folder).run("language/emotion/1")
            let configuration = try run.configuration(as: Emotion.Configuration.self)
            #expect(configuration.segment == nil && configuration.segmentColumn == nil)
            let again = try ConfigurationValue(encoding: configuration)
            #expect(again["segment"] == nil && again["label"] == .text("label"))
            if run.configuration["segment"] == nil { #expect(again == run.configuration) }
        }
    }
}
