import Foundation
import LabDomain
import LabLanguage
import LabRuns
import LabStorage
import LabTestKit
import LabWorkbench
import Testing

@testable import LabExperiments

/// The Universal Sentence Encoder as the setting `encoder`. Its shapes are fixed, so there is no small one to test with.
@Suite(
    "The setting encoder=use-m3",
    .enabled(if: TaskWorkspace.isPulled("use-m3"), "labctl data pull use-m3"))
struct UniversalEncoderTests {
    private func launcher(_ workspace: TaskWorkspace) -> Launcher {
        var launcher = workspace.place.launcher
        launcher.datasets = CatalogueDatasets(DatasetCatalogue.standard(workspace: Checkout.root))
        return launcher
    }

    private func configuration(_ workspace: TaskWorkspace, _ recipe: ReaderRecipe)
        -> TaskWorkspace.Emotion.Configuration
    {
        var configuration = workspace.configuration(recipe)
        configuration.encoder = "use-m3"
        // The default, which means something for MiniLM only.
        configuration.layers = [3, 4, 5, 6]
        return configuration
    }

    @Test(
        "It serves the recipes frozen and fusion, and their readers are loaded again",
        arguments: [ReaderRecipe.frozen, .fusion])
    func recipes(recipe: ReaderRecipe) async throws {
        let workspace = try TaskWorkspace()
        let launcher = launcher(workspace)
        let configuration = configuration(workspace, recipe)
        let run = try await launcher.train(TaskWorkspace.Emotion.self, configuration: configuration)
        let figure = recipe == .frozen ? "macroF1" : "macroF1.frozen"
        #expect((run.evaluation.figure(figure)?.value ?? 0) > 0.3)
        #expect(run.record.datasets["use-m3"] != nil)
        let folder = try run.artifact(TextReader.artifact)
        #expect(try TextReader.needs(folder: folder).encoders == ["use-m3"])
        let judged = try await launcher.evaluate(
            TaskWorkspace.Emotion.self, trained: run, configuration: configuration)
        #expect(judged.evaluation.figure("logLoss")?.value == run.evaluation.figure("logLoss")?.value)

        // By what the description names, as `labctl read` does.
        let catalogue = CatalogueDatasets(DatasetCatalogue.standard(workspace: Checkout.root))
        let reader = try ReaderSource(catalogue.dataset).reader(folder)
        #expect(try reader.read(["what a day"])[0].probabilities.count == 4)

        // Another encoder is refused, by its digest.
        var other = configuration
        other.encoder = workspace.encoder.path
        await #expect(throws: LanguageError.self) {
            try await launcher.evaluate(TaskWorkspace.Emotion.self, trained: run, configuration: other)
        }
    }

    @Test(
        "Recipes that train the encoder itself are refused with those that it serves",
        arguments: [ReaderRecipe.finetuned, .ensemble])
    func refusals(recipe: ReaderRecipe) async throws {
        let workspace = try TaskWorkspace()
        let error = await #expect(throws: RunsError.self) {
            try await launcher(workspace).train(
                TaskWorkspace.Emotion.self, configuration: configuration(workspace, recipe))
        }
        #expect(
            error?.what
                == "setting 'recipe' is \(recipe.rawValue), but it must be frozen or fusion with the encoder use-m3, "
                + "which gives vectors and cannot be trained further")
        #expect(error?.status == .badData)
    }
}
