import Foundation
import LabExperimentTestKit
import LabStatistics
import Synchronization
import Testing

@testable import LabRuns

@Suite struct ReproductionTests {
    let folder: TemporaryFolder
    let launcher: Launcher

    init() throws {
        folder = try TemporaryFolder()
        launcher = Launcher(workspace: Workspace(folder.url))
    }

    @Test func theSameComesOutAgain() async throws {
        let run = try await launcher.train(Walk.self, configuration: .init(steps: 40), seed: 3)
        let drawn = Walk.drawn.withLock { $0 }
        let again = try await launcher.reproduce(run.folder, registry: testRegistry)
        #expect(again.verdict == .identical)
        #expect(again.id == run.id)
        #expect(drawn >= 1)
        // Nothing of it stays in the workspace.
        #expect(try launcher.workspace.entries().count == 1)
        let evaluated = try await launcher.evaluate(Walk.self, trained: run, request: LaunchRequest())
        #expect(try await launcher.reproduce(evaluated.folder, registry: testRegistry).verdict == .identical)
    }

    @Test func releasedValuesAreReadAndNotDrawnAgain() async throws {
        let run = try await launcher.train(Walk.self, configuration: .init(steps: 2))
        var copy = launcher
        copy.workspace = Workspace(folder.url.appending(path: "again"))
        let again = try await copy.train(
            Walk.self, configuration: .init(steps: 2), original: run)
        let values = (run, again)
        #expect(
            try Data(contentsOf: values.0.artifact("released/noisy.txt"))
                == Data(contentsOf: values.1.artifact("released/noisy.txt")))
        let fresh = try await copy.train(Walk.self, configuration: .init(steps: 2))
        #expect(
            try Data(contentsOf: values.0.artifact("released/noisy.txt"))
                != Data(contentsOf: fresh.artifact("released/noisy.txt")))
    }

    @Test(arguments: [
        ("metric", Difference.Part.metric, "'position' at step 7"),
        ("figure", .figure, "'mean'"),
        ("table", .table, "'ends', row 2, value"),
        ("artifact", .artifact, "positions.bin at byte 16"),
        ("row", .artifact, "walk.sqlite at row"),
    ])
    func theFirstDifferenceIsNamed(fault: String, part: Difference.Part, place: String) async throws {
        let run = try await launcher.train(Walk.self, configuration: .init(steps: 40), seed: 3)
        let again = try await Walk.$fault.withValue(fault) {
            try await launcher.reproduce(run.folder, registry: testRegistry)
        }
        guard case .differs(let difference) = again.verdict else {
            Issue.record("\(again.verdict.description)")
            return
        }
        #expect(difference.part == part)
        #expect(difference.place.hasPrefix(place), "\(difference)")
        #expect(difference.original != difference.again)
    }

    @Test func anotherSeedIsNamed() async throws {
        let run = try await launcher.train(Walk.self, configuration: .init(steps: 40), seed: 3)
        let again = try await launcher.reproduce(run.folder, registry: testRegistry, seed: 4)
        #expect(
            again.verdict.description.hasPrefix(
                "differs: seed: 3 before, 4 now; first effect: metric 'position' at step 0"))
    }

    @Test func aFlippedByteIsDamageAndNotADifference() async throws {
        let run = try await launcher.train(Walk.self, configuration: .init(steps: 40))
        let file = run.folder.appending(path: "artifacts/positions.bin")
        var data = try Data(contentsOf: file)
        data[100] ^= 0x10
        try data.write(to: file)
        let again = try await launcher.reproduce(run.folder, registry: testRegistry)
        #expect(
            again.verdict
                == .damaged(run: "test/walk/1", file: "artifacts/positions.bin", problem: "does not match the seal"))
    }

    @Test func aDamagedParentIsNamed() async throws {
        let summit = try await launcher.train(Summit.self, request: LaunchRequest(smoke: true), registry: testRegistry)
        #expect(try await launcher.reproduce(summit.folder, registry: testRegistry).verdict == .identical)
        let metrics = folder.url.appending(path: "runs/test.walk/1/metrics.jsonl")
        var data = try Data(contentsOf: metrics)
        data[20] ^= 1
        try data.write(to: metrics)
        let again = try await launcher.reproduce(summit.folder, registry: testRegistry)
        #expect(
            again.verdict == .damaged(run: "test/walk/1", file: "metrics.jsonl", problem: "does not match the seal"))
    }

    @Test func anotherProfileComparesFiguresWithTolerance() throws {
        func evaluation(_ mean: Double, _ last: Double) -> Evaluation {
            Evaluation(figures: [
                Figure("mean", mean, interval: .init(lower: 1, upper: 2, level: 0.95)), Figure("last", last),
            ])
        }
        let original = evaluation(1.5, 10)
        #expect(Comparison.firstBeyondTolerance(original, evaluation(1.9, 10.009)) == nil)
        #expect(Comparison.firstBeyondTolerance(original, evaluation(2.1, 10))?.place == "'mean'")
        #expect(Comparison.firstBeyondTolerance(original, evaluation(1.5, 10.02))?.place == "'last'")
        #expect(Comparison.firstBeyondTolerance(original, Evaluation())?.again == "absent")
        #expect(Verdict.otherProfile(difference: nil).isReproduced)
    }

    @Test func metricsMayInterleaveBetweenNames() {
        func line(_ name: String, _ step: Int) -> MetricPoint { .init(name: name, step: step, time: 0, value: 1) }
        let left = [line("a", 0), line("b", 0), line("a", 1)]
        let right = [line("b", 0), line("a", 0), line("a", 1)]
        #expect(ResultDigest.metrics(left) == ResultDigest.metrics(right))
        #expect(Comparison.metrics(left, right) == nil)
        #expect(ResultDigest.metrics(left) != ResultDigest.metrics([line("a", 1), line("b", 0), line("a", 0)]))
        #expect(Comparison.metrics(left, [line("a", 0), line("b", 0)])?.again == "nothing")
    }
}
