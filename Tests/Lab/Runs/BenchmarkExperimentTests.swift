import Foundation
import LabExperimentTestKit
import Testing

@testable import LabRuns

/// A suite's measurements as a run: kept as they were, and never promised to come out again.
@Suite struct BenchmarkExperimentTests {
    typealias TicksRun = BenchmarkExperiment<Ticks>

    let folder: TemporaryFolder
    let launcher: Launcher
    static let registry = Registry(benchmarks: [Ticks.self])

    init() throws {
        folder = try TemporaryFolder()
        launcher = Launcher(workspace: Workspace(folder.url))
    }

    @Test func measurementsAreKeptWithTheMachine() async throws {
        let run = try await launcher.train(TicksRun.self)
        #expect(run.reference == "bench/ticks/1")
        let rows = try TicksRun.rows(of: run)
        #expect(rows.map(\.name) == ["ticks, beside a peer's", "tocks"] && rows[0].peer == "Peer 1.2")
        #expect(run.evaluation.figure("ticksBesideAPeers")?.value == rows[0].value)
        #expect(run.evaluation.figure("ticksBesideAPeersRatio")?.value == rows[0].ratio)
        #expect(run.evaluation.figure("tocks")?.unit == "tocks/s")
        #expect(run.evaluation.figures.count == 3 && run.evaluation.figures.allSatisfy { $0.source == .clock })
        #expect(run.seal.artifacts.map(\.name) == ["machine.json", "rows.json"])
        #expect(run.seal.artifacts.allSatisfy { !$0.deterministic })
        try run.verify()
    }

    @Test func aReproductionMeasuresAgainAndSaysThatItComparesNoTimes() async throws {
        let run = try await launcher.train(TicksRun.self)
        let again = try await launcher.train(TicksRun.self)
        #expect(run.evaluation.figures != again.evaluation.figures)
        #expect(run.seal.resultDigest == again.seal.resultDigest)
        let reproduction = try await launcher.reproduce(run.folder, registry: Self.registry)
        #expect(reproduction.verdict == .identical)
        #expect(reproduction.remarks.contains { $0.hasPrefix("3 of its figures were read from a clock") })
        // What was measured must still be the same.
        let lonely = try await Ticks.$hasPeer.withValue(false) {
            try await launcher.reproduce(run.folder, registry: Self.registry)
        }
        guard case .differs(let difference) = lonely.verdict else {
            Issue.record("\(lonely.verdict)")
            return
        }
        #expect(difference.part == .figure && difference.place == "'ticksBesideAPeersRatio'")
    }

    @Test func onlyWhatAClockGaveIsLeftOut() throws {
        let still = Evaluation(figures: [Figure("a", 1, unit: "s")])
        #expect(still.repeatable == still)
        #expect(!String(decoding: try CanonicalJSON.encode(still), as: UTF8.self).contains("source"))
        let clocked = Evaluation(figures: [Figure("a", 1, unit: "s", source: .clock)])
        #expect(clocked.repeatable != clocked && clocked.repeatable.figures[0].unit == "s")
        #expect(Comparison.evaluation(clocked, Evaluation(figures: [Figure("a", 2, unit: "s", source: .clock)])) == nil)
        #expect(Comparison.evaluation(still, Evaluation(figures: [Figure("a", 2, unit: "s")]))?.part == .figure)
        #expect(Comparison.evaluation(clocked, still)?.part == .figure)
    }

    @Test func theContractHolds() throws {
        #expect(try ExperimentContract.faults(in: TicksRun.self) == [])
        #expect(try Self.registry.experiment(named: "bench/ticks").name == TicksRun.name)
    }
}
