import Foundation
import LabDomain
import LabExperimentTestKit
import LabStatistics
import Synchronization
import Testing

@testable import LabRuns

/// A study from start to seal, its errors, and what another process leaves behind.
@Suite struct StudyTests {
    let folder: TemporaryFolder
    let launcher: Launcher

    init() throws {
        folder = try TemporaryFolder()
        launcher = Launcher(workspace: Workspace(folder.url), code: CodeVersion(digest: "c0de"))
    }

    private func settings(_ seeds: [UInt64] = [0, 1, 2], _ variants: [String] = []) -> StudyConfiguration {
        StudyConfiguration(seeds: seeds, variants: variants, short: true)
    }

    private func study(
        _ settings: StudyConfiguration, workers: Int = 2, launcher: Launcher? = nil,
        say: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> SealedRun {
        try await (launcher ?? self.launcher).study(
            Walk.self, request: StudyRequest(settings, workers: workers), registry: testRegistry, say: say)
    }

    @Test func everyStudyKeepsTheContract() throws {
        #expect(try ExperimentContract.faults(in: Study<Walk>.self) == [])
        #expect(try ExperimentContract.faults(in: Study<Summit>.self) == [])
        let found = try testRegistry.experiment(named: "study/test/walk")
        #expect(found is Study<Walk>.Type)
    }

    @Test func allSeedsOfAllVariantsAreSummarised() async throws {
        let sealed = try await study(settings([0, 1, 2, 3, 4, 7], ["step.drift=0", "step.drift=1"]))
        #expect(sealed.reference == "study/test/walk/1")
        #expect(sealed.record.parents.count == 12)
        #expect(sealed.record.parents["step.drift=1/seed=7"]?.experiment == "test/walk")
        let cells = try launcher.workspace.entries(of: "test/walk")
        #expect(cells.count == 12)
        let values = try #require(sealed.evaluation.table("values"))
        #expect(values.columns == ["figure", "variant", "seed 0", "seed 1", "seed 2", "seed 3", "seed 4", "seed 7"])
        #expect(values.rows.count == 4)
        // The same draws with a drift of 1 a step end 20 steps of 1 further, under every seed.
        let difference = try #require(sealed.evaluation.figure("last [step.drift=1] difference"))
        #expect(abs(difference.value - 20) < 1e-9)
        let compared = try #require(sealed.evaluation.table("differences")?.rows.first { $0[0] == "last" })
        #expect(compared[3] == 6)
        // All six signs agree: 2 of 64 assignments are as far out.
        #expect(compared[9] == .number(2.0 / 64))
        let first = try #require(sealed.evaluation.figure("mean [step.drift=0]"))
        let last = cells.compactMap { entry in try? entry.evaluation.figure("mean")?.value }
        #expect(last.count == 12)
        let drifting = try SealedRun(
            folder: launcher.workspace.folder(of: sealed.record.parents["step.drift=0/seed=3"]!.id))
        #expect(values.rows[0][5] == .number(drifting.evaluation.figure("mean")!.value))
        #expect(first.count == 6 && first.interval != nil && first.better == .higher)
        #expect(
            Set(sealed.artifactNames) == [
                "table.csv", "table.md", "figures/mean.svg", "figures/last.svg", "curves/position.svg",
            ])
        let csv = try String(contentsOf: sealed.artifact("table.csv"), encoding: .utf8)
        #expect(csv.split(separator: "\n").count == 5)
    }

    @Test func sealedCellsAreUsedAgainWhoeverRanThem() async throws {
        _ = try await launcher.train(Walk.self, configuration: Walk.smoke, seed: 1, smoke: true)
        // Not the same: another seed, the full form, another code.
        _ = try await launcher.train(Walk.self, configuration: Walk.smoke, seed: 1, smoke: false)
        var other = launcher
        other.code = CodeVersion(digest: "other")
        _ = try await other.train(Walk.self, configuration: Walk.smoke, seed: 2, smoke: true)
        let said = TextCollector()
        let sealed = try await study(settings()) { said.add($0) }
        #expect(said.texts == ["1 of 3 runs are there already"])
        #expect(sealed.record.parents["base/seed=1"]?.id == (try launcher.workspace.run("test/walk/1").id))
        #expect(try launcher.workspace.entries(of: "test/walk").count == 5)
        let again = try await study(settings())
        #expect(again.reference == "study/test/walk/2")
        #expect(again.record.parents == sealed.record.parents)
        #expect(again.seal.resultDigest == sealed.seal.resultDigest)
        #expect(try launcher.workspace.entries(of: "test/walk").count == 5)
    }

