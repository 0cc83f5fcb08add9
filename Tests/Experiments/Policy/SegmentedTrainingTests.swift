import Foundation
import LabPolicy
import LabRuns
import Testing

@testable import LabExperiments

/// A network for each segment, trained in one go and interrupted.
@Suite struct SegmentedTrainingTests {
    /// Asks for an end when a metric was measured at a step.
    private struct Stop: RunObserver {
        let interruption = Interruption()
        let metric: String
        let step: Int

        func measured(_ run: Run, metric: String, value: Double, step: Int) {
            if metric == self.metric, step == self.step { interruption.request() }
        }
    }

    private func configuration() -> AgentExperiment<BCQ>.Configuration {
        var configuration = AgentExperiment<BCQ>.smoke
        configuration.agent.steps = 40
        configuration.agent.hidden = [16]
        configuration.agent.replay = PrioritisedReplay()
        configuration.evaluation.steps = 10
        configuration.truthCustomers = 20
        configuration.resamples = 20
        configuration.segments.separate = true
        configuration.segments.margin = 0.2
        configuration.segments.minimumTransitions = 50
        return configuration
    }

    @Test func segmentsHaveNetworksOfTheirOwnAndAResumedTrainingEndsTheSame() async throws {
        let place = try PolicyWorkspace(["simulation/emoseq"])
        let inputs = ["journeys": try place.workspace.run("simulation/emoseq/1")]
        let launcher = place.launcher
        let calm = try await launcher.train(
            AgentExperiment<BCQ>.self, configuration: configuration(), seed: 3, inputs: inputs)
        let policy = try #require(try calm.policy() as? SegmentedPolicy)
        let trained = policy.segments.indices.filter { policy.segments[$0] != nil }
        #expect(policy.rule.features == [0, 1, 2, 3] && policy.rule.margin == 0.2 && trained.count >= 2)
        #expect(policy.segments.allSatisfy { $0 == nil || $0 is ConstrainedPolicy })
        let last = try #require(trained.last)
        let metrics = try Set(calm.metrics().map(\.name))
        #expect(metrics.contains("loss") && trained.allSatisfy { metrics.contains("segment.\($0).loss") })

        // The stop comes in the middle of the parts: at the end of the last but one.
        let before = try #require(trained.dropLast().last)
        let stop = Stop(metric: "segment.\(before).loss", step: 40)
        var interrupted = launcher
        interrupted.observer = stop
        interrupted.interruption = stop.interruption
        interrupted.checkpointInterval = 0
        await #expect(throws: RunsError.interrupted(run: "policy/bcq/2")) {
            try await interrupted.train(
                AgentExperiment<BCQ>.self, configuration: configuration(), seed: 3, inputs: inputs)
        }
        let run = try place.workspace.folder(of: "policy/bcq/2")
        let resumed = try await launcher.resume(run, registry: shippedExperiments)
        #expect(try Comparison.firstDifference(calm, resumed) == nil)
        #expect(resumed.seal.resultDigest == calm.seal.resultDigest)
        #expect(try #require(try resumed.policy() as? SegmentedPolicy).segments[last] != nil)
    }

    @Test func aPrefixThatNamesNoSegmentsIsRefused() async throws {
        let place = try PolicyWorkspace(["simulation/emoseq"])
        let trained = await place.labctl(
            ["train", "policy/dqn", "--input", "journeys=simulation/emoseq/1"] + PolicyWorkspace.training
                + ["--set", "segments.separate=true", "--set", "segments.prefix=nothing"])
        #expect(trained.status == 64 && trained.errors.contains("segments.prefix"), "\(trained.errors)")
    }
}
