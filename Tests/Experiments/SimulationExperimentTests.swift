import Foundation
import LabExperimentTestKit
import LabRuns
import LabSimulation
import LabStatistics
import Testing

@testable import LabExperiments

@Suite struct SimulationExperimentTests {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lab-simulation-\(UUID().uuidString)")

    private func launcher() -> Launcher { Launcher(workspace: Workspace(folder), home: folder.appending(path: "home")) }

    private func figure(_ run: SealedRun, _ name: String) throws -> Figure {
        try #require(run.evaluation.figure(name), "\(name)")
    }

    @Test func everyParameterIsAKnob() throws {
        let parameters = try ConfigurationValue(encoding: EmoSeqParameters.presetS)
        guard case .object(let members) = parameters else { return #expect(Bool(false)) }
        // What an action is cannot be told by numbers.
        let fixed: Set = ["name", "creatives", "creativeNames"]
        #expect(Set(PopulationKnobs.documented.map(\.name)) == Set(members.keys).subtracting(fixed))
    }

    @Test func knobsChangeThePopulationAndWrongOnesAreNamed() throws {
        var resolver = try ConfigurationResolver<EmoSeqExperiment.Configuration>()
        try resolver.apply(override: "preset=L")
        try resolver.apply(override: "switches=[noisy, exploitable]")
        try resolver.apply(override: "parameters.emotionNoise=0.3")
        try resolver.apply(override: "parameters.contactCost=[0.1, 0.1, 0.1, 0.1]")
        let configuration = try resolver.resolved()
        let parameters = try configuration.population
        #expect(parameters.emotionNoise == 0.3 && parameters.segmentNoise == 2)
        #expect(parameters.contactCost == [0.1, 0.1, 0.1, 0.1] && parameters.actionCount == 49)

        for (override, error) in [
            (
                "parameters.emotionNoise=loud",
                RunsError.invalidSetting(
                    key: "parameters.emotionNoise", value: "loud", requirement: "of the form of 0.7") as any Error
            ),
            ("parameters.contactCost=[0.1]", SimulationError.invalidParameters("")),
            ("switches=[noise]", SimulationError.unknownSwitch("noise")),
            ("preset=M", SimulationError.unknownPreset("M")), ("policy=best", SimulationError.unknownPolicy("best")),
        ] {
            var wrong = try ConfigurationResolver<EmoSeqExperiment.Configuration>()
            try wrong.apply(override: override)
            do {
                _ = try wrong.resolved()
                Issue.record("\(override) was accepted")
            } catch let refused as RunsError {
                #expect(refused == error as? RunsError, "\(override)")
            } catch let refused as SimulationError {
                if case .invalidParameters = refused { continue }
                #expect(refused == error as? SimulationError, "\(override)")
            }
        }
    }

    @Test func simulatesUnderSafeguardsAndSaysHowFarFromTheOptimum() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try await launcher().train(EmoSeqExperiment.self, configuration: EmoSeqExperiment.smoke)
        let log = try JourneyLog(contentsOf: run.artifact("journeys.h5"))
        #expect(log.episodeCount == 50 && log.actionCount == 12)
        #expect(try figure(run, "decisions").value == Double(log.decisionCount))
        #expect(abs(try figure(run, "optimum").value - 38.6258) < 1e-4)
        let (optimum, guarded) = (try figure(run, "optimum").value, try figure(run, "optimumGuarded").value)
        #expect(abs(try figure(run, "safeguardPrice").value - (optimum - guarded)) < 1e-12)
        let (value, regret) = (try figure(run, "value"), try figure(run, "regret"))
        #expect(abs(value.value + regret.value - guarded) < 1e-9)
        #expect(abs(value.value - log.returns.reduce(0, +) / 50) < 1e-9)
        #expect(try figure(run, "promotionsToDistressed").value == 0)
        #expect(try figure(run, "missedDistress").interval != nil)
        for name in ["clickThrough", "conversions", "churned", "complaints", "valueQMDP"] { _ = try figure(run, name) }
        let policies = try #require(run.evaluation.table("policies"))
        #expect(policies.rows.count == EmoSeqPolicyName.allCases.count)
        #expect(run.evaluation.table("segments")?.rows.count == 4)
        #expect(try run.artifact("value-by-policy.svg").lastPathComponent == "value-by-policy.svg")
    }

    @Test func theLargerPopulationRunsUnguardedWithoutJourneys() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        var configuration = EmoSeqExperiment.smoke
        configuration.preset = "L"
        configuration.switches = ["exploitable", "confounded"]
        configuration.safeguarded = false
        configuration.policy = "optimum"
        configuration.exploration = 0.05
        configuration.journeys = "none"
        let run = try await launcher().train(EmoSeqExperiment.self, configuration: configuration)
        #expect(try figure(run, "promotionsToDistressed").value > 50)
        #expect(!run.artifactNames.contains("journeys.h5"))
        #expect(run.evaluation.table("actions")?.rows.count == 49)
    }

    @Test func theStudyPreventsEverythingAndPricesIt() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try await launcher().train(SafeguardStudy.self, configuration: SafeguardStudy.smoke)
        #expect(try figure(run, "promotionsToDistressed").value == 0)
        #expect(try figure(run, "promotionsToDistressedUnguarded").value > 1_000)
        #expect(try figure(run, "exploitationGain").value > 1)
        let missed = try figure(run, "missedDistress")
        let exact = try figure(run, "missedDistressExact").value
        let interval = try #require(missed.interval)
        #expect(interval.lower - 0.03 < exact && exact < interval.upper + 0.03)
        #expect(try figure(run, "givenUp.optimum").value > 0)
        let segments = try #require(run.evaluation.table("segments"))
        #expect(segments.rows.count == 16)
        let reasons = try #require(run.evaluation.table("reasons"))
        #expect(reasons.rows.first?.first == .text("signs of distress"))
    }
}
