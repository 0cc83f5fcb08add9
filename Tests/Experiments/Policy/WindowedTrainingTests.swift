import Foundation
import LabPolicy
import LabRuns
import LabSimulation
import LabStorage
import Testing

@testable import LabExperiments

/// Agents on logs of which a part is in memory.
@Suite struct WindowedTrainingTests {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lab-windows-\(UUID().uuidString)")

    private var launcher: Launcher { Launcher(workspace: Workspace(folder), home: folder.appending(path: "home")) }

    /// Asks for an end when a metric was measured at a step.
    private struct Stop: RunObserver {
        let interruption = Interruption()
        let step: Int

        func measured(_ run: Run, metric: String, value: Double, step: Int) {
            if metric == "loss", step == self.step { interruption.request() }
        }
    }

    private static var configuration: AgentExperiment<CQL>.Configuration {
        var configuration = AgentExperiment<CQL>.smoke
        configuration.agent.steps = 220
        configuration.agent.batchSize = 32
        configuration.evaluation.steps = 10
        configuration.truthCustomers = 20
        configuration.window = 40
        return configuration
    }

    private func journeys() async throws -> SealedRun {
        var configuration = EmoSeqExperiment.smoke
        configuration.customers = 160
        configuration.referenceCustomers = 20
        return try await launcher.train(EmoSeqExperiment.self, configuration: configuration)
    }

    @Test func windowsTeachAndJudgeAndSayWhatTheyRead() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let inputs = ["journeys": try await journeys()]
        let run = try await launcher.train(
            AgentExperiment<CQL>.self, configuration: Self.configuration, seed: 3, inputs: inputs)
        let split = try CustomerSplit(run.artifact(CustomerSplit.file))
        #expect(split.heldOut.count <= 40 && split.heldOut.count >= 30)
        #expect(Set(split.training).isDisjoint(with: split.heldOut))
        #expect(run.evaluation.figure("estimateFQE") != nil && run.evaluation.figure("regret") != nil)
        #expect(run.evaluation.notes.contains { $0.contains("windows of at most 40 episodes: 80 episodes taught") })
        #expect(run.evaluation.notes.contains { $0.hasSuffix("stands on the other side: 0.") })

        // Judged again from the split that was kept, the same comes out.
        let again = try await launcher.evaluate(
            AgentExperiment<CQL>.self, trained: run, configuration: Self.configuration, seed: 3, inputs: inputs)
        #expect(again.evaluation.figures == run.evaluation.figures)
    }

    @Test func aTrainingResumedInTheMiddleOfAWindowIsTheSame() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let inputs = ["journeys": try await journeys()]
        let calm = try await launcher.train(
            AgentExperiment<CQL>.self, configuration: Self.configuration, seed: 3, inputs: inputs)
        let stop = Stop(step: 200)
        var interrupted = launcher
        interrupted.observer = stop
        interrupted.interruption = stop.interruption
        interrupted.checkpointInterval = 0
        await #expect(throws: RunsError.interrupted(run: "policy/cql/2")) {
            try await interrupted.train(
                AgentExperiment<CQL>.self, configuration: Self.configuration, seed: 3, inputs: inputs)
        }
        let resumed = try await launcher.resume(
            Workspace(folder).folder(of: "policy/cql/2"), registry: shippedExperiments)
        #expect(resumed.seal.resultDigest == calm.seal.resultDigest)
    }

    @Test func whatCannotGoTogetherIsRefused() throws {
        var configuration = Self.configuration
        configuration.segments.separate = true
        #expect {
            try configuration.validate()
        } throws: { error in
            guard case RunsError.invalidSetting(let key, let value, _) = error else { return false }
            return key == "window" && value == "40"
        }
        configuration = Self.configuration
        configuration.window = -1
        #expect(throws: RunsError.invalidSetting(key: "window", value: "-1", requirement: "0 or more")) {
            try configuration.validate()
        }
        let foreign = PolicyError.foreignLog(file: "a.h5", form: "d4rl")
        #expect(foreign.remedy.contains("labctl journeys import a.h5 --out log.h5"))
    }
}
