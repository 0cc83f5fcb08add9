import Foundation
import LabPolicy
import LabRuns
import Testing

@testable import LabExperiments

/// The comparison of all agents and the agent that learns by acting, in the shortest form.
@Suite struct ComparedAgentsTests {
    @Test func everyAgentIsShownAndNobodyInDistressIsPromotedTo() async throws {
        let place = try PolicyWorkspace()
        var configuration = ComparisonExperiment.smoke
        configuration.switches = ["exploitable"]
        configuration.customers = 60
        configuration.agent.steps = 10
        configuration.agent.hidden = [8]
        configuration.truthCustomers = 40
        let run = try await place.launcher.train(ComparisonExperiment.self, configuration: configuration)
        let table = try #require(run.evaluation.table("policies"))
        let names = table.rows.compactMap { row in if case .text(let name)? = row.first { name } else { nil } }
        for name in Contestants.names + ["qmdp"] { #expect(names.contains(name), "\(names)") }
        let column = try #require(table.columns.firstIndex(of: "promotionsToDistressed"))
        #expect(table.rows.allSatisfy { $0[column] == .number(0) })
        #expect(try #require(run.evaluation.figure("promotionsToDistressed")).value == 0)
        let optimum = try #require(run.evaluation.figure("value.optimum")).value
        let guarded = try #require(run.evaluation.figure("value.optimumGuarded")).value
        #expect(optimum > guarded && guarded > 0)
        #expect(run.artifactNames.contains("figures/values.svg"))
    }

    @Test func learningByActingKeepsSafeguardAndBudget() async throws {
        let place = try PolicyWorkspace()
        var configuration = OnlineExperiment.smoke
        configuration.switches = ["exploitable"]
        configuration.online.decisions = 2_000
        configuration.online.learningStarts = 500
        configuration.agent.hidden = [8]
        configuration.allowance = 0.5
        configuration.truthCustomers = 100
        let run = try await place.launcher.train(OnlineExperiment.self, configuration: configuration)
        func figure(_ name: String) throws -> Double { try #require(run.evaluation.figure(name), "\(name)").value }
        #expect(try figure("promotionsToDistressed") == 0)
        #expect(try figure("leastReserve") >= 0)
        #expect(try figure("exploredCustomers") + figure("servedByBehavior") > 0)
        for name in ["valueLearned", "valueBehavior", "valueWhileLearning", "cumulativeGain"] {
            #expect(try figure(name).isFinite)
        }
        #expect(run.artifactNames.contains(SavedPolicy.weightsFile) && run.artifactNames.contains(ONNXExport.file))
        let losses = try run.metrics().filter { $0.name == "loss" }
        #expect(!losses.isEmpty && losses.allSatisfy { $0.value.isFinite })
    }
}