    @Test func aStudyIsReproducedFromItsParentsAlone() async throws {
        let sealed = try await study(settings([3, 4], ["levels=[0.1,0.2]", "levels=[0.3]"]))
        let found = try await launcher.reproduce(sealed.folder, registry: testRegistry)
        #expect(found.verdict == .identical)
        let changed = try launcher.workspace.folder(of: "test/walk/2").appending(path: "evaluation.json")
        var text = try String(contentsOf: changed, encoding: .utf8)
        text = text.replacingOccurrences(of: "\"count\" : 20", with: "\"count\" : 21")
        try Data(text.utf8).write(to: changed)
        let damaged = try await launcher.reproduce(sealed.folder, registry: testRegistry)
        #expect(
            damaged.verdict == .damaged(run: "test/walk/2", file: "evaluation.json", problem: "does not match the seal")
        )
    }

    @Test func itsInputsAreResolvedOnceAndKept() async throws {
        let interruption = Interruption()
        var stopped = launcher
        stopped.interruption = interruption
        interruption.request()
        let request = StudyRequest(StudyConfiguration(seeds: [0, 1], short: true))
        await #expect(throws: RunsError.self) {
            try await stopped.study(Summit.self, request: request, registry: testRegistry)
        }
        // The interruption came while the input was made: nothing is there yet but that run.
        let first = try await launcher.train(Walk.self, configuration: Walk.smoke, seed: 1, smoke: true)
        await #expect(throws: RunsError.interrupted(run: "study/test/summit/1")) {
            try await stopped.study(Summit.self, request: request, registry: testRegistry)
        }
        // A newer walk does not become the input of a study that is gone on with.
        _ = try await launcher.train(Walk.self, configuration: Walk.smoke, seed: 9, smoke: true)
        let sealed = try await launcher.study(Summit.self, request: request, registry: testRegistry)
        #expect(sealed.reference == "study/test/summit/1")
        #expect(sealed.record.parents["walk"]?.id == first.id)
        for entry in try launcher.workspace.entries(of: "test/summit") {
            #expect(entry.record?.parents["walk"]?.id == first.id)
        }
        #expect(try await launcher.reproduce(sealed.folder, registry: testRegistry).verdict == .identical)
    }

    @Test func aFailingCellStopsNoOther() async throws {
        let failing = Launcher(workspace: Workspace(folder.url))
        let request = StudyRequest(
            StudyConfiguration(seeds: [0, 1, 2], variants: ["fails=false", "fails=true"]), workers: 2)
        let error = await #expect(throws: RunsError.self) {
            try await failing.study(Moody.self, request: request, registry: Registry(experiments: [Moody.self]))
        }
        #expect(error?.what.contains("1 of 6 runs of study/test/moody/1 failed: fails=true/seed=1 (") == true)
        #expect(error?.remedy.contains("the sealed runs are used again") == true)
        #expect(error?.status == .badData)
        let sealed = try failing.workspace.entries(of: "test/moody").count { $0.state == .sealed }
        #expect(sealed == 5)
        #expect(RunState.of(try failing.workspace.folder(of: "study/test/moody/1")) != .sealed)
    }

    @Test func variantsWithOtherFiguresAreNamed() async throws {
        let request = StudyRequest(StudyConfiguration(seeds: [0, 1], variants: ["unit=EUR", "unit=USD"]), workers: 1)
        let error = await #expect(throws: RunsError.self) {
            try await launcher.study(Moody.self, request: request, registry: Registry(experiments: [Moody.self]))
        }
        #expect(
            error?.what == "variant 'unit=USD' cannot be compared: figure 'mood' of run test/moody/2: "
                + "its unit is USD there and EUR in the first run")
        #expect(try launcher.workspace.entries(of: "test/moody").allSatisfy { $0.state == .sealed })
    }

    /// Of the figures that only one variant has, a note says that they are left out.
    @Test func variantsAreComparedByWhatAllHave() async throws {
        let request = StudyRequest(
            StudyConfiguration(seeds: [0, 1], variants: ["more=false", "more=true"]), workers: 1)
        let registry = Registry(experiments: [Moody.self])
        let sealed = try await launcher.study(Moody.self, request: request, registry: registry)
        #expect(sealed.evaluation.figures.map(\.name).allSatisfy { !$0.hasPrefix("more") })
        #expect(sealed.evaluation.figure("mood [more=true] difference")?.value == 0)
        #expect(sealed.evaluation.notes.contains("figure 'more' is left out: not every variant has it"))
        // Under some seeds only is another matter.
        let moody = StudyRequest(StudyConfiguration(seeds: [0, 1, 2], set: ["moreUnder=2"]))
        let error = await #expect(throws: RunsError.self) {
            try await launcher.study(Moody.self, request: moody, registry: registry)
        }
        #expect(error?.what.contains("figure 'more' of run test/moody/") == true)
    }

    @Test(arguments: [1, 3]) func noMoreCellsThanWorkersAreAtWorkAtOnce(workers: Int) async throws {
        let probe = PeakProbe(launcher.workspace)
        var watched = launcher
        watched.observer = probe
        var settings = settings([0, 1, 2, 3])
        settings.set = ["pause=3000"]
        let sealed = try await study(settings, workers: workers, launcher: watched)
        #expect(workers == 1 ? probe.peak == 1 : (2...3).contains(probe.peak))
        #expect(probe.fraction == 1)
        #expect(sealed.record.parents.count == 4)
    }

    @Test func whatIsNotFiniteIsShownAndLeftOut() async throws {
        let request = StudyRequest(StudyConfiguration(seeds: [0, 1, 2], set: ["undefined=2"]))
        let sealed = try await launcher.study(
            Moody.self, request: request, registry: Registry(experiments: [Moody.self]))
        let mood = try #require(sealed.evaluation.figure("mood"))
        #expect(mood.count == 2 && mood.value == 0.5)
        guard case .number(let shown)? = sealed.evaluation.table("values")?.rows[0][4] else {
            Issue.record("the value is not shown")
            return
        }
        #expect(shown.isNaN)
        #expect(sealed.evaluation.notes.contains { $0.contains("'mood' of base is not finite under seed 2") })
        #expect(
            try await launcher.reproduce(sealed.folder, registry: Registry(experiments: [Moody.self])).verdict
                == .identical)
    }
}

