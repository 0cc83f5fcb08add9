import Foundation
import LabPolicy
import LabRuns
import Testing

@testable import LabExperiments

/// A learned policy, judged again: as an ONNX model, on other journeys, on journeys that do not fit.
@Suite struct JudgedPolicyTests {
    /// Under the model's name, and so with the same random streams, judges the weights that the run saved.
    private struct Saved: Experiment {
        static let name = ModelExperiment.name
        static let summary = "Judges the saved weights."
        static let inputs: [ExperimentInput] = [.journeys, .policy]
        static let smoke = ModelExperiment.smoke

        func train(_ configuration: ModelExperiment.Configuration, _ run: Run) async throws -> Evaluation {
            let journeys = try LoggedJourneys(run)
            let split = CustomerSplit(
                journeys.log, trainingShare: configuration.trainingShare, stream: run.stream("split"))
            return try PolicyJudge(
                evaluation: configuration.evaluation, mixtureShare: configuration.mixtureShare,
                supportFloor: configuration.supportFloor, resamples: configuration.resamples,
                truthCustomers: configuration.truthCustomers, rewardScale: configuration.rewardScale
            ).evaluation(of: run.parent("policy").policy(), on: journeys, split, run)
        }
    }

    @Test func theExportedModelIsJudgedLikeTheWeights() async throws {
        let place = try PolicyWorkspace(["simulation/emoseq"])
        let trained = await place.labctl(
            ["train", "policy/bcq", "--input", "journeys=simulation/emoseq/1"] + PolicyWorkspace.training)
        #expect(trained.status == 0, "\(trained.errors)")
        let model = await place.labctl(
            [
                "train", "policy/onnx", "--input", "journeys=simulation/emoseq/1", "--input", "policy=policy/bcq/1",
                "--set", "reading=probabilities", "--set", "output=probabilities",
            ] + PolicyWorkspace.short)
        #expect(model.status == 0, "\(model.errors)")
        var configuration = ModelExperiment.Configuration()
        configuration.evaluation.steps = 20
        configuration.truthCustomers = 20
        configuration.resamples = 20
        let saved = try await place.launcher.train(
            Saved.self, configuration: configuration,
            inputs: [
                "journeys": place.workspace.run("simulation/emoseq/1"), "policy": place.workspace.run("policy/bcq/1"),
            ]
        ).evaluation
        let judged = try place.workspace.run("policy/onnx/1").evaluation
        #expect(saved.figures.count > 5 && saved.figures.map(\.name) == judged.figures.map(\.name))
        for figure in saved.figures {
            let other = try #require(judged.figure(figure.name))
            #expect(abs(other.value - figure.value) <= 1e-3 * max(1, abs(figure.value)), "\(figure.name)")
        }
        #expect(try #require(judged.figure("promotionsToDistressed")).value == 0)
    }

    @Test func aPolicyIsJudgedOnOtherJourneys() async throws {
        let place = try PolicyWorkspace(PolicyWorkspace.loop + ["policy/cql", "simulation/emoseq"])
        let judged = await place.labctl(
            ["eval", "policy/cql", "--run", "policy/cql/1", "--input", "journeys=simulation/emoseq/1"]
                + PolicyWorkspace.short)
        #expect(judged.status == 0, "\(judged.errors)")
        let run = try place.workspace.run("policy/cql/2")
        #expect(run.record.verb == .eval && run.record.parents["journeys"]?.experiment == "simulation/emoseq")
        #expect(try #require(run.evaluation.figure("valueLearned")).interval != nil)
        #expect(try #require(run.evaluation.figure("promotionsToDistressed")).value == 0)
        #expect(run.artifactNames.isEmpty)
    }

    @Test func aPolicyOfALargerPopulationDoesNotFit() async throws {
        let place = try PolicyWorkspace(["simulation/emoseq"])
        let simulated = await place.labctl(
            "train", "simulation/emoseq", "--smoke", "--set", "preset=L", "--set", "customers=40", "--set",
            "referenceCustomers=2")
        #expect(simulated.status == 0, "\(simulated.errors)")
        let trained = await place.labctl(
            ["train", "policy/dqn", "--input", "journeys=simulation/emoseq/2"] + PolicyWorkspace.training)
        #expect(trained.status == 0, "\(trained.errors)")
        let judged = await place.labctl(
            ["eval", "policy/dqn", "--input", "journeys=simulation/emoseq/1"] + PolicyWorkspace.short)
        #expect(judged.status == 65, "\(judged.errors)")
        #expect(judged.errors.contains("the policy decides on") && judged.errors.contains("49 actions"))
        #expect(judged.errors.contains("hint: use a policy that was trained on journeys with this observation schema"))
        #expect(try place.isLeftUnsealed("policy/dqn/2"))
        // Neither as a model: what it takes and what is there are both named.
        let model = await place.labctl(
            [
                "train", "policy/onnx", "--input", "journeys=simulation/emoseq/1", "--input", "policy=policy/dqn/1",
            ] + PolicyWorkspace.short)
        #expect(model.status == 65, "\(model.status) \(model.errors)")
        #expect(try place.isLeftUnsealed("policy/onnx/1"))
    }
}
