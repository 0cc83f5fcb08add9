import LabPolicy
import LabRuns
import Testing

@testable import LabExperiments

@Suite struct PolicySettingsTests {
    @Test func theDefaultsAreValid() throws {
        try AgentExperiment<CQL>.Configuration().validate()
        try AgentExperiment<CQL>.smoke.validate()
        try GateExperiment.Configuration().validate()
        try GateExperiment.smoke.validate()
    }

    @Test func aBadAgentIsNamedWithItsWholeKey() {
        var configuration = AgentExperiment<CQL>.Configuration()
        configuration.agent.batchSize = 0
        let wanted = RunsError.invalidSetting(key: "agent.batchSize", value: "0", requirement: "at least 1")
        #expect(throws: wanted) { try configuration.validate() }
    }

    /// Each of these once reached the network and stopped the process.
    @Test func aBadModelOfTheEvaluationIsRefusedBeforeAnythingRuns() {
        var wide = AgentExperiment<CQL>.Configuration()
        wide.evaluation.hidden = [-3]
        let wanted = RunsError.invalidSetting(key: "evaluation.hidden", value: "[-3]", requirement: "positive widths")
        #expect(throws: wanted) { try wide.validate() }

        var gate = GateExperiment.Configuration()
        gate.evaluation.steps = 0
        let steps = RunsError.invalidSetting(key: "evaluation.steps", value: "0", requirement: "at least 1")
        #expect(throws: steps) { try gate.validate() }

        gate = GateExperiment.Configuration()
        gate.gate.level = 2
        let level = RunsError.invalidSetting(key: "gate.level", value: "2.0", requirement: "in (0.5, 1)")
        #expect(throws: level) { try gate.validate() }
    }
}
