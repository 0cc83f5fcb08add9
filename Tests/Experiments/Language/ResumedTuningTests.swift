import Foundation
import LabLanguage
import LabRuns
import Testing

@testable import LabExperiments

/// Fine-tuning, interrupted and resumed.
@Suite("Resumed fine-tuning")
struct ResumedTuningTests {
    /// Asks for an end when a metric was measured at a step.
    private struct Stop: RunObserver {
        let interruption = Interruption()
        let step: Int

        func measured(_ run: Run, metric: String, value: Double, step: Int) {
            if metric == "tuning.validation", step == self.step { interruption.request() }
        }
    }

    @Test("A reader is the same after an interruption", arguments: [ReaderRecipe.finetuned, .ensemble])
    func resumes(recipe: ReaderRecipe) async throws {
        let workspace = try TaskWorkspace()
        var configuration = workspace.configuration(recipe)
        // 96 texts are six steps an epoch.
        configuration.tuning.epochs = 3
        configuration.tuning.patience = 0
        let calm = try await workspace.train(configuration, seed: 3)

        // Every step is saved, and the stop comes with the second epoch's report.
        let stop = Stop(step: 12)
        var interrupted = workspace.place.launcher
        interrupted.observer = stop
        interrupted.interruption = stop.interruption
        interrupted.checkpointInterval = 0
        await #expect(throws: RunsError.interrupted(run: "language/emotion/2")) {
            try await interrupted.train(TaskWorkspace.Emotion.self, configuration: configuration, seed: 3)
        }
        let run = try workspace.place.workspace.folder(of: "language/emotion/2")
        let saved = run.appending(path: ".checkpoints")
        #expect(try FileManager.default.contentsOfDirectory(atPath: saved.path).sorted() == ["10", "11"])
        #expect(try workspace.place.isLeftUnsealed("language/emotion/2"))
        let resumed = try await workspace.place.launcher.resume(run, registry: shippedExperiments)
        #expect(try Comparison.firstDifference(calm, resumed) == nil)
        #expect(resumed.seal.resultDigest == calm.seal.resultDigest)
    }
}
