import Foundation
import LabPolicy
import LabRuns
import LabStorage
import LabTestKit
import Testing

@testable import LabExperiments

/// The real training, interrupted and resumed.
@Suite struct ResumedTrainingTests {
    /// Asks for an end when a metric was measured at a step.
    private struct Stop: RunObserver {
        let interruption = Interruption()
        let metric: String
        let step: Int

        func measured(_ run: Run, metric: String, value: Double, step: Int) {
            if metric == self.metric, step == self.step { interruption.request() }
        }
    }

    @Test func aPolicyIsTheSameAfterAnInterruption() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lab-resumed-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let references = Workspace(Checkout.root)
        let workspace = Workspace(folder)
        try FileManager.default.createDirectory(at: workspace.runs, withIntermediateDirectories: true)
        var inputs: [String: SealedRun] = [:]
        for input in AgentExperiment<CQL>.inputs {
            let name = Workspace.folderName(ofExperiment: input.experiment)
            try FileManager.default.copyItem(
                at: references.runs.appending(path: name), to: workspace.runs.appending(path: name))
            inputs[input.role] = try workspace.run(input.experiment + "/1")
        }
        var configuration = AgentExperiment<CQL>.smoke
        configuration.agent.steps = 120
        configuration.agent.averagedShare = 0.6
        configuration.evaluation.steps = 10
        configuration.truthCustomers = 20
        let launcher = Launcher(workspace: workspace, home: folder.appending(path: "home"))
        let calm = try await launcher.train(
            AgentExperiment<CQL>.self, configuration: configuration, seed: 3, smoke: true, inputs: inputs)

        // Every step is saved, and the stop comes at the last one's report: the training is not done twice.
        let stop = Stop(metric: "loss", step: 120)
        var interrupted = launcher
        interrupted.observer = stop
        interrupted.interruption = stop.interruption
        interrupted.checkpointInterval = 0
        await #expect(throws: RunsError.interrupted(run: "policy/cql/2")) {
            try await interrupted.train(
                AgentExperiment<CQL>.self, configuration: configuration, seed: 3, smoke: true, inputs: inputs)
        }
        let run = try workspace.folder(of: "policy/cql/2")
        let saved = run.appending(path: ".checkpoints")
        #expect(try FileManager.default.contentsOfDirectory(atPath: saved.path).sorted() == ["118", "119"])
        // A middle of the training: the older one of those kept is as good.
        try FileManager.default.removeItem(at: saved.appending(path: "119"))
        let resumed = try await launcher.resume(run, registry: shippedExperiments)
        #expect(try Comparison.firstDifference(calm, resumed) == nil)
        #expect(resumed.seal.resultDigest == calm.seal.resultDigest)
    }

    @Test func theHarnessFindsItsProgram() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lab-program-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let own = folder.appending(path: "mine")
        try Data("#!/bin/sh\nexit 3\n".utf8).write(to: own)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: own.path)
        #expect(try LabctlProcess.program(environment: ["LAB_LABCTL": own.path]) == own)
    }
}
