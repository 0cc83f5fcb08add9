import Foundation
import LabDomain
import LabExperimentTestKit
import LabRuns
import LabStorage
import LabStreams
import LabTestKit
import Testing

@testable import LabExperiments

@Suite("Streams and language experiments")
struct TextExperimentTests {
    static let labPosts = Dataset(name: "lab-posts", digest: "lab-posts") { path in
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "datasets/lab-posts").appending(path: path)
    }

    func withLauncher<T>(_ datasets: [Dataset] = [labPosts], _ body: (Launcher) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(
            Launcher(
                workspace: Workspace(folder), datasets: GivenDatasets(datasets), home: folder.appending(path: "home")))
    }

    @Test("Both keep the contract of experiments")
    func contract() throws {
        #expect(try ExperimentContract.faults(in: IngestExperiment.self) == [])
        #expect(try ExperimentContract.faults(in: PostReaderExperiment.self) == [])
    }

    @Test("The smoke forms learn something, twice the same")
    func smoke() async throws {
        try await withLauncher { launcher in
            var results: [[String]] = []
            for seed: UInt64 in [1, 1] {
                let posts = try await launcher.train(
                    IngestExperiment.self, configuration: IngestExperiment.smoke, seed: seed, smoke: true)
                #expect((posts.evaluation.figure("posts")?.value ?? 0) > 500)
                #expect(posts.evaluation.figure("described") == nil)
                let model = try await launcher.train(
                    PostReaderExperiment.self, configuration: PostReaderExperiment.smoke, seed: seed, smoke: true,
                    inputs: ["posts": posts])
                // Always the most frequent of three classes gives at most a third.
                #expect((model.evaluation.figure("macroF1")?.value ?? 0) > 0.36)
                results.append([posts.seal.resultDigest, model.seal.resultDigest])

                let readings = try HDF5File.open(model.artifact("readings.h5"))
                let count = try readings.read("/label", as: Int32.self).count
                #expect(try readings.shape(of: "/probabilities") == [count, 3])
                #expect(
                    try Set(readings.read("/split", as: String.self)) == ["train", "calibration", "test", "speech"])
                try readings.close()
            }
            #expect(results[0] == results[1])
        }
    }

    /// The text alone says nothing; what its image shows does.
    @Test("What is said about images is learned from and judged on")
    func media() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let words = ["negative": "broken", "neutral": "closed", "positive": "lovely"]
        let rows = (0..<360).map { number in
            let label = ["negative", "neutral", "positive"][number % 3]
            let own = "quince\(number * 7919 % 10007)x\(number * 104_729 % 99991)"
            let text = number % 2 == 0 ? "\"text\":\"look at this\"," : ""
            return "{\"id\":\(number),\"author\":\"w\(number)\",\(text)\"label\":\"\(label)\","
                + "\"media\":[{\"alt\":\"a \(words[label] ?? "") thing \(own) \(own)b\"}]}"
        }
        try Data(rows.joined(separator: "\n").utf8).write(to: folder.appending(path: "rows.jsonl"))
        let own = Dataset(name: "own", digest: "own") { folder.appending(path: $0) }
        try await withLauncher([own]) { launcher in
            var ingest = IngestExperiment.Configuration()
            ingest.dataset = "own"
            ingest.duplicates.removal = 1
            ingest.duplicates.grouping = 1
            let posts = try await launcher.train(IngestExperiment.self, configuration: ingest)
            #expect(posts.evaluation.figure("posts")?.value == 360)
            #expect(posts.evaluation.figure("described")?.value == 360)
            let model = try await launcher.train(
                PostReaderExperiment.self, configuration: PostReaderExperiment.smoke, inputs: ["posts": posts])
            #expect((model.evaluation.figure("macroF1")?.value ?? 0) > 0.95)
            let slices = try #require(model.evaluation.table("slices"))
            #expect(slices.rows.contains { $0.first == .text("media: described") })
            let judged = try await launcher.evaluate(
                PostReaderExperiment.self, trained: model, configuration: PostReaderExperiment.smoke,
                inputs: ["posts": posts])
            #expect(judged.evaluation.figure("macroF1")?.value == model.evaluation.figure("macroF1")?.value)
        }
    }

    @Test("A model is evaluated on its test split and on a dataset of one's own")
    func evaluates() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let rows = [
            "{\"id\":1,\"author\":\"anna\",\"text\":\"I love this lovely day\",\"label\":\"positive\"}",
            "{\"id\":2,\"author\":\"anna\",\"text\":\"I hate this awful delay\",\"rating\":-2.5}", "{broken",
            "{\"id\":3,\"author\":\"bert\",\"text\":\"The shop opens at nine\",\"rating\":0}",
        ]
        try Data(rows.joined(separator: "\n").utf8).write(to: folder.appending(path: "rows.jsonl"))
        let own = Dataset(name: "own", digest: "own") { folder.appending(path: $0) }

        try await withLauncher([Self.labPosts, own]) { launcher in
            let posts = try await launcher.train(
                IngestExperiment.self, configuration: IngestExperiment.smoke, smoke: true)
            let model = try await launcher.train(
                PostReaderExperiment.self, configuration: PostReaderExperiment.smoke, smoke: true,
                inputs: ["posts": posts])
            let heldOut = try await launcher.evaluate(
                PostReaderExperiment.self, trained: model, configuration: PostReaderExperiment.smoke,
                inputs: ["posts": posts])
            #expect(heldOut.evaluation.figure("macroF1")?.value == model.evaluation.figure("macroF1")?.value)
            var configuration = PostReaderExperiment.smoke
            configuration.dataset = "own"
            let other = try await launcher.evaluate(
                PostReaderExperiment.self, trained: model, configuration: configuration, inputs: ["posts": posts])
            #expect(other.evaluation.figure("macroF1")?.count == 3)

            // The dataset goes through the loop's own ingest as well.
            var ingest = IngestExperiment.Configuration()
            ingest.dataset = "own"
            let ingested = try await launcher.train(IngestExperiment.self, configuration: ingest)
            #expect(ingested.evaluation.figure("quarantined")?.value == 1)
            let bytes = try Data(contentsOf: ingested.artifact("events.sqlite"))
            #expect(bytes.range(of: Data("anna".utf8)) == nil)
        }
    }
}