/// How many walks are running at most, seen from outside, and how far the study said that it is.
private final class PeakProbe: RunObserver {
    private let state = Mutex((peak: 0, fraction: 0.0))
    private let workspace: Workspace

    init(_ workspace: Workspace) { self.workspace = workspace }

    var peak: Int { state.withLock { $0.peak } }
    var fraction: Double { state.withLock { $0.fraction } }

    func measured(_ run: Run, metric: String, value: Double, step: Int) {
        let count = ((try? workspace.entries(of: "test/walk")) ?? []).count { $0.state == .running }
        state.withLock { $0.peak = max($0.peak, count) }
    }

    func progressed(_ run: Run, fraction: Double, note: String) {
        state.withLock { $0.fraction = max($0.fraction, fraction) }
    }
}

/// An experiment with moods: its configuration says how it misbehaves.
struct Moody: Experiment {
    struct Configuration: ExperimentConfiguration {
        var fails = false
        var unit = "EUR"
        /// The seed under which the figure is not a number.
        var undefined: UInt64 = 99
        var more = false
        /// The seed under which there is one figure more.
        var moreUnder: UInt64 = 99

        static let settings = [
            Setting("fails", "Whether seed 1 fails."), Setting("unit", "The figure's unit."),
            Setting("undefined", "The seed under which the figure is not a number."),
            Setting("more", "Whether there is one figure more."),
            Setting("moreUnder", "The seed under which there is one figure more."),
        ]
    }

    static let name = "test/moody"
    static let summary = "Does as it likes."
    static let smoke = Configuration()

    func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        if configuration.fails, run.seed == 1 {
            throw RunsError.invalidSetting(key: "fails", value: "true", requirement: "something else")
        }
        let value = run.seed == configuration.undefined ? .nan : Double(run.seed)
        var figures = [Figure("mood", value, unit: configuration.unit)]
        if configuration.more || run.seed == configuration.moreUnder { figures.append(Figure("more", 1)) }
        return Evaluation(figures: figures)
    }
}
